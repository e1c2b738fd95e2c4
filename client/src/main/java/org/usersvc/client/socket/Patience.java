package org.usersvc.client.socket;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a connection, so that an operation of another thread on it fails, when that takes too
 * long: a socket in Java has no time limit of its own.
 */
final class Patience implements Runnable, AutoCloseable {
  private final Closeable connection;
  private final long nanos;
  private final Thread thread;
  private volatile long end;
  private volatile boolean waiting = true;
  private volatile boolean ended;
  private volatile boolean lost;

  /** {@code bound}: of each wait, the first of which begins now. */
  Patience(Closeable connection, Duration bound) {
    this.connection = connection;
    this.nanos = bound.toNanos();
    this.end = System.nanoTime() + nanos;
    this.thread = Thread.ofPlatform().daemon().name("patience").unstarted(this);
  }

  Patience begin() {
    thread.start();
    return this;
  }

  /** A wait begins. */
  void await() {
    end = System.nanoTime() + nanos;
    waiting = true;
  }

  /** The wait is over. */
  void rest() {
    waiting = false;
  }

  /** Whether the connection was closed. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void run() {
    while (!ended) {
      long left = waiting ? end - System.nanoTime() : nanos;
      if (left <= 0) {
        lose();
        return;
      }
      LockSupport.parkNanos(left);
    }
  }

  private void lose() {
    lost = true;
    try {
      connection.close();
    } catch (IOException ignored) {
      // The connection is not needed any more.
    }
  }

  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
  }
}
