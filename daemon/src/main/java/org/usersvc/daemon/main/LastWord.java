package org.usersvc.daemon.main;

/**
 * Ends the process when a thread of it ends by an error: without that thread it would be half dead.
 * Services go on, and the next daemon takes them over. <b>Any thread.</b>
 */
final class LastWord implements Thread.UncaughtExceptionHandler {
  @Override
  public void uncaughtException(Thread thread, Throwable fault) {
    try {
      System.err.println(
          "usersvcd: fatal: "
              + fault
              + " in thread "
              + thread.getName()
              + "; services go on, start usersvcd again to supervise them");
    } finally {
      Runtime.getRuntime().halt(Fatal.TROUBLE);
    }
  }
}
