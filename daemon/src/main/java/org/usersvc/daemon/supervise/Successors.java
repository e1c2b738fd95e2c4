package org.usersvc.daemon.supervise;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.BootTime;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.state.ProcessIdentity;

/**
 * The children that run's process has left to us at its end. setsid(1) ends as soon as it has
 * forked, so a child that was forked just before the end is run now, however long run had lived. A
 * child that was forked long before is a daemon that run has started; it is run itself only if that
 * ended soon. <b>Loop thread only.</b>
 */
final class Successors {
  static final int NOBODY = 0;

  /** The successor may be known in a moment. */
  static final int UNDECIDED = -1;

  /** In clock ticks, from the fork until we learn of the end; the machine may be busy. */
  private static final long HANDED_OVER = 300;

  private static final int MOST_NAMED = 5;

  private static final Comparator<ProcessIdentity> BY_AGE =
      Comparator.comparingLong(ProcessIdentity::start).thenComparingInt(ProcessIdentity::pid);

  private final Owner owner;
  private final Platform platform;
  private final IntPredicate isRun;
  private final FileSystem files;
  private final List<ProcessIdentity> marked = new ArrayList<>();
  private final List<ProcessIdentity> nameless = new ArrayList<>();
  private final Strays strays;

  /** Those that are in the background, by pid; they cannot be run. */
  private final Map<Integer, ProcessStat> background = new TreeMap<>();

  /** The youngest in run's own session; setsid(1) leaves its child there for a moment. */
  private ProcessIdentity undecided = ProcessIdentity.NONE;

  /**
   * For one look at the children of one process.
   *
   * @param isRun whether a process is the run of some service, or of its logger
   */
  Successors(Owner owner, Platform platform, IntPredicate isRun) {
    this.owner = owner;
    this.platform = platform;
    this.isRun = isRun;
    this.files = platform.files();
    this.strays = new Strays(files);
  }

  /**
   * Looks for the successor.
   *
   * @param ended run's process
   * @param soon whether it has ended so soon that any child of it is run
   * @param last whether an undecided one cannot be waited for
   */
  int of(int ended, boolean soon, boolean last) {
    try {
      return find(ended, soon, last);
    } catch (FileFault | NumberFormatException ignored) { // no /proc: no process is known
      return NOBODY;
    }
  }

  private int find(int ended, boolean soon, boolean last) throws FileFault {
    int self = (int) ProcessHandle.current().pid();
    long now = BootTime.ticks(platform);
    long notBefore = soon ? 0 : now - HANDED_OVER;
    for (int each : ProcessStat.orphansOf(files, self)) {
      var stat = each == self || isKnown(each) ? null : ProcessStat.of(files, each);
      if (stat != null
          && stat.parent() == self
          && !stat.isZombie()
          && stat.startTime() >= notBefore) {
        consider(new ProcessIdentity(each, stat.startTime()), stat, ended);
        noteBackground(each, stat, ended, soon);
      }
    }
    long ran = soon ? owner.history().ranFor().toMillis() / BootTime.TICK_MILLIS : 0;
    nameless.removeIf(one -> one.start() < now - ran - HANDED_OVER);
    var best = best(notBefore);
    boolean sure = marked.contains(best) && BY_AGE.compare(undecided, best) < 0;
    return undecided.isNone() || sure || last ? best.pid() : UNDECIDED;
  }

  private boolean isKnown(int pid) {
    return platform.processes().isSpawned(pid) || isRun.test(pid);
  }

  private void consider(ProcessIdentity one, ProcessStat stat, int ended) {
    if (stat.session() == ended) {
      undecided = BY_AGE.compare(one, undecided) > 0 ? one : undecided;
    } else if (stat.session() == one.pid() && stat.tty() == 0) {
      var mark = Strays.markOf(files, one.pid());
      if (mark == null) { // env -i removes the mark, and ssh-agent hides it
        strays.consider(one.pid());
        nameless.add(one);
      } else if (mark.process().equals(owner.keyText())
          && mark.program().equals(Script.RUN.name())) {
        marked.add(one);
      }
    }
  }

  /** A daemon(7) leads no session: it has begun one, forked in it, and ended. */
  private void noteBackground(int pid, ProcessStat stat, int ended, boolean soon) {
    if (stat.session() == pid) {
      return;
    }
    boolean ours = stat.session() == ended;
    if (!ours && soon) {
      var mark = Strays.markOf(files, pid);
      ours = mark != null && mark.process().equals(owner.keyText());
    }
    if (ours) {
      background.put(pid, stat);
    }
  }

  /** The process groups of what run has left in the background. */
  Set<Integer> backgroundGroups() {
    return background.values().stream().map(ProcessStat::group).collect(toCollection(TreeSet::new));
  }

  /** {@code mpd(812), mpd(815)}: what run has left in the background; empty if nothing. */
  String background() {
    return background.keySet().stream()
        .limit(MOST_NAMED)
        .map(pid -> Strays.nameOf(files, pid) + "(" + pid + ")")
        .collect(joining(", "));
  }

  /** {@link ProcessIdentity#NONE} if there is none. */
  private ProcessIdentity best(long notBefore) throws FileFault {
    if (!marked.isEmpty()) {
      return newest(marked);
    }
    var directory = files.stat(owner.directory().descriptor()).id();
    var id = owner.service().id();
    var placed = strays.unmarked(id, directory, owner.isLogger(), notBefore);
    placed.removeIf(Strays.Stray::finish);
    return placed.isEmpty() ? mostLikeRun() : placed.getLast().identity();
  }

  /** The eldest of those that one run has started at once. */
  private ProcessIdentity newest(List<ProcessIdentity> found) {
    long latest = 0;
    var best = ProcessIdentity.NONE;
    found.sort(BY_AGE);
    for (var one : found) {
      var mark = Strays.markOf(files, one.pid());
      if (mark != null && mark.time() > latest) {
        latest = mark.time();
        best = one;
      }
    }
    return best;
  }

  /** The one whose arguments are in the text of run; the eldest if none is. */
  private ProcessIdentity mostLikeRun() {
    var best = ProcessIdentity.NONE;
    int most = -1;
    String run = nameless.isEmpty() ? "" : Strays.runIn(files, owner.directory().descriptor());
    nameless.sort(BY_AGE);
    for (var one : nameless) {
      int like = isOfAnother(one.pid()) ? -1 : likeness(one.pid(), run);
      if (like > most) {
        most = like;
        best = one;
      }
    }
    return best;
  }

  private boolean isOfAnother(int pid) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
      if (Strays.pipeOf(files, pid, descriptor) != null) {
        return true;
      }
    }
    return false;
  }

  private int likeness(int pid, String run) {
    int count = 0;
    for (String argument : Strays.argumentsOf(files, pid).split("\0", -1)) {
      String name = argument.substring(argument.lastIndexOf('/') + 1);
      count += !name.isEmpty() && run.contains(name) ? 1 : 0;
    }
    return count;
  }

  /**
   * The process that the user sees as run. If run has become a setsid(1) that waits ({@code exec
   * setsid -w program}), it is its child, to which setsid hands no signal on.
   *
   * @param run run's process
   */
  static int inPlaceOf(int run, FileSystem files) {
    try {
      String name =
          NativeText.decode(files.read(FileSystem.ABSOLUTE, "/proc/" + run + "/comm", 64));
      if (!name.equals("setsid\n")) {
        return run;
      }
      int found = run;
      for (int child : ProcessStat.orphansOf(files, run)) {
        var stat = ProcessStat.of(files, child);
        found = isIn(stat, run, child) ? child : found;
      }
      return found;
    } catch (FileFault ignored) { // it has ended
      return run;
    }
  }

  private static boolean isIn(@Nullable ProcessStat stat, int parent, int session) {
    return stat != null && stat.parent() == parent && stat.session() == session && !stat.isZombie();
  }
}
