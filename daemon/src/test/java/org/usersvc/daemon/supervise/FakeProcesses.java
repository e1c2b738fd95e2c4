package org.usersvc.daemon.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Place;

/**
 * Children that live until a test ends them. A child is named by the last part of its directory and
 * its program: {@code foot/run}, {@code log/run}, {@code foot/control/t}.
 */
public final class FakeProcesses implements Processes {
  /** One child, with the files that its descriptors led to when it was started. */
  public record Child(int pid, String name, SpawnRequest request, String stdin, String stdout) {
    List<String> arguments() {
      return request.program().arguments().subList(1, request.program().arguments().size());
    }
  }

  private final FileSystem files = new PosixFileSystem();
  private final List<Child> spawned = new ArrayList<>();
  private final Map<Integer, Child> living = new LinkedHashMap<>();
  private final Map<String, Errno> refused = new LinkedHashMap<>();
  private final Map<String, String> printed = new LinkedHashMap<>();
  private final Map<String, List<Runnable>> hanging = new LinkedHashMap<>();
  private final Set<Integer> groups = new LinkedHashSet<>();
  private final Map<Integer, EndListener> listeners = new LinkedHashMap<>();
  private final List<String> signals = new ArrayList<>();
  private final List<String> strays = new ArrayList<>();
  private final Set<Integer> strangers = new LinkedHashSet<>();
  private final Map<Integer, EndListener> awaited = new LinkedHashMap<>();
  private int nextPid = 1000;
  private Runnable onSpawn = () -> {};
  private final List<Runnable> afterEachEnd = new ArrayList<>();

  @Override
  public SpawnOutcome spawn(SpawnRequest request, EndListener onEnd) {
    String path = program(request).toString();
    String directory = path.replaceFirst("/(control/)?[^/]*$", "");
    String program = path.substring(directory.length() + 1);
    String name = directory.substring(directory.lastIndexOf('/') + 1) + "/" + program;
    var errno = refused.getOrDefault(name, whatIsWrong(request));
    if (!errno.is(0)) {
      return new SpawnOutcome.SpawnFailed(errno);
    }
    var late = hanging.get(name);
    var forked =
        new Child(nextPid++, name, request, link(request.sourceOf(0)), link(request.sourceOf(1)));
    return late == null
        ? start(forked, onEnd)
        : new SpawnOutcome.SpawnLate(taker -> late.add(() -> taker.accept(start(forked, onEnd))));
  }

  private SpawnOutcome start(Child child, EndListener onEnd) {
    int pid = child.pid();
    spawned.add(child);
    living.put(pid, child);
    listeners.put(pid, onEnd);
    if (printed.containsKey(child.name())) {
      print(child);
    }
    onSpawn.run();
    return new SpawnOutcome.Spawned(pid);
  }

  @Override
  public boolean isSpawned(int pid) {
    return listeners.containsKey(pid);
  }

  /** Has every child of that name hang from now on before it is executed. */
  public void hangs(String name) {
    hanging.put(name, new ArrayList<>());
  }

  /** Has those of that name go on that hang. */
  public void goesOn(String name) {
    Objects.requireNonNull(hanging.remove(name)).forEach(Runnable::run);
  }

  /** Has every child of that name print the text when it is started. */
  public void prints(String name, String text) {
    printed.put(name, text);
  }

  private void print(Child child) {
    var output = Path.of("/proc/self/fd/" + child.request().sourceOf(1));
    try {
      Files.writeString(output, printed.getOrDefault(child.name(), ""));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Has that done at each start from now on. */
  void onSpawn(Runnable action) {
    onSpawn = action;
  }

  private Path program(SpawnRequest request) {
    String directory =
        switch (request.directory()) {
          case Place.Open(int descriptor) -> link(descriptor);
          case Place.At(String path) -> path;
        };
    return Path.of(directory).resolve(request.program().file()).normalize();
  }

  private Errno whatIsWrong(SpawnRequest request) {
    var program = program(request);
    if (!Files.exists(program)) {
      return new Errno(Errno.ENOENT);
    }
    return new Errno(Files.isExecutable(program) ? 0 : Errno.EACCES);
  }

  private String link(int descriptor) {
    if (descriptor < 0) {
      return "inherited";
    }
    try {
      return files.readLink(FileSystem.ABSOLUTE, "/proc/self/fd/" + descriptor);
    } catch (FileFault fault) {
      strays.add("a spawn with a closed descriptor: " + fault.getMessage());
      return "closed";
    }
  }

  @Override
  public void signal(int pid, Signal signal) {
    var child = living.get(pid);
    if (strangers.contains(pid)) {
      signals.add(signal + " stranger");
    } else if (child == null) {
      strays.add(signal + " to pid " + pid + ", which does not live");
    } else {
      signals.add(signal + " " + child.name());
    }
  }

  @Override
  public boolean signalGroup(int leader, Signal signal) {
    if (groups.contains(leader)) {
      signals.add(signal + " group of " + leader);
    }
    return groups.contains(leader);
  }

  @Override
  public boolean groupLives(int leader) {
    return groups.contains(leader);
  }

  @Override
  public @Nullable Runnable onEndOf(int pid, EndListener onEnd) {
    if (!strangers.contains(pid)) {
      return null;
    }
    awaited.put(pid, onEnd);
    return () -> awaited.remove(pid, onEnd);
  }

  /** A process that is not a child lives. */
  public void strangerLives(int pid) {
    strangers.add(pid);
  }

  /** A process that is not a child ends, and nobody can tell how. */
  public void strangerEnds(int pid) {
    strangerEnds(pid, ExitStatus.UNKNOWN);
  }

  /** A process that is not a child ends. */
  public void strangerEnds(int pid, ExitStatus status) {
    strangers.remove(pid);
    var onEnd = awaited.remove(pid);
    if (onEnd != null) {
      onEnd.ended(pid, status);
    }
  }

  @Override
  public void afterEachEnd(Runnable action) {
    afterEachEnd.add(action);
  }

  /** Has every spawn of that name fail. */
  public void refuse(String name, int errno) {
    refused.put(name, new Errno(errno));
  }

  void refuseNoMore(String name) {
    refused.remove(name);
  }

  /** Has the process group of a child outlive it. */
  public void leavesGroup(int leader) {
    groups.add(leader);
  }

  /** The last of the group ends, a child by then. */
  public void endGroup(int leader) {
    groups.remove(leader);
    afterEachEnd.forEach(Runnable::run);
  }

  /** Ends a child. */
  public void exit(int pid, ExitStatus status) {
    if (living.remove(pid) == null) {
      strays.add("the test ended pid " + pid + ", which does not live");
    }
    var onEnd = listeners.remove(pid);
    if (onEnd != null) {
      onEnd.ended(pid, status);
    }
    afterEachEnd.forEach(Runnable::run);
  }

  /** The pid of the one child of that name that lives. */
  public int pid(String name) {
    var found = living.values().stream().filter(child -> child.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " lives " + found.size() + " times, of " + living());
    }
    return found.getFirst().pid();
  }

  /** Names of all children that live, in the order of their start. */
  public List<String> living() {
    return living.values().stream().map(Child::name).toList();
  }

  /** Ends the eldest child. */
  public void exitEldest(ExitStatus status) {
    exit(living.keySet().iterator().next(), status);
  }

  public List<Child> spawned() {
    return spawned;
  }

  /** How often a child of that name was started. */
  public long starts(String name) {
    return spawned.stream().filter(child -> child.name().equals(name)).count();
  }

  /** The signals since the last call, as {@code TERM foot/run}. */
  public List<String> takeSignals() {
    var taken = List.copyOf(signals);
    signals.clear();
    return taken;
  }

  /** What should never be asked of an operating system. */
  List<String> strays() {
    return strays;
  }
}
