package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread that calls posix_spawn, which returns when the child has executed its program: where
 * that lies on a file system that hangs, this thread hangs with it. <b>Loop thread only</b>, but
 * for what is said to be the thread's.
 */
final class SpawnThread {
  private static final Libc.Function GETTID = function("gettid");
  private static final int MEMORY = 64 * 1024;
  private static final int STACK = 128 * 1024;
  private static final int EIO = 5;
  private static final int IDLE = 0;
  private static final int WORKING = 1;
  private static final int LATE = 2;

  private final Semaphore asked = new Semaphore(0);
  private final Semaphore answered = new Semaphore(0);
  private final AtomicInteger stage = new AtomicInteger(WORKING);
  private final Scratch memory = new Scratch(MEMORY);
  private @Nullable SpawnCall call;
  private @Nullable Runnable errand;
  private Runnable whenLate = () -> {};
  private int result;
  private int id;

  /** Starts the thread, with this as the first that it does; {@link #await} waits for that. */
  SpawnThread(Runnable beginning) {
    this.errand = beginning;
    Thread.ofPlatform().daemon().name("usersvc-spawner").stackSize(STACK).start(this::serve);
  }

  /** Where the arguments of a call lie. */
  Scratch memory() {
    return memory;
  }

  boolean isIdle() {
    return stage.get() == IDLE;
  }

  /** The answer that came late has been taken: the thread is idle again. */
  void release() {
    stage.compareAndSet(LATE, IDLE);
  }

  /** The kernel's number of the thread. */
  int id() {
    return id;
  }

  /** Waits until the thread is idle. */
  void await() {
    answered.acquireUninterruptibly();
  }

  /** Has the thread run something, and waits for it. */
  void run(Runnable work) {
    errand = work;
    begin();
    await();
  }

  /**
   * Makes that call.
   *
   * @param patience null: however long it takes
   * @param whenLate run on the thread when it returns later than that
   * @return whether it has returned
   */
  boolean spawn(SpawnCall next, @Nullable Duration patience, Runnable whenLate) {
    call = next;
    this.whenLate = whenLate;
    begin();
    if (patience == null) {
      await();
      return true;
    }
    try {
      if (answered.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } catch (InterruptedException ignored) { // nobody interrupts
      await();
      return true;
    }
    if (stage.compareAndSet(WORKING, LATE)) {
      return false;
    }
    await(); // it has returned just now
    return true;
  }

  /** What the last call has returned: an error number, 0 for success. */
  int result() {
    return result;
  }

  private void begin() {
    stage.set(WORKING);
    asked.release();
  }

  private void serve() {
    var libc = new Libc();
    id = libc.call(GETTID, 0);
    while (true) {
      perform(libc);
      if (stage.compareAndSet(WORKING, IDLE)) {
        answered.release();
      } else {
        whenLate.run();
      }
      asked.acquireUninterruptibly();
    }
  }

  private void perform(Libc libc) {
    var work = errand;
    errand = null;
    if (work != null) {
      work.run();
      return;
    }
    result = EIO;
    try {
      if (call != null) {
        result = call.make(libc);
      }
    } catch (RuntimeException bug) { // the loop waits for an answer
      result = EIO;
    }
  }
}
