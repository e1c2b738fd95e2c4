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
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/** Children by posix_spawn; a pidfd of each tells the loop when it ends. */
public final class PosixProcesses implements Processes {
  private static final Libc.Function ACTIONS_INIT = function("posix_spawn_file_actions_init");
  private static final Libc.Function ACTIONS_DESTROY = function("posix_spawn_file_actions_destroy");
  private static final Libc.Function ADD_OPEN = function("posix_spawn_file_actions_addopen");
  private static final Libc.Function ADD_CHDIR = function("posix_spawn_file_actions_addchdir_np");
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
  private static final int ACTIONS_SIZE = 128; // 80 bytes in glibc and musl
  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(1024);
  private final Scratch limits = new Scratch(64);
  private final SpawnAttributes attributes = new SpawnAttributes();
  private final int self = SelfProcess.pid();
  private final ConcurrentHashMap<Integer, Integer> pidfds = new ConcurrentHashMap<>();
  private final Map<Integer, EndListener> spawned = new HashMap<>();
  private final Map<Integer, List<EndListener>> listeners = new HashMap<>();
  private final Parts parts;
  private final Strangers strangers;
  private final ChildReaper reaper;
  private Environment lastEnvironment = Environment.EMPTY;
  private EnvironmentBlock lastBlock = new EnvironmentBlock(lastEnvironment);
  private Runnable afterEachEnd = () -> {};

  /** What children are made with. */
  public record Parts(Spawner spawner, DescriptorLimit limit, FileSystem files, EventLoop loop) {}

  public PosixProcesses(Parts parts) {
    this.parts = parts;
    this.strangers = new Strangers(parts.files(), parts.loop());
    this.reaper = new ChildReaper(pidfds::containsKey, this::orphanEnded);
    reaper.childStarted(); // a program before this one in the same process may have left some
  }

  @Override
  public SpawnOutcome spawn(SpawnRequest request, EndListener onEnd) {
    var thread = parts.spawner().idle();
    if (thread == null) {
      return new SpawnOutcome.SpawnFailed(new Errno(Errno.EAGAIN));
    }
    var memory = thread.memory();
    long actions = memory.reset().take(ACTIONS_SIZE);
    long pid = memory.take(4);
    libc.call(ACTIONS_INIT, actions);
    libc.call(ADD_CHDIR, actions, memory.text(parts.spawner().path(request.directory())));
    request.redirects().forEach(redirect -> redirect(memory, actions, redirect));
    long program = memory.text(request.program());
    long argv = argv(memory, program, request.arguments());
    var block = block(request.environment());
    long environment =
        request.mark().isEmpty()
            ? block.address()
            : block.addressWith(memory.text(mark(request).text()));
    long[] arguments = {pid, program, actions, attributes.address(), argv, environment};
    var late = new LateSpawn(block);
    parts.limit().lower();
    try {
      boolean known =
          thread.spawn(
              arguments,
              parts.spawner().patience(),
              () ->
                  parts
                      .loop()
                      .mailbox()
                      .post(() -> late.come(outcome(thread, pid, actions, onEnd))));
      if (known) {
        return outcome(thread, pid, actions, onEnd);
      }
      lastBlock = new EnvironmentBlock(lastEnvironment); // the other one is still to be read
      return new SpawnOutcome.SpawnLate(late);
    } finally {
      parts.limit().raise();
    }
  }

  private SpawnOutcome outcome(SpawnThread thread, long pid, long actions, EndListener onEnd) {
    int result = thread.result();
    int child = thread.memory().getInt(pid);
    libc.call(ACTIONS_DESTROY, actions);
    thread.release();
    if (result != 0) {
      return new SpawnOutcome.SpawnFailed(new Errno(result));
    }
    spawned.put(child, onEnd);
    watch(child);
    return new SpawnOutcome.Spawned(child);
  }

  @Override
  public boolean isSpawned(int pid) {
    return spawned.containsKey(pid);
  }

  private void redirect(Scratch memory, long actions, Redirect redirect) {
    int flags =
        switch (redirect.access()) {
          case READ -> 0;
          case WRITE -> O_WRONLY;
          case BOTH -> O_RDWR;
        };
    long path = memory.text(parts.spawner().path(redirect.source()));
    libc.callLong(ADD_OPEN, actions, redirect.target(), path, flags, 0, 0);
  }

  @Override
  public void giveUpLate() {
    for (int pid : parts.spawner().childrenOfLate()) {
      if (!pidfds.containsKey(pid)) {
        libc.call(KILL, pid, Signal.KILL.number());
      }
    }
  }

  private Mark mark(SpawnRequest request) {
    String program = request.program();
    String script = program.startsWith("./") ? program.substring(2) : program;
    return new Mark(request.mark(), script, ticksSinceBoot());
  }

  /** In the unit of field 22 of proc_pid_stat(5). */
  private long ticksSinceBoot() {
    long time = scratch.reset().take(16);
    libc.call(CLOCK_GETTIME, CLOCK_BOOTTIME, time);
    return scratch.getLong(time) * TICKS + scratch.getLong(time + 8) / NANOS_PER_TICK;
  }

  /** Most services get one and the same environment. */
  private EnvironmentBlock block(Environment environment) {
    if (!environment.equals(lastEnvironment)) {
      lastBlock = new EnvironmentBlock(environment);
      lastEnvironment = environment;
    }
    return lastBlock;
  }

  private static long argv(Scratch memory, long program, List<String> arguments) {
    int count = arguments.size() + 1;
    long argv = memory.take((count + 1) * 8);
    memory.putLong(argv, program);
    for (int i = 1; i < count; i++) {
      memory.putLong(argv + i * 8L, memory.text(arguments.get(i - 1)));
    }
    memory.putLong(argv + count * 8L, 0);
    return argv;
  }

  /**
   * Without a descriptor to spare for a pidfd, the child is treated as an orphan: a little slower.
   */
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
    parts.loop().mailbox().post(() -> end(pid));
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
      tell(pid, status);
    }
    afterEachEnd.run();
    reaper.childReaped();
  }

  private void tell(int pid, ExitStatus status) {
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
    afterEachEnd = action;
  }

  @Override
  public void signal(int pid, Signal signal) {
    libc.call(KILL, pid, signal.number());
  }

  @Override
  public boolean signalGroup(int leader, Signal signal) {
    return groupLives(leader) && libc.call(KILL, -leader, signal.number()) == 0;
  }

  /** A living process with the leader's pid would be another one's: the leader has ended. */
  @Override
  public boolean groupLives(int leader) {
    return libc.call(KILL, -leader, 0) == 0
        && (libc.call(KILL, leader, 0) != 0 || isZombie(leader));
  }

  /** A leader that is not a child of ours is reaped by somebody else, whenever that is. */
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
