package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Mark;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnRequest;

/** Starts children by posix_spawn; a pidfd of each notifies the loop when it ends. */
public final class PosixProcesses implements Processes {
  private static final Libc.Function KILL = function("kill");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function WAITID = function("waitid");
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function CLOCK_GETTIME = function("clock_gettime");
  private static final int CLOCK_BOOTTIME = 7;
  private static final long TICKS = 100;
  private static final long NANOS_PER_TICK = 1_000_000_000 / TICKS;
  private static final int PIDFD_OPEN = 434;
  private static final int RESERVED = 32;
  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int WNOHANG = 1;
  private static final int SIGINFO_SIZE = 128;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(1024);
  private final Scratch limits = new Scratch(64);
  private final SpawnAttributes attributes = new SpawnAttributes();
  private final int self = SelfProcess.pid();
  private final ConcurrentHashMap<Integer, Integer> pidfds = new ConcurrentHashMap<>();
  private final Map<Integer, EndListener> spawned = new HashMap<>();
  private final Map<Integer, List<EndListener>> listeners = new HashMap<>();
  private final Parts parts;
  private final ForeignProcesses strangers;
  private final ChildReaper reaper;
  private Environment lastEnvironment = Environment.EMPTY;
  private EnvironmentBlock lastBlock = new EnvironmentBlock(lastEnvironment);
  private final List<Runnable> afterEachEnd = new ArrayList<>();
  private boolean keepsOrphans;

  /**
   * The parts that make children.
   *
   * @param helper absolute path of usersvc-exec, null if it was not built
   */
  public record Parts(
      Spawner spawner,
      DescriptorLimit limit,
      FileSystem files,
      EventLoop loop,
      @Nullable String helper) {}

  public PosixProcesses(Parts parts) {
    this.parts = parts;
    this.strangers = new ForeignProcesses(parts.files(), parts.loop());
    this.reaper = new ChildReaper(pidfds::containsKey, this::orphanEnded);
    reaper.childStarted(); // the previous program in this process may have left some
  }

  @Override
  public SpawnOutcome spawn(SpawnRequest request, EndListener onEnd) {
    var spawner = parts.spawner();
    var thread = spawner.idle();
    if (thread == null) {
      return new SpawnOutcome.SpawnFailed(new Errno(Errno.EAGAIN));
    }
    var block = block(request.environment());
    var memory = thread.memory().reset();
    var call = new SpawnCall(libc, spawner, memory, request, parts.helper());
    call.take(attributes.address(), environment(block, call, request.mark()));
    var late = new LateSpawn(block);
    Runnable answer = () -> lateAnswer(late, outcome(thread, call, onEnd));
    boolean known;
    parts.limit().lower();
    try {
      known = thread.spawn(call::make, spawner.patience(), () -> spawner.post(answer));
    } finally {
      parts.limit().raise();
    }
    if (known) {
      return outcome(thread, call, onEnd);
    }
    lastBlock = new EnvironmentBlock(lastEnvironment); // the other one is still being read
    return new SpawnOutcome.SpawnLate(late);
  }

  private SpawnOutcome outcome(SpawnThread thread, SpawnCall call, EndListener onEnd) {
    int result = thread.result();
    int child = call.finish(libc);
    thread.release();
    if (result == 0) {
      spawned.put(child, onEnd);
      watch(child);
    }
    parts.loop().guard(call::reportRefusals);
    return result == 0
        ? new SpawnOutcome.Spawned(child)
        : new SpawnOutcome.SpawnFailed(new Errno(result));
  }

  private void lateAnswer(LateSpawn late, SpawnOutcome outcome) {
    reaper.childReaped(); // it may wait for a child whose spawn has no outcome yet
    late.come(outcome);
  }

  @Override
  public boolean isSpawned(int pid) {
    return spawned.containsKey(pid);
  }

  @Override
  public void giveUpLate() {
    for (int pid : parts.spawner().childrenOfLate()) {
      if (!isSpawned(pid)) {
        libc.call(KILL, pid, Signal.KILL.number());
      }
    }
  }

  private long environment(EnvironmentBlock block, SpawnCall call, String mark) {
    return mark.isEmpty()
        ? block.address()
        : block.addressWith(call.text(Mark.text(mark, ticksSinceBoot())));
  }

  /** In the unit of field 22 of proc_pid_stat(5). */
  private long ticksSinceBoot() {
    long time = scratch.reset().take(16);
    libc.call(CLOCK_GETTIME, CLOCK_BOOTTIME, time);
    return scratch.getLong(time) * TICKS + scratch.getLong(time + 8) / NANOS_PER_TICK;
  }

  /** Most services get the same environment. */
  private EnvironmentBlock block(Environment environment) {
    if (!environment.equals(lastEnvironment)) {
      lastBlock = new EnvironmentBlock(environment);
      lastEnvironment = environment;
    }
    return lastBlock;
  }

  /** Without a free descriptor for a pidfd, the child is treated as an orphan: a little slower. */
  private void watch(int pid) {
    int pidfd = libc.call(SYSCALL, PIDFD_OPEN, pid, 0);
    if (pidfd >= 0 && DescriptorLimit.soft(libc, limits) - pidfd < RESERVED) {
      libc.call(CLOSE, pidfd);
    } else if (pidfd >= 0) {
      pidfds.put(pid, pidfd);
      parts.loop().onReadable(pidfd, () -> end(pid));
    }
    reaper.childStarted();
  }

  @Override
  public @Nullable Runnable onEndOf(int pid, EndListener onEnd) {
    var stat = ProcessStat.of(parts.files(), pid);
    if (stat == null || stat.parent() != self) {
      return strangers.onEndOf(pid, onEnd);
    }
    listeners.computeIfAbsent(pid, _ -> new ArrayList<>()).add(onEnd);
    if (!pidfds.containsKey(pid)) {
      watch(pid);
    }
    return () -> forget(pid, onEnd);
  }

  private void forget(int pid, EndListener onEnd) {
    var heard = listeners.get(pid);
    if (heard != null) {
      heard.remove(onEnd);
    }
  }

  private void orphanEnded(int pid) {
    parts.loop().mailbox().post(() -> endOfOrphan(pid));
  }

  /**
   * A child without a pidfd has ended. If its spawn has no outcome yet, or somebody may still wait
   * for it, it is left.
   */
  private void endOfOrphan(int pid) {
    boolean isLate = parts.spawner().childrenOfLate().contains(pid);
    boolean isKept = keepsOrphans && !listeners.containsKey(pid);
    if (isSpawned(pid) || !(isLate || isKept)) {
      end(pid);
    }
  }

  @Override
  public void keepOrphans() {
    keepsOrphans = true;
  }

  @Override
  public void reapOrphans() {
    keepsOrphans = false;
    reaper.childReaped(); // it looks again
  }

  private void end(int pid) {
    long info = scratch.reset().take(SIGINFO_SIZE);
    scratch.fill(info, SIGINFO_SIZE, 0);
    int result = libc.call(WAITID, P_PID, pid, info, WEXITED | WNOHANG);
    boolean isReaped = result == 0 && scratch.getInt(info + 16) == pid;
    var status = status(scratch.getInt(info + 8), scratch.getInt(info + 24));
    var pidfd = pidfds.remove(pid);
    if (pidfd != null) {
      parts.loop().forget(pidfd);
      libc.call(CLOSE, pidfd);
    }
    if (isReaped) {
      report(pid, status);
    }
    afterEachEnd.forEach(parts.loop()::guard);
    reaper.childReaped();
  }

  private void report(int pid, ExitStatus status) {
    var starter = spawned.remove(pid);
    var heard = listeners.remove(pid);
    if (heard != null) {
      List.copyOf(heard).forEach(listener -> listener.ended(pid, status));
    }
    if (starter != null) {
      starter.ended(pid, status);
    }
  }

  @Override
  public void afterEachEnd(Runnable action) {
    afterEachEnd.add(action);
  }

  @Override
  public void signal(int pid, Signal signal) {
    libc.call(KILL, pid, signal.number());
  }

  @Override
  public boolean signalGroup(int leader, Signal signal) {
    return groupLives(leader) && libc.call(KILL, -leader, signal.number()) == 0;
  }

  /** If a living process has the leader's pid, the group is another one: the leader has ended. */
  @Override
  public boolean groupLives(int leader) {
    return libc.call(KILL, -leader, 0) == 0
        && (libc.call(KILL, leader, 0) != 0 || isZombie(leader));
  }

  /** A leader that is not our child is reaped by its own parent, at any time. */
  private boolean isZombie(int pid) {
    var stat = ProcessStat.of(parts.files(), pid);
    return stat != null && stat.isZombie();
  }

  private static ExitStatus status(int siginfoCode, int value) {
    return switch (siginfoCode) {
      case 1 -> ExitStatus.exited(value);
      case 3 -> ExitStatus.killed(value, true);
      default -> ExitStatus.killed(value, false);
    };
  }
}
