package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.state.ProcessIdentity;

/**
 * Processes that an earlier daemon has started and not recorded: it was killed between the two, or
 * its record is lost. They are known by what the daemon alone gives to a process: a session of its
 * own without a terminal, and a FIFO of the runtime directory or a service directory to be in.
 */
final class Strays {
  private static final int MOST_ARGUMENTS = 4096;

  private final Map<ServiceId, String> pipes = new HashMap<>();
  private final Map<ServiceId, Set<Stray>> byDirectory = new HashMap<>();
  private final Map<String, Set<Stray>> byInput = new HashMap<>();
  private final Map<String, Set<Stray>> byOutput = new HashMap<>();
  private final FileSystem files;

  /** One of them; older ones come first. */
  record Stray(ProcessIdentity identity, boolean finish) implements Comparable<Stray> {
    @Override
    public int compareTo(Stray other) {
      int byStart = Long.compare(identity.start(), other.identity.start());
      return byStart != 0 ? byStart : Integer.compare(identity.pid(), other.identity.pid());
    }
  }

  /**
   * Knows none yet.
   *
   * @param pipes the FIFOs that are left, by name
   */
  Strays(FileSystem files, Map<String, ServiceId> pipes) {
    this.files = files;
    pipes.forEach((name, id) -> this.pipes.put(id, name));
  }

  /**
   * Looks through all processes of the user.
   *
   * @param notBefore in clock ticks since boot: what was started earlier is recorded
   * @param known those that are recorded, or are this daemon's own
   */
  void search(int uid, long notBefore, IntPredicate known) throws FileFault {
    for (String name : files.list(FileSystem.ABSOLUTE, "/proc")) {
      if (Character.isDigit(name.charAt(0)) && !known.test(Integer.parseInt(name))) {
        var owner = files.stat(FileSystem.ABSOLUTE, "/proc/" + name);
        if (owner != null && owner.uid() == uid) {
          consider(Integer.parseInt(name), notBefore);
        }
      }
    }
  }

  /** Takes note of the process if it looks like one. */
  void consider(int pid, long notBefore) {
    var stat = ProcessStat.of(files, pid);
    if (stat == null || stat.session() != pid || stat.tty() != 0 || stat.isZombie()) {
      return;
    }
    String program = stat.startTime() < notBefore ? "" : program(pid);
    if (program.isEmpty() || program.startsWith("control/") || program.equals("./check")) {
      return;
    }
    var identity = new ProcessIdentity(pid, stat.startTime());
    var stray = new Stray(identity, program.equals("./finish"));
    var directory = idOf(pid, "cwd");
    if (directory != null) {
      byDirectory.computeIfAbsent(directory, _ -> new HashSet<>()).add(stray);
    }
    note(byInput, idOf(pid, "fd/0"), stray);
    note(byOutput, idOf(pid, "fd/1"), stray);
    note(byOutput, idOf(pid, "fd/2"), stray);
  }

  private void note(Map<String, Set<Stray>> by, @Nullable ServiceId file, Stray stray) {
    String pipe = file == null ? null : pipes.get(file);
    if (pipe != null) {
      by.computeIfAbsent(pipe, _ -> new HashSet<>()).add(stray);
    }
  }

  private @Nullable ServiceId idOf(int pid, String file) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, "/proc/" + pid + "/" + file);
      return found == null ? null : found.id();
    } catch (FileFault ignored) { // it is gone, or hidden from us
      return null;
    }
  }

  /** Which script of the daemon's it is, {@code ./run} if that cannot be told, empty if gone. */
  private String program(int pid) {
    try {
      var arguments =
          NativeText.decodeEach(
              files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/cmdline", MOST_ARGUMENTS));
      for (String argument : arguments) {
        if (argument.equals("./finish")
            || argument.equals("./check")
            || argument.matches("control/.")) {
          return argument;
        }
      }
      return "./run";
    } catch (FileFault ignored) { // it is gone
      return "";
    }
  }

  /** Those that may be that process of a service, oldest first. */
  List<Stray> of(ServiceId service, ServiceId directory, boolean logger) {
    var found = new HashSet<Stray>(byDirectory.getOrDefault(directory, Set.of()));
    String pipe = service.asFileName();
    if (logger) {
      found.addAll(byInput.getOrDefault(pipe, Set.of()));
    } else {
      found.addAll(byOutput.getOrDefault(pipe, Set.of()));
      found.addAll(byOutput.getOrDefault(pipe + "-out", Set.of()));
    }
    var sorted = new ArrayList<>(found);
    sorted.sort(null);
    return sorted;
  }
}
