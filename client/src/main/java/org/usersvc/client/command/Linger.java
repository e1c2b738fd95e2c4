package org.usersvc.client.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.login.Account;
import org.usersvc.client.login.LingerFile;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/**
 * Whether services of a user go on after the last logout; the client reads and changes it itself.
 *
 * @param word {@code on} or {@code off}; empty: show it
 * @param name of the user; empty: the calling user
 */
record Linger(String word, String name, boolean json, boolean quiet) implements Command {
  private static final int FAILED = 1;

  static Linger of(List<String> operands, boolean json, boolean quiet) throws UsageException {
    String first = operands.isEmpty() ? "" : operands.getFirst();
    boolean change = first.equals("on") || first.equals("off");
    if (!change && operands.size() > 1) {
      throw UsageException.of("verb linger needs on or off before the user, not " + first);
    }
    return change
        ? new Linger(first, operands.size() > 1 ? operands.getLast() : "", json, quiet)
        : new Linger("", first, json, quiet);
  }

  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    try {
      Account self = Account.self();
      LingerFile file = LingerFile.of(name.isEmpty() ? self : Account.named(name), environment);
      if (word.equals("on")) {
        file = file.make(self);
      } else if (word.equals("off")) {
        file = file.remove(self);
      }
      show(file, file.standing(), output);
      return ExitStatus.DONE.code();
    } catch (LostOutputException e) {
      throw e;
    } catch (Refusal refusal) {
      output.err("usersvc: " + refusal.getMessage() + "\n");
    } catch (IOException e) {
      output.err("usersvc: cannot look at " + e.getMessage() + "; ask as root\n");
    }
    return FAILED;
  }

  private void show(LingerFile file, LingerFile.Standing standing, Output output)
      throws LostOutputException {
    if (quiet) {
      return;
    }
    if (!json) {
      output.out(file.describe(standing) + "\n");
      return;
    }
    byte[] line =
        JsonLine.of(generator -> {
          generator.writeStringField("user", file.user().name());
          generator.writeBooleanField("linger", standing.on());
          generator.writeStringField("file", file.toString());
          if (!standing.owner().isEmpty()) {
            generator.writeStringField("owner", standing.owner());
          }
        });
    output.out(line, 0, line.length);
  }
}
