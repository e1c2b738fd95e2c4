package org.usersvc.daemon.adopt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.supervise.ServiceProcess;
import org.usersvc.daemon.supervise.Strays;

/**
 * Searches for strays, processes of services that are on no record, and says which may be taken
 * over. <b>Loop thread only.</b>
 */
final class StraySearch {
  private static final int NOBODY = -1;
  private static final int NONE = 0;
  private static final long NOTHING_LEFT = Long.MAX_VALUE;

  /** A search of /proc stays valid for so long: many services are opened at a time. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Platform platform;
  private final Map<RecordedProcess.Key, RecordedProcess> remembered;
  private final Map<String, ServiceId> pipes;

  /** By pid, the processes that are on record or were taken over. */
  private final Map<Integer, ProcessIdentity> ours = new HashMap<>();

  private final Set<ServiceId> late = new HashSet<>();
  private final Set<RecordedProcess.Key> served = new HashSet<>();
  private Strays strays;
  private @Nullable Long searchedAt;
  private String trouble = "";
  private int uid = NOBODY;
  private long notBefore = NOTHING_LEFT;
  private long lateNotBefore = NOTHING_LEFT;

  /**
   * Finds nothing before {@link #begin}.
   *
   * @param remembered the recorded processes that are not taken over yet
   * @param pipes the FIFOs that the daemon has found
   */
  StraySearch(
      Platform platform,
      Map<RecordedProcess.Key, RecordedProcess> remembered,
      Map<String, ServiceId> pipes) {
    this.platform = platform;
    this.remembered = remembered;
    this.pipes = pipes;
    this.strays = new Strays(platform.files());
  }

  /**
   * Sets what is to be found.
   *
   * @param since in clock ticks since boot: a process without a mark that was started before
   *     belongs to no service; the highest number if there are no traces of an earlier daemon
   * @param recorded the recorded processes
   */
  void begin(int user, long since, List<ProcessIdentity> recorded) {
    uid = user;
    notBefore = since;
    recorded.forEach(process -> ours.put(process.pid(), process));
  }

  /** Ends the takeover, except for the services that could not be opened. */
  void settle(List<ServiceId> refused) {
    late.addAll(refused);
    lateNotBefore = notBefore;
    notBefore = NOTHING_LEFT;
    searchedAt = null;
    strays = new Strays(platform.files());
  }

  /** Marks a service's process as searched: later ones are this daemon's. */
  void served(RecordedProcess.Key key) {
    served.add(key);
  }

  /** Another daemon has this process. */
  void forget(RecordedProcess.Key key) {
    served.remove(key);
  }

  /**
   * Whether an earlier daemon may have left a process. A process that survives a daemon's regular
   * end is not the service itself.
   *
   * @param left whether the service has a {@code supervise} of an earlier daemon
   */
  private boolean mayBeLeft(RecordedProcess.Key key, boolean left) {
    return since(key, left) != NOTHING_LEFT;
  }

  /** A process without a mark that was started before this is not the service's. */
  private long since(RecordedProcess.Key key, boolean left) {
    if (served.contains(key)) {
      return NOTHING_LEFT;
    }
    long since = late.contains(key.service()) ? lateNotBefore : notBefore;
    return left && since == NOTHING_LEFT ? 0 : since;
  }

  /** Records that a stray was taken over. */
  void take(Strays.Stray stray) {
    ours.put(stray.identity().pid(), stray.identity());
  }

  private boolean isOurs(int pid) {
    var process = ours.get(pid);
    return platform.processes().isSpawned(pid)
        || (process != null && process.isThere(platform.files()));
  }

  /** Whether both are the same program with the same arguments. */
  boolean executeTheSame(Strays.Stray one, Strays.Stray other) {
    return strays.executeTheSame(one.identity().pid(), other.identity().pid());
  }

  /** The strays that may be a recorded process, the eldest first. */
  List<Strays.Stray> of(ServiceProcess process) {
    search();
    return found(process, false);
  }

  /**
   * The strays that may be a process that is not recorded, the eldest first.
   *
   * @param last its status
   */
  List<Strays.Stray> of(ServiceProcess process, Status.Last last) {
    boolean left = process.wasLeft();
    boolean shown = last.pid() > 0;
    if (!shown && !mayBeLeft(process.key(), left)) {
      return List.of();
    }
    search();
    if (shown) {
      strays.consider(last.pid(), true);
    }
    var found = found(process, shown);
    boolean missed = found.stream().noneMatch(each -> each.identity().pid() == last.pid());
    // a doubtful process has delayed the service until now
    if (missed && judge(last) != ShownRun.Verdict.NO) {
      found.addAll(livingOf(strays.shown(last.pid())));
    }
    return found;
  }

  private List<Strays.Stray> found(ServiceProcess process, boolean shown) {
    var found = livingOf(strays.marked(process.keyText()));
    return found.isEmpty() ? livingOf(unmarked(process, shown)) : found;
  }

  private ShownRun.Verdict judge(Status.Last last) {
    return isOurs(last.pid()) ? ShownRun.Verdict.NO : ShownRun.judge(platform, last, uid);
  }

  /** Searches when a process is missing. */
  private void search() {
    long now = platform.loop().clock().nanos();
    if (searchedAt != null && now - searchedAt < FRESH.toNanos()) {
      return;
    }
    searchedAt = now;
    strays = new Strays(platform.files());
    trouble = "";
    try {
      strays.search(uid, this::isOurs);
    } catch (FileFault fault) {
      searchedAt = null;
      trouble = fault.getMessage() + ", so what an earlier usersvcd has left of it is not known";
    }
  }

  /**
   * Why the search for this process has failed, empty if it has not.
   *
   * @param left as in {@link #mayBeLeft}
   */
  String trouble(RecordedProcess.Key key, boolean left) {
    if (remembered.containsKey(key) || !mayBeLeft(key, left)) {
      return "";
    }
    search();
    return trouble;
  }

  private boolean isTaken(Strays.Stray stray) {
    return stray.identity().equals(ours.get(stray.identity().pid()));
  }

  private List<Strays.Stray> livingOf(List<Strays.Stray> strays) {
    strays.removeIf(stray -> isTaken(stray) || !stray.identity().isThere(platform.files()));
    return strays;
  }

  /**
   * The unmarked strays; they count only if there are traces of an earlier daemon.
   *
   * @param shown whether its status names a process
   */
  private List<Strays.Stray> unmarked(ServiceProcess process, boolean shown) {
    long since = since(process.key(), process.wasLeft());
    return unmarked(process.key(), process.directory().descriptor(), shown ? 0 : since);
  }

  private List<Strays.Stray> unmarked(RecordedProcess.Key key, int directory, long since) {
    try {
      var id = platform.files().stat(directory).id();
      return strays.unmarked(key.service(), id, key.logger(), since);
    } catch (FileFault ignored) { // the directory is open, so this never fails
      return new ArrayList<>();
    }
  }

  /**
   * The same process as another daemon supervises it now.
   *
   * @param left as in {@link #mayBeLeft} @return null if there is none
   */
  Strays.@Nullable Stray heldElsewhere(RecordedProcess.Key key, boolean left) {
    if (remembered.containsKey(key) || !mayBeLeft(key, left)) {
      return null;
    }
    search();
    for (var stray : livingOf(strays.marked(key.text()))) {
      if (isOtherDaemon(stray.parent())) {
        return stray;
      }
    }
    return null;
  }

  /**
   * A process that may be a service's run without proof: the status names it, but times leave a
   * doubt; or it hides its descriptors, and run names its program. Searched only if there are
   * traces of an earlier daemon, and no record.
   *
   * @param left whether there is a trace of the service itself
   * @param directory the open service directory
   * @param last its status @return 0 if there is none
   */
  int suspect(RecordedProcess.Key key, boolean left, int directory, Status.Last last) {
    if (remembered.containsKey(key) || served.contains(key)) {
      return NONE;
    }
    boolean maybeHidden = mayBeLeft(key, left) && (left || since(key, left) == 0);
    var verdict = judge(last);
    if (verdict == ShownRun.Verdict.YES || !(maybeHidden || verdict == ShownRun.Verdict.PERHAPS)) {
      return NONE;
    }
    search();
    if (verdict == ShownRun.Verdict.PERHAPS) {
      return isPlaced(key, directory, last.pid()) ? NONE : last.pid();
    }
    return livingOf(strays.marked(key.text())).isEmpty() ? hidden(directory) : NONE;
  }

  /** Whether the process is known by its directory or its descriptors. */
  private boolean isPlaced(RecordedProcess.Key key, int directory, int pid) {
    strays.consider(pid, true);
    return unmarked(key, directory, 0).stream().anyMatch(each -> each.identity().pid() == pid);
  }

  private int hidden(int directory) {
    String run = Strays.runIn(platform.files(), directory);
    for (var hidden : strays.hidden(uid).entrySet()) {
      int pid = hidden.getKey();
      if (!isOurs(pid) && !hidden.getValue().isEmpty() && run.contains(hidden.getValue())) {
        return pid;
      }
    }
    return NONE;
  }

  private boolean isOtherDaemon(int pid) {
    try {
      return pid > 1
          && !platform
              .files()
              .readLink(FileSystem.ABSOLUTE, "/proc/self")
              .equals(Integer.toString(pid))
          && LockHolders.isDaemon(platform.files(), pid);
    } catch (FileFault ignored) { // the process is gone
      return false;
    }
  }

  /**
   * The path by which a removed or replaced FIFO can be opened, if a process of the service has it.
   *
   * @param left as in {@link #mayBeLeft} @return null if there is no such process
   */
  @Nullable String lostPipe(ServiceId service, String name, boolean left) {
    for (boolean logger : new boolean[] {false, true}) {
      for (int pid : pidsOf(new RecordedProcess.Key(service, logger), name, left)) {
        for (int descriptor = logger ? 0 : 1; descriptor <= (logger ? 0 : 2); descriptor++) {
          String path = "/proc/" + pid + "/fd/" + descriptor;
          if (name.equals(Strays.pipeOf(platform.files(), pid, descriptor)) && isLost(path, name)) {
            return path;
          }
        }
      }
    }
    return null;
  }

  private boolean isLost(String path, String name) {
    try {
      var open = platform.files().stat(FileSystem.ABSOLUTE, path);
      return open != null && !open.id().equals(pipes.get(name));
    } catch (FileFault ignored) { // the process has ended
      return false;
    }
  }

  private List<Integer> pidsOf(RecordedProcess.Key key, String pipe, boolean left) {
    var memory = remembered.get(key);
    if (memory != null && memory.living().process().isThere(platform.files())) {
      return List.of(memory.living().process().pid());
    }
    if (!mayBeLeft(key, left)) {
      return List.of();
    }
    search();
    var found = strays.marked(key.text());
    found.addAll(strays.withPipe(pipe, key.logger()));
    return livingOf(found).stream().map(stray -> stray.identity().pid()).toList();
  }
}
