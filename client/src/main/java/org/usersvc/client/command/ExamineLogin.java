package org.usersvc.client.command;

import java.util.List;
import java.util.Map;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.login.Account;
import org.usersvc.client.login.Doctor;
import org.usersvc.client.login.Finding;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/**
 * Examines the installation that is to start the daemon at a login.
 *
 * @param name of the user; empty: the calling user
 */
record ExamineLogin(String name, String instance, boolean json, boolean quiet) implements Command {
  private static final int MOST_FAILURES = 99;

  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    List<Finding> findings;
    try {
      Account self = Account.self();
      Account user = name.isEmpty() ? self : Account.named(name);
      findings = Doctor.examine(user, user.equals(self), environment, instance);
    } catch (Refusal refusal) {
      output.err("usersvc: " + refusal.getMessage() + "\n");
      return 1;
    }
    int failures = 0;
    for (Finding finding : findings) {
      failures += finding.level() == Finding.Level.FAIL ? 1 : 0;
      if (!quiet) {
        show(finding, output);
      }
    }
    return Math.min(failures, MOST_FAILURES);
  }

  private void show(Finding finding, Output output) throws LostOutputException {
    if (!json) {
      output.out(finding.line());
      return;
    }
    byte[] line =
        JsonLine.of(generator -> {
          generator.writeStringField("result", finding.level().word());
          generator.writeStringField("text", finding.text());
        });
    output.out(line, 0, line.length);
  }
}
