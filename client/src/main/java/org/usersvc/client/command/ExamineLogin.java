package org.usersvc.client.command;

import java.util.List;
import java.util.Map;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.login.Account;
import org.usersvc.client.login.Checkup;
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

  /** The whole examination of the calling user, which ends with one thing to do. */
  record Everything(String instance, boolean json, boolean quiet) implements Command {
    @Override
    public int run(Map<String, String> environment, Output output) throws LostOutputException {
      List<Finding> findings;
      try {
        findings = Checkup.examine(Account.self(), environment, instance);
      } catch (Refusal refusal) {
        output.err("usersvc: " + refusal.getMessage() + "\n");
        return 1;
      }
      int failures = new ExamineLogin("", instance, json, quiet).report(findings, output);
      String advice = Checkup.advice(findings);
      if (json && !quiet) {
        show("advice", advice, output);
      } else if (!quiet) {
        output.out(advice.isEmpty() ? "nothing to do\n" : "to do first: " + advice + "\n");
      }
      return failures;
    }
  }

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
    return report(findings, output);
  }

  private int report(List<Finding> findings, Output output) throws LostOutputException {
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
    show(finding.level().word(), finding.text(), output);
  }

  private static void show(String result, String text, Output output) throws LostOutputException {
    byte[] line =
        JsonLine.of(generator -> {
          generator.writeStringField("result", result);
          generator.writeStringField("text", text);
        });
    output.out(line, 0, line.length);
  }
}
