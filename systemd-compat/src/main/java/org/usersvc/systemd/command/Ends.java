package org.usersvc.systemd.command;

import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.syntax.ExitStatuses;

/** How a process ended, in the words of waitid(2). */
final class Ends {
  private static final int EXITED = 1;
  private static final int DUMPED = 3;

  /** The last exit code that every program means the same by. */
  private static final int FAILURE = 1;

  /** From here on, exit codes are those of what a manager does before it executes a program. */
  private static final int FIRST_OF_MANAGER = 200;

  private Ends() {}

  /** {@code exited}, {@code killed} or {@code dumped}; {@code (null)} if it has not. */
  static String code(Object code) {
    return switch (((Number) code).intValue()) {
      case 0 -> "(null)";
      case EXITED -> "exited";
      case DUMPED -> "dumped";
      default -> "killed";
    };
  }

  /** {@code 0/0} if it has not ended; its exit code; {@code 9/KILL} if a signal has ended it. */
  static String status(Object code, Object status) {
    return switch (((Number) code).intValue()) {
      case 0 -> "0/0";
      case EXITED -> status.toString();
      default -> status + "/" + Signal.nameOf(((Number) status).intValue());
    };
  }

  /** {@code code=exited, status=1/FAILURE} or {@code code=killed, signal=KILL}. */
  static String text(Properties unit) {
    return text((int) unit.number("ExecMainCode"), (int) unit.number("ExecMainStatus"));
  }

  /** The same of another process. */
  static String text(int code, int status) {
    if (code > EXITED) {
      return "code=" + code(code) + ", signal=" + Signal.nameOf(status);
    }
    boolean isNamed = status <= FAILURE || status >= FIRST_OF_MANAGER;
    String name = isNamed ? ExitStatuses.nameOf(status) : "";
    return "code=" + code(code) + ", status=" + status + (name.isEmpty() ? "" : "/" + name);
  }
}
