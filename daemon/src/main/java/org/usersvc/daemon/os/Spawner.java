package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Mailbox;
import org.usersvc.daemon.process.SpawnRequest.Place;

/**
 * The threads that call posix_spawn. Each has a descriptor table of its own, without files that the
 * daemon opens later: a child starts with a copy of its parent's table and closes it, and with
 * thousands of descriptors that takes longer than all else. In these tables the JVM's own files are
 * close-on-exec. Make it before any other file is opened, except those that wake the loop.
 *
 * <p>Descriptors for a child are therefore named by their path below {@code /proc/PID/fd}.
 *
 * <p>One thread is enough where nothing hangs. While one waits for a file system that hangs,
 * another takes its place. It is started by a thread that never spawns, and begins with a copy of
 * its table: so no child inherits a file that is open for another's child.
 */
public final class Spawner {
  private static final Libc.Function UNSHARE = function("unshare");
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function CLOSE = function("close");
  private static final int CLONE_FILES = 0x400;
  private static final int CLOSE_RANGE = 436;
  private static final int UNSHARED_AND_CLOEXEC = 2 | 4;
  private static final Libc.Function FCNTL = function("fcntl");
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int MOST_INHERITED = 65536;
  private static final long ALL = 0xffffffffL;

  /** So many may hang at a time. */
  private static final int MOST = 8;

  /** How long the loop waits for a program to be executed, if that may hang. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Mailbox answers;
  private final String descriptors = "/proc/" + ProcessHandle.current().pid() + "/fd/";
  private final List<SpawnThread> threads = new ArrayList<>();
  private boolean mayHang;
  private @Nullable SpawnThread nursery;

  /**
   * Starts the thread; returns when it has its own table.
   *
   * @param answers of the loop; the threads wake it by a descriptor that is in their tables
   * @param left descriptors that are open already and do not belong in that table
   */
  public Spawner(Mailbox answers, List<Integer> left) {
    this.answers = answers;
    threads.add(new SpawnThread(libc -> separate(libc, left)));
  }

  private static int separate(Libc libc, List<Integer> left) {
    boolean both = libc.call(SYSCALL, CLOSE_RANGE, 3, ALL, UNSHARED_AND_CLOEXEC) == 0;
    if (both || libc.call(UNSHARE, CLONE_FILES) == 0) {
      left.forEach(descriptor -> libc.call(CLOSE, descriptor));
    }
    if (!both) {
      closeEachOnExec(libc); // Linux before 5.11, or a profile that refuses it
    }
    return 0;
  }

  private static void closeEachOnExec(Libc libc) {
    long limit = Math.min(DescriptorLimit.soft(libc, new Scratch(16)), MOST_INHERITED);
    for (int descriptor = 3; descriptor < limit; descriptor++) {
      libc.call(FCNTL, descriptor, F_SETFD, FD_CLOEXEC); // most of them are not open
    }
  }

  /** From now on programs may lie on file systems that hang. */
  public void expectHangs() {
    mayHang = true;
  }

  /** A thread begins with the table of its starter; null if it cannot be started now. */
  private static @Nullable SpawnThread startedBy(SpawnThread parent) {
    var child = new AtomicReference<@Nullable SpawnThread>();
    ToIntFunction<Libc> beginning = libc -> separate(libc, List.of());
    parent.run(_ -> {
      child.set(new SpawnThread(beginning));
      return 0;
    });
    return child.get();
  }

  /** A thread that does not hang, null if too many do or no other can be started. */
  @Nullable SpawnThread idle() {
    if (mayHang && nursery == null && threads.getFirst().isIdle()) {
      nursery = startedBy(threads.getFirst());
    }
    for (var thread : threads) {
      if (thread.isIdle()) {
        return thread;
      }
    }
    if (nursery == null || threads.size() == MOST) {
      return null;
    }
    var fresh = startedBy(nursery);
    if (fresh != null) {
      threads.add(fresh);
    }
    return fresh;
  }

  /** Posts a late answer to the loop. <b>Any thread.</b> */
  void post(Runnable answer) {
    answers.post(answer);
  }

  /** How long the loop waits for a spawn, null: however long it takes. */
  @Nullable Duration patience() {
    return mayHang ? PATIENCE : null;
  }

  /** The path of one of the daemon's descriptors, for children and for these threads. */
  String path(int descriptor) {
    return descriptors + descriptor;
  }

  /** The path of a directory, for children. */
  String path(Place directory) {
    return switch (directory) {
      case Place.Open(int descriptor) -> path(descriptor);
      case Place.At(String path) -> path;
    };
  }

  /** Children of threads that hang, including those that have not executed their program yet. */
  List<Integer> childrenOfLate() {
    var found = new ArrayList<Integer>();
    for (var thread : threads) {
      if (!thread.isIdle()) {
        try {
          var file = Path.of("/proc/self/task/" + thread.id() + "/children");
          for (String pid : Files.readString(file).split(" ", -1)) {
            if (!pid.isBlank()) {
              found.add(Integer.parseInt(pid.strip()));
            }
          }
        } catch (IOException ignored) { // a kernel without that file
          return found;
        }
      }
    }
    return found;
  }
}
