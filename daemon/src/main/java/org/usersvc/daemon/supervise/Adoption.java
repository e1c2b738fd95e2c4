package org.usersvc.daemon.supervise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.Journal;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.ProcessMemory;
import org.usersvc.daemon.state.Recollection;

/**
 * What an earlier daemon has left behind, until it is taken over: what it has recorded, processes
 * that it has not recorded, its FIFOs. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: while a process of a service lives that the daemon has started, no second one is
 * started.
 */
final class Adoption {
  private final Map<ProcessMemory.Key, ProcessMemory> remembered = new LinkedHashMap<>();
  private final Map<String, ServiceId> pipes = new HashMap<>();
  private final List<Runnable> toTell = new ArrayList<>();
  private final Platform platform;
  private final Outcasts outcasts;
  private final LastEnvironment environments;
  private final StraySearch strays;
  private @Nullable Journal journal;
  private boolean goingOn;
  private int adopted;
  private int ended;

  Adoption(Platform platform, Runnable whenNoOutcasts) {
    this.platform = platform;
    this.outcasts = new Outcasts(platform, whenNoOutcasts);
    this.environments = new LastEnvironment(platform.files());
    this.strays = new StraySearch(platform, remembered, pipes);
  }

  StraySearch strays() {
    return strays;
  }

  LastEnvironment environments() {
    return environments;
  }

  Outcasts outcasts() {
    return outcasts;
  }

  /** Whether there was no end: another program has run in this very process. */
  boolean isGoingOn() {
    return goingOn;
  }

  /**
   * Begins, before any service is opened.
   *
   * @param journal told of what is not recorded, and of what needs no longer be
   */
  void begin(Recollection found, int uid, boolean goesOn, Journal journal) {
    this.journal = journal;
    goingOn = goesOn;
    found.processes().forEach(memory -> remembered.put(memory.key(), memory));
    boolean lost = !findPipes();
    boolean told = goingOn && found.earlier() && found.complete();
    if (!told && (found.earlier() || lost || !pipes.isEmpty() || goingOn)) {
      long notBefore = lost ? 0 : notBefore(found);
      strays.begin(uid, notBefore, recorded());
      journal.unsettle(notBefore);
    } else {
      strays.begin(uid, Long.MAX_VALUE, recorded());
    }
  }

  /** Whether all that are there are known now. */
  private boolean findPipes() {
    String directory = platform.runtime().pipes();
    try {
      for (String name : platform.files().list(FileSystem.ABSOLUTE, directory)) {
        var found = platform.files().linkStat(FileSystem.ABSOLUTE, directory + "/" + name);
        if (found != null) {
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

  private long notBefore(Recollection found) {
    if (found.unsettled() != Recollection.SETTLED) {
      return found.unsettled();
    }
    return found.complete() ? latestStart() : 0;
  }

  /** What is not recorded was started after all that is. */
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

  /** Whether a FIFO of that name was there when the daemon began. */
  boolean hasPipe(String name) {
    return pipes.containsKey(name);
  }

  /**
   * Puts the process into the state in which it was left.
   *
   * @return false if nothing is known of it: it is new
   */
  boolean resume(Supervised process) {
    boolean known = find(process);
    strays.served(Memory.keyOf(process));
    return known;
  }

  private boolean find(Supervised process) {
    var memory = remembered.remove(Memory.keyOf(process));
    var resumption = new Resumption(process, this);
    boolean unreaped = memory != null && isUnreaped(memory.living().process());
    if (memory != null && !unreaped && resumption.goesOn(memory)) {
      adopted++;
      return true;
    }
    var stray = strayOf(process, memory == null);
    if (stray != null) {
      adopted++;
      resumption.take(stray, memory);
      return true;
    }
    if (memory != null && unreaped && resumption.goesOn(memory)) { // how it ended can still be told
      adopted++;
      return true;
    }
    if (memory != null) {
      ended += memory.living().process().isNone() ? 0 : 1;
      resumption.hasEnded(memory);
    }
    return memory != null;
  }

  /** Whether it has ended and is still there: what came after it may not have been recorded. */
  private boolean isUnreaped(ProcessIdentity process) {
    var stat = process.isNone() ? null : ProcessStat.of(platform.files(), process.pid());
    return stat != null && stat.isZombie();
  }

  private Strays.@Nullable Stray strayOf(Supervised process, boolean unknown) {
    var last = process.files().control().last();
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
      endCopies(process, best, found);
    }
    return best;
  }

  /**
   * What has a mark of another run, and was started at its time, is a copy of run, or what that run
   * has left behind by design; the copy executes the same.
   */
  private void endCopies(Supervised process, Strays.Stray best, List<Strays.Stray> others) {
    var copies = new ArrayList<Integer>();
    var doubtful = new ArrayList<Integer>();
    for (var other : others) {
      boolean same = best.isMarked() && !best.finish() && strays.executeTheSame(best, other);
      (same ? copies : doubtful).add(other.identity().pid());
      if (same) {
        strays.take(other);
        process.performer().endGroup(other.identity().pid());
      }
    }
    String line = process.name() + ": of several processes that may be its own, keeping pid ";
    line += best.identity().pid();
    line += copies.isEmpty() ? "" : ", ending its copies " + copies;
    line += doubtful.isEmpty() ? "" : ", leaving " + doubtful + "; if they are copies, kill them";
    platform.messages().warn(line);
  }

  /**
   * All services are open: what is left belongs to none.
   *
   * @param known whether a service is in the tree
   * @param refused those of them that could not be opened, and will be later
   * @param pipesInUse the FIFOs that are open
   */
  void settle(Predicate<ServiceId> known, List<ServiceId> refused, Set<String> pipesInUse) {
    for (var memory : List.copyOf(remembered.values())) {
      if (!known.test(memory.key().service())) {
        remembered.remove(memory.key());
        castOut(memory, "is no longer in the scan directory");
      }
    }
    toTell.forEach(Runnable::run);
    toTell.clear();
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
    tell();
  }

  private void castOut(ProcessMemory memory, String reason) {
    outcasts.end(memory, reason, () -> forget(memory.key()));
  }

  private void forget(ProcessMemory.Key key) {
    if (journal != null) {
      journal.remove(key);
    }
  }

  /** A service that is in the tree and cannot be opened now keeps what it has. */
  private boolean isOfSomebody(String pipe, Predicate<ServiceId> known) {
    return remembered.keySet().stream()
        .anyMatch(key -> known.test(key.service()) && pipe.startsWith(key.service().asFileName()));
  }

  /** Tells it the letters that waited, as soon as all that depends on it is open. */
  void tellLater(Supervised process, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      var command = Command.ofLetter(letters.charAt(i));
      if (command != null) {
        toTell.add(() -> process.tell(command));
      }
    }
  }

  private void removePipe(String name) {
    try {
      platform.files().remove(FileSystem.ABSOLUTE, platform.runtime().pipes() + "/" + name);
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + ", ignoring");
    }
  }

  private void tell() {
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

  /** The daemon is to end before all was taken over: that ends, too. */
  void castOutRest() {
    List.copyOf(remembered.values()).forEach(memory -> castOut(memory, "was not taken over yet"));
    remembered.clear();
  }

  Instant now() {
    return platform.loop().clock().wall();
  }

  /** When it was started. */
  Instant startOf(ProcessIdentity process) {
    return BootTime.toWall(platform, process.start());
  }
}
