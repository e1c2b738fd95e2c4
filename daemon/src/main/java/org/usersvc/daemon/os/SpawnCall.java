package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * One call of posix_spawn. It is composed on the loop and {@link #make made} on a thread, whose
 * descriptors are not those of the loop. usersvc-exec does what posix_spawn cannot do.
 */
final class SpawnCall {
  private static final Libc.Function SPAWN = function("posix_spawn");
  private static final Libc.Function ACTIONS_INIT = function("posix_spawn_file_actions_init");
  private static final Libc.Function ACTIONS_DESTROY = function("posix_spawn_file_actions_destroy");
  private static final Libc.Function ADD_OPEN = function("posix_spawn_file_actions_addopen");
  private static final Libc.Function ADD_DUP = function("posix_spawn_file_actions_adddup2");
  private static final Libc.Function ADD_CHDIR = function("posix_spawn_file_actions_addchdir_np");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function WAITID = function("waitid");
  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int ACTIONS_SIZE = 128; // 80 bytes in glibc and musl
  private static final int O_WRONLY = 1;
  private static final int O_RDWR = 2;
  private static final int HIGHEST_STANDARD = 2;

  /** Longer arguments have memory of their own; a character takes three bytes of it at most. */
  private static final int MOST_IN_MEMORY = 8 * 1024;

  /** What an argument takes besides its text. */
  private static final int OF_ARGUMENT = 24;

  static {
    // The thread cannot load a class: perhaps only the loop has its file open.
    List.of(ExecReport.class, LoopDescriptors.class, Errno.class).forEach(SpawnCall::load);
  }

  private final Scratch memory;
  private final SpawnRequest request;
  private final long pid;
  private final long actions;
  private final long program;
  private final long argv;
  private final long path;
  private ArgumentBlock block = ArgumentBlock.NONE;
  private final List<String> words;
  private final @Nullable ExecReport report;
  private final IntPredicate taken = this::isTarget;
  private boolean confined = true;
  private List<Refusal> refusals = List.of();
  private long attributes;
  private long environment;

  private static void load(Class<?> needed) {
    try {
      MethodHandles.lookup().ensureInitialized(needed);
    } catch (IllegalAccessException bug) {
      throw new IllegalStateException(bug);
    }
  }

  /**
   * Composes it, except for the environment.
   *
   * @param helper path of usersvc-exec, null if there is none
   */
  SpawnCall(
      Libc libc, Spawner spawner, Scratch memory, SpawnRequest request, @Nullable String helper) {
    this.memory = memory;
    this.request = request;
    actions = memory.take(ACTIONS_SIZE);
    pid = memory.take(4);
    libc.call(ACTIONS_INIT, actions);
    libc.call(ADD_CHDIR, actions, memory.path(spawner.path(request.directory())));
    for (var redirect : request.redirects()) {
      if (redirect.access() != Access.SHARED) {
        long file = memory.text(spawner.path(redirect.source()));
        libc.callLong(ADD_OPEN, actions, redirect.target(), file, flags(redirect), 0, 0);
      }
    }
    words = ExecReport.words(request.confinement());
    report = helper == null || words.isEmpty() ? null : new ExecReport(memory, helper, words);
    path = memory.path(request.program().file());
    program = report == null ? path : report.helper();
    argv = argv();
  }

  private long argv() {
    var addresses = new ArrayList<Long>();
    if (report != null) {
      addresses.addAll(report.arguments());
      addresses.add(path);
    }
    var given = request.program().arguments();
    if (given.stream().mapToInt(word -> word.length() + OF_ARGUMENT).sum() > MOST_IN_MEMORY) {
      block = new ArgumentBlock(addresses, given);
      return block.address();
    }
    given.forEach(each -> addresses.add(memory.text(each)));
    addresses.add(0L);
    long array = memory.take(addresses.size() * Long.BYTES);
    for (int i = 0; i < addresses.size(); i++) {
      memory.putLong(array + (long) i * Long.BYTES, addresses.get(i));
    }
    return array;
  }

  private static int flags(Redirect redirect) {
    return switch (redirect.access()) {
      case READ, SHARED -> 0;
      case WRITE -> O_WRONLY;
      case BOTH -> O_RDWR;
    };
  }

  /** The address of a text that lives as long as the call. */
  long text(String text) {
    return memory.text(text);
  }

  /** Takes the addresses of attributes and environment. */
  void take(long attributesAddress, long environmentAddress) {
    attributes = attributesAddress;
    environment = environmentAddress;
  }

  /**
   * Makes the call. It allocates no heap once there is a child, as a lack of memory would lose the
   * child. <b>The spawner's thread only.</b>
   *
   * @return an error number, 0 if the program runs
   */
  int make(Libc libc) {
    int[] opened = new int[request.redirects().size()];
    try {
      int result = share(libc, opened);
      if (result == 0 && report != null) {
        result = report.open(libc, taken, actions);
      }
      if (result != 0) {
        return result;
      }
      result = spawn(libc, program, argv);
      if (report == null) {
        return result;
      }
      if (result != 0 && !new Errno(result).lacksResources()) {
        result = spawnUnconfined(libc, report);
      }
      if (result == 0) {
        result = report.read(libc);
        if (result != 0) { // usersvc-exec ends at once
          libc.callLong(WAITID, P_PID, memory.getInt(pid), 0, WEXITED, 0, 0);
        }
      }
      return result;
    } finally {
      for (int descriptor : opened) {
        if (descriptor > 0) {
          libc.call(CLOSE, descriptor);
        }
      }
      if (report != null) {
        report.close(libc);
      }
    }
  }

  private int spawn(Libc libc, long file, long arguments) {
    return (int) libc.callLong(SPAWN, pid, file, actions, attributes, arguments, environment);
  }

  /** Either usersvc-exec cannot be executed, or the program: a second spawn finds out which. */
  private int spawnUnconfined(Libc libc, ExecReport unused) {
    unused.keepFrom(libc, actions);
    int result = spawn(libc, path, argv + (unused.length() + 1L) * Long.BYTES);
    confined = result != 0;
    return result;
  }

  /** Makes the thread open the shared descriptors, under numbers that are no target. */
  private int share(Libc libc, int[] opened) {
    for (int i = 0; i < opened.length; i++) {
      var redirect = request.redirects().get(i);
      if (redirect.access() == Access.SHARED) {
        int own = LoopDescriptors.take(libc, redirect.source(), taken);
        if (own < 0) {
          return -own;
        }
        opened[i] = own;
        int fault = libc.call(ADD_DUP, actions, own, redirect.target());
        if (fault != 0) {
          return fault;
        }
      }
    }
    return 0;
  }

  private boolean isTarget(int number) {
    return number <= HIGHEST_STANDARD || request.sourceOf(number) >= 0;
  }

  /** Ends the call on the loop, and releases its memory; returns the pid of the child. */
  int finish(Libc libc) {
    try {
      libc.call(ACTIONS_DESTROY, actions);
    } finally {
      Reference.reachabilityFence(block); // the thread has read it
    }
    refusals = report != null && confined ? report.refusals() : ExecReport.unheeded(words);
    return memory.getInt(pid);
  }

  /** Reports the refused limits; the receiver may spawn. */
  void reportRefusals() {
    if (!words.isEmpty()) {
      request.confinement().refused().accept(refusals);
    }
  }
}
