package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.concurrent.atomic.AtomicBoolean;
import org.usersvc.daemon.loop.DayTimer;
import org.usersvc.daemon.loop.Poller;

/** epoll(7), with an eventfd that wakes it. */
public final class EpollPoller implements Poller {
  private static final Libc.Function EPOLL_CREATE1 = function("epoll_create1");
  private static final Libc.Function EPOLL_CTL = function("epoll_ctl");
  private static final Libc.Function EVENTFD = function("eventfd");
  private static final Libc.Function READ = function("read");
  private static final Libc.Function WRITE = function("write");
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int IN = 1;
  private static final int OUT = 4;
  private static final int BATCH = 256;
  private static final int EVENT_SIZE = DirectoryReader.X86 ? 12 : 16;
  private static final int DATA = DirectoryReader.X86 ? 4 : 8;

  /** Milliseconds without an event after which the work is over. */
  private static final int QUIET = 5000;

  /** The same for the start: most of what it has touched is never needed again. */
  private static final int QUIET_AFTER_START = 1000;

  private final Libc libc = new Libc();
  private final Scratch control = new Scratch(64);
  private final Scratch events = new Scratch(BATCH * 16);
  private final long eventBuffer = events.take(BATCH * EVENT_SIZE);
  private final Waker waker = new Waker();
  private final SpareHeap heap = new SpareHeap();
  private final int epoll = libc.call(EPOLL_CREATE1, CLOEXEC);
  private int quiet = QUIET_AFTER_START;

  public EpollPoller() {
    watch(waker.descriptor);
  }

  @Override
  public void watch(int descriptor) {
    control(ADD, descriptor, IN);
  }

  @Override
  public void change(int descriptor, boolean readable, boolean writable) {
    control(MODIFY, descriptor, (readable ? IN : 0) | (writable ? OUT : 0));
  }

  @Override
  public void forget(int descriptor) {
    control(DELETE, descriptor, 0);
  }

  private void control(int operation, int descriptor, int interest) {
    long event = control.reset().take(16);
    control.putInt(event, interest);
    control.putInt(event + DATA, descriptor);
    if (libc.call(EPOLL_CTL, epoll, operation, descriptor, event) != 0) {
      throw new IllegalStateException(
          "epoll_ctl %d of descriptor %d: error %d".formatted(operation, descriptor, libc.errno()));
    }
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    int count = await(timeoutMillis);
    for (int i = 0; i < count; i++) {
      int descriptor = events.getInt(eventBuffer + (long) i * EVENT_SIZE + DATA);
      if (descriptor == waker.descriptor) {
        waker.reset();
      } else {
        ready.descriptor(descriptor);
      }
    }
  }

  /** Waits for events; once the work is over, garbage is collected and memory given back. */
  private int await(int timeout) {
    if (timeout >= 0 && timeout <= quiet) {
      return Libc.await(epoll, eventBuffer, BATCH, timeout, false);
    }
    int count = Libc.await(epoll, eventBuffer, BATCH, quiet, false);
    if (count != 0) {
      return count;
    }
    int rest = timeout < 0 ? timeout : timeout - quiet;
    quiet = QUIET;
    if (heap.isLarge()) {
      heap.collect();
    }
    return Libc.await(epoll, eventBuffer, BATCH, rest, true);
  }

  @Override
  public DayTimer dayTimer() {
    return new RealtimeTimer();
  }

  @Override
  public void wake() {
    waker.wake();
  }

  /**
   * The eventfd; written at most once per turn, by the first thread.
   *
   * <p>INVARIANT: while {@code woken} is set, the eventfd is readable or about to be written. So it
   * is drained before {@code woken} is cleared: a thread that comes in between need not write, as
   * the loop looks for work after this turn's sleep.
   */
  private static final class Waker {
    private final Libc libc = new Libc();
    private final Scratch scratch = new Scratch(16);
    private final long counter = scratch.take(8);
    private final int descriptor = libc.call(EVENTFD, 0, CLOEXEC | NONBLOCK);
    private final AtomicBoolean woken = new AtomicBoolean();

    void wake() {
      if (woken.compareAndSet(false, true)) {
        write();
      }
    }

    private synchronized void write() {
      scratch.putLong(counter, 1);
      libc.call(WRITE, descriptor, counter, 8);
    }

    void reset() {
      drain();
      woken.set(false);
    }

    private synchronized void drain() {
      libc.call(READ, descriptor, counter, 8);
    }
  }
}
