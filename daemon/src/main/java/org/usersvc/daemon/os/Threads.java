package org.usersvc.daemon.os;

import java.util.function.Consumer;

/** Threads of the daemon besides the loop; none keeps the process alive. */
public final class Threads {
  private static final int STACK = 256 * 1024;

  private Threads() {}

  /**
   * Runs the work on a thread of its own.
   *
   * @param onDeath called on that thread with the fault that ended it
   */
  public static void start(String name, Runnable work, Consumer<Throwable> onDeath) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .stackSize(STACK)
        .uncaughtExceptionHandler((_, death) -> onDeath.accept(death))
        .start(work);
  }

  /**
   * Ends the process when an error ends one of its threads: without that thread it would be half
   * dead. Services go on, and the next daemon takes them over.
   *
   * @param status exit status of the process
   */
  public static void endProcessOnError(int status) {
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
      try {
        System.err.println(
            "usersvcd: fatal: "
                + (fault instanceof ExceptionInInitializerError ? fault.getCause() : fault)
                + " in thread "
                + thread.getName()
                + "; services go on, start usersvcd again to supervise them");
      } finally {
        System.exit(status);
      }
    });
  }
}
