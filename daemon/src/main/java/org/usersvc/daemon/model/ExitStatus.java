package org.usersvc.daemon.model;

/**
 * How a process ended.
 *
 * @param code exit code 0 to 255; meaningless if a signal ended it
 * @param signal the signal that ended it, 0 if it exited by itself
 * @param core whether a core was dumped
 */
public record ExitStatus(int code, int signal, boolean core) {
  /** What a run script that cannot be executed counts as (runsv.c, fatal exit of the child). */
  public static final ExitStatus CANNOT_EXECUTE = exited(111);

  public static ExitStatus exited(int code) {
    return new ExitStatus(code, 0, false);
  }

  public static ExitStatus killed(int signal, boolean core) {
    return new ExitStatus(0, signal, core);
  }

  public boolean success() {
    return code == 0 && signal == 0;
  }

  /** First argument of finish: the exit code, or -1 after a signal (runsv.c:268). */
  public String finishCode() {
    return signal == 0 ? Integer.toString(code) : "-1";
  }

  /** Second argument of finish: the low byte of the wait status (runsv.c:272). */
  public String finishStatus() {
    return Integer.toString(signal == 0 ? 0 : core ? signal | 0x80 : signal);
  }

  /** {@code exit 1} or {@code killed by SIGSEGV (core dumped)}. */
  public String describe() {
    if (signal == 0) {
      return "exit " + code;
    }
    return "killed by signal " + Signal.nameOf(signal) + (core ? " (core dumped)" : "");
  }
}
