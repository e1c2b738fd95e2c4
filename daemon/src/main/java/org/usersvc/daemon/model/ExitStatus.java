package org.usersvc.daemon.model;

/**
 * How a process ended.
 *
 * @param code exit code 0 to 255; meaningless if a signal ended it; -1 in {@link #UNKNOWN} alone
 * @param signal the signal that ended it, 0 if it exited by itself
 * @param core whether a core was dumped
 */
public record ExitStatus(int code, int signal, boolean core) {
  /** The status of a run script that cannot be executed (runsv.c, fatal exit of the child). */
  public static final ExitStatus CANNOT_EXECUTE = exited(111);

  /** The process was another's child, and its status is unknown. No success. */
  public static final ExitStatus UNKNOWN = exited(-1);

  public static ExitStatus exited(int code) {
    return new ExitStatus(code, 0, false);
  }

  public static ExitStatus killed(int signal, boolean core) {
    return new ExitStatus(0, signal, core);
  }

  /** Decodes the status that wait(2) returns for an ended process. */
  public static ExitStatus ofWait(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? exited(status >> 8 & 0xff) : killed(signal, (status & 0x80) != 0);
  }

  public boolean isUnknown() {
    return equals(UNKNOWN);
  }

  public boolean success() {
    return code == 0 && signal == 0;
  }

  /** First argument of finish: the exit code, -1 after a signal (runsv.c:268) or if unknown. */
  public String finishCode() {
    return signal == 0 ? Integer.toString(code) : "-1";
  }

  /** Second argument of finish: the low byte of the wait status (runsv.c:272). */
  public String finishStatus() {
    return Integer.toString(signal == 0 ? 0 : core ? signal | 0x80 : signal);
  }

  /** {@code exit 1}, {@code killed by signal 11 (core dumped)} or {@code unknown}. */
  public String describe() {
    if (isUnknown()) {
      return "unknown";
    }
    if (signal == 0) {
      return "exit " + code;
    }
    return "killed by signal " + Signal.nameOf(signal) + (core ? " (core dumped)" : "");
  }
}
