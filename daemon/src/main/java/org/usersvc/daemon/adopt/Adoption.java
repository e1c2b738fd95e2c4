package org.usersvc.daemon.adopt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.platform.Fifo;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.PreviousState;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.supervise.Predecessor;
import org.usersvc.daemon.supervise.Resumption;
import org.usersvc.daemon.supervise.ServiceProcess;
import org.usersvc.daemon.supervise.Strays;

/**
 * Takes over what an earlier daemon has left behind: recorded processes, strays, and FIFOs. <b>Loop
 * thread only.</b>
 *
 * <p>INVARIANT: while a process that a daemon has started for a service lives, no second one is
 * started.
 */
public final class Adoption implements Predecessor, Resumption.Circumstances {
  private final Map<RecordedProcess.Key, RecordedProcess> remembered = new LinkedHashMap<>();
  private final Map<String, ServiceId> pipes = new HashMap<>();
  private final List<Runnable> commands = new ArrayList<>();
  private final Platform platform;
  private final OrphanedServices outcasts;
  private final EnvironmentReader environments;
  private final StraySearch strays;
  private @Nullable Journal journal;
  private Runnable whenEnded = () -> {};
  private boolean goingOn;
  private int adopted;
  private int ended;

  public Adoption(Platform platform) {
    this.platform = platform;
    this.outcasts = new OrphanedServices(platform, () -> whenEnded.run());
    this.environments = new EnvironmentReader(platform.files());
    this.strays = new StraySearch(platform, remembered, pipes);
  }

  @Override
  public boolean isGoingOn() {
    return goingOn;
  }

  /**
   * Begins; to be called before any service is opened.
   *
   * @param uid the user whose processes are searched
   * @param goesOn whether the earlier daemon was this very process and has recorded everything
   * @param journal notified whether the record is complete, and of memories to remove
   */
  public void begin(PreviousState found, int uid, boolean goesOn, Journal journal) {
    this.journal = journal;
    goingOn = goesOn;
    found.processes().forEach(memory -> remembered.put(memory.key(), memory));
    boolean lost = !findPipes();
    boolean isKnown = goingOn && found.earlier() && found.complete();
    if (!isKnown && (found.earlier() || lost || !pipes.isEmpty() || goingOn)) {
      long notBefore = lost ? 0 : notBefore(found);
      strays.begin(uid, notBefore, recorded());
      journal.unsettle(notBefore);
    } else {
      strays.begin(uid, Long.MAX_VALUE, recorded());
    }
  }

  /** Lists the FIFOs; false if that fails. */
  private boolean findPipes() {
    String directory = platform.runtime().pipes();
    try {
      for (String name : platform.files().list(FileSystem.ABSOLUTE, directory)) {
        var found = platform.files().linkStat(FileSystem.ABSOLUTE, directory + "/" + name);
        if (found != null && !name.startsWith(Fifo.OF_UNIT)) {
          pipes.put(name, found.id());
        }
      }
      return true;
    } catch (FileFault fault) {
      platform
          .messages()
          .warn(fault.getMessage() + "; what an earlier usersvcd has left is looked for in /proc");
      return false;
    }
  }

  private long notBefore(PreviousState found) {
    if (found.unsettled() != PreviousState.SETTLED) {
      return found.unsettled();
    }
    return found.complete() ? latestStart() : 0;
  }

  /** Any process that is not recorded was started after all that are. */
  private long latestStart() {
    long latest = 0;
    for (var memory : remembered.values()) {
      latest = Math.max(latest, memory.living().process().start());
    }
    return latest;
  }

  private List<ProcessIdentity> recorded() {
    var processes = new ArrayList<ProcessIdentity>();
    for (var memory : remembered.values()) {
      processes.add(memory.living().process());
      processes.add(memory.living().script());
    }
    return processes;
  }

  @Override
  public String doubt(RecordedProcess.Key key, int directory, ControlFiles control) {
    boolean left = control.wasLeft();
    var stray = strays.heldElsewhere(key, left);
    if (stray != null) {
      return "its pid %d is a child of another usersvcd, pid %d; end that, and this one takes over"
          .formatted(stray.identity().pid(), stray.parent());
    }
    int suspect = strays.suspect(key, left, directory, control.last());
    return suspect == 0
        ? strays.trouble(key, left)
        : "pid %d may be it, started by a usersvcd that has ended; if so, kill %d, and it starts"
            .formatted(suspect, suspect);
  }

  @Override
  public void forget(RecordedProcess.Key key) {
    strays.forget(key);
  }

  @Override
  public @Nullable String lostPipe(ServiceId service, String name, boolean left) {
    return strays.lostPipe(service, name, left);
  }

  @Override
  public boolean hasPipe(String name) {
    return pipes.containsKey(name);
  }

  @Override
  public boolean resume(ServiceProcess process) {
    boolean known = find(process);
    strays.served(process.key());
    return known;
  }

  private boolean find(ServiceProcess process) {
    var memory = remembered.remove(process.key());
    var resumption = new Resumption(process, this);
    boolean unreaped = memory != null && isUnreaped(memory.living().process());
    if (memory != null && !unreaped && resumption.goesOn(memory)) {
      adopted++;
      return true;
    }
    var stray = strayOf(process, resumption, memory == null);
    if (stray != null) {
      adopted++;
      resumption.take(stray, memory);
      return true;
    }
    // its exit status can still be read
    if (memory != null && unreaped && resumption.goesOn(memory)) {
      adopted++;
      return true;
    }
    if (memory != null) {
      ended += memory.living().process().isNone() ? 0 : 1;
      resumption.hasEnded(memory);
    }
    return memory != null;
  }

  /** Whether it is a zombie: a later process of the service may then be missing in the record. */
  private boolean isUnreaped(ProcessIdentity process) {
    var stat = process.isNone() ? null : ProcessStat.of(platform.files(), process.pid());
    return stat != null && stat.isZombie();
  }

  private Strays.@Nullable Stray strayOf(
      ServiceProcess process, Resumption resumption, boolean unknown) {
    var last = process.lastShown();
    var found = unknown ? strays.of(process, last) : strays.of(process);
    if (found.isEmpty()) {
      return null;
    }
    var best = Strays.likeliest(found);
    for (var stray : found) {
      if (stray.identity().pid() == last.pid()) {
        best = stray;
      }
    }
    strays.take(best);
    found.remove(best);
    if (!found.isEmpty()) {
      endCopies(process, resumption, best, found);
    }
    return best;
  }

  /**
   * Ends the copies of run. Another process with a mark of the service is a copy if it executes the
   * same; else an earlier run may have left it by design.
   */
  private void endCopies(
      ServiceProcess process, Resumption resumption, Strays.Stray best, List<Strays.Stray> others) {
    var copies = new ArrayList<Integer>();
    var doubtful = new ArrayList<Integer>();
    for (var other : others) {
      boolean same = best.isMarked() && !best.finish() && strays.executeTheSame(best, other);
      (same ? copies : doubtful).add(other.identity().pid());
      if (same) {
        strays.take(other);
        resumption.endCopy(other.identity().pid());
      }
    }
    String line = process.name() + ": of several processes that may be its own, keeping pid ";
    line += best.identity().pid();
    line += copies.isEmpty() ? "" : ", ending its copies " + copies;
    line += doubtful.isEmpty() ? "" : ", leaving " + doubtful + "; if they are copies, kill them";
    platform.messages().warn(line);
  }

  @Override
  public void settle(Predicate<ServiceId> known, List<ServiceId> refused, Set<String> pipesInUse) {
    for (var memory : List.copyOf(remembered.values())) {
      if (!known.test(memory.key().service())) {
        remembered.remove(memory.key());
        castOut(memory, "is no longer in the scan directory");
      }
    }
    commands.forEach(Runnable::run);
    commands.clear();
    for (String name : Set.copyOf(pipes.keySet())) {
      if (!pipesInUse.contains(name) && !isOfSomebody(name, known)) {
        removePipe(name);
      }
    }
    pipes.clear();
    strays.settle(refused);
    if (journal != null) {
      journal.settle();
    }
    logTakeover();
  }

  private void castOut(RecordedProcess memory, String reason) {
    outcasts.end(
        memory,
        reason,
        () -> {
          if (journal != null) {
            journal.remove(memory.key());
          }
        });
  }

  /** Whether the FIFO belongs to a known service that could not be opened yet: it is kept. */
  private boolean isOfSomebody(String pipe, Predicate<ServiceId> known) {
    return remembered.keySet().stream()
        .anyMatch(key -> known.test(key.service()) && pipe.startsWith(key.service().asFileName()));
  }

  @Override
  public void commandLater(ServiceProcess process, String letters) {
    Command.ofLetters(letters).forEach(command -> commands.add(() -> process.command(command)));
  }

  private void removePipe(String name) {
    try {
      platform.files().remove(FileSystem.ABSOLUTE, platform.runtime().pipes() + "/" + name);
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + ", ignoring");
    }
  }

  private void logTakeover() {
    if (adopted + ended > 0 && !goingOn) {
      platform
          .messages()
          .info(
              "an earlier usersvcd did not come to its end: %d of its processes go on, %d had ended"
                  .formatted(adopted, ended));
    }
    adopted = 0;
    ended = 0;
  }

  @Override
  public void end(Runnable then) {
    whenEnded = then;
    List.copyOf(remembered.values()).forEach(memory -> castOut(memory, "was not taken over yet"));
    remembered.clear();
  }

  @Override
  public boolean hasEnded() {
    return outcasts.isEmpty();
  }

  @Override
  public void hurry() {
    outcasts.hurry();
  }

  @Override
  public Instant now() {
    return platform.loop().clock().wall();
  }

  @Override
  public @Nullable Environment environmentOf(int pid) {
    return environments.of(pid);
  }

  @Override
  public Instant startOf(ProcessIdentity process) {
    return BootTime.toWall(platform, process.start());
  }
}
