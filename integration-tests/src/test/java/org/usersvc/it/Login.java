package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A session that pamtester has opened, in a machine. */
final class Login {
  private final Machine machine;
  private final String name;
  private final Running pamtester;

  Login(Machine machine, String name, Running pamtester) {
    this.machine = machine;
    this.name = name;
    this.pamtester = pamtester;
  }

  /** The line of a PAM stack: of the module or of the hook. */
  static String line(String way) {
    return switch (way) {
      case "module" -> "optional " + Programs.login("pam_usersvc.so");
      case "hook" ->
          "optional pam_exec.so type=open_session quiet seteuid "
              + Programs.login("usersvc-session");
      default -> throw new AssertionError(way);
    };
  }

  /** What is in its entry's name: the process that opened it, as the machine numbers it. */
  long pid() throws IOException {
    return machine.processes("pamtester -I tty=" + name + " ").getFirst();
  }

  /** Logs out. */
  void close() throws IOException {
    Path fifo = machine.root().resolve("hold." + name);
    Files.writeString(fifo, "\n");
    int status = pamtester.awaitEnd();
    if (status != 0) {
      throw new AssertionError("pamtester ended with " + status + ": " + pamtester.output());
    }
  }

  /** The process is gone, and nobody closes its session. */
  void kill() throws IOException {
    machine.kill(pid());
    pamtester.awaitEnd();
  }

  String output() throws IOException {
    return pamtester.output();
  }
}
