package org.usersvc.daemon.os;

/** Threads of the daemon besides the loop; none keeps the process alive. */
public final class Threads {
  private static final int STACK = 256 * 1024;

  private Threads() {}

  /** Runs the work on a thread of its own. */
  public static void start(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).stackSize(STACK).start(work);
  }
}
