package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Errno;

/**
 * One thread that calls posix_spawn, which returns when the child has executed its program. If the
 * program lies on a file system that hangs, this thread hangs with it. <b>Loop thread only</b>,
 * except where the thread is named.
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
  private final Libc libc = new Libc();
  private final Scratch memory;
  private ToIntFunction<Libc> work;
  private Runnable whenLate = () -> {};
  private int result;
  private int id;

  /** Starts the thread, and returns when it has done this. */
  SpawnThread(ToIntFunction<Libc> beginning) {
    work = beginning;
    Thread.ofPlatform().daemon().name("usersvc-spawner").stackSize(STACK).start(this::serve);
    memory = new Scratch(MEMORY); // it is never freed, so not before there is a thread
    await();
  }

  /** The memory for the arguments of a call. */
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

  /** The kernel's id of the thread. */
  int id() {
    return id;
  }

  private void await() {
    answered.acquireUninterruptibly();
  }

  /** Runs something on the thread, and waits for it. */
  void run(ToIntFunction<Libc> errand) {
    begin(errand);
    await();
  }

  /**
   * Makes that call.
   *
   * @param patience null: however long it takes
   * @param whenLate run on the thread when it returns later than that
   * @return whether it has returned
   */
  boolean spawn(ToIntFunction<Libc> call, @Nullable Duration patience, Runnable whenLate) {
    this.whenLate = whenLate;
    begin(call);
    if (patience == null) {
      await();
      return true;
    }
    try {
      if (answered.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } catch (InterruptedException ignored) { // no thread interrupts this one
      await();
      return true;
    }
    if (stage.compareAndSet(WORKING, LATE)) {
      return false;
    }
    await(); // it has returned just now
    return true;
  }

  /** The result of the last call: an error number, 0 for success. */
  int result() {
    return result;
  }

  private void begin(ToIntFunction<Libc> next) {
    work = next;
    stage.set(WORKING);
    asked.release();
  }

  private void serve() {
    id = libc.call(GETTID, 0);
    while (true) {
      perform();
      if (stage.compareAndSet(WORKING, IDLE)) {
        answered.release();
      } else {
        whenLate.run();
      }
      asked.acquireUninterruptibly();
    }
  }

  /** Answers in any case, as the loop waits for it. */
  private void perform() {
    try {
      result = work.applyAsInt(libc);
    } catch (RuntimeException bug) {
      result = EIO;
    } catch (Error lack) { // a lack of memory, or of threads
      result = Errno.ENOMEM;
    }
  }
}
