package org.usersvc.client.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Console;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.SearchPath;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** A command as a transient unit, which the daemon makes as for systemd-run. */
record RunOnce(Wish wish, String unit, Ask ask) implements Command {
  private static final String UNIT = ".service";
  private static final int NOT_STARTED = 1;

  /**
   * What was typed.
   *
   * @param name of the service, null: that of the program and a number
   * @param waits whether its end is waited for
   */
  record Wish(List<String> words, @Nullable String name, boolean waits) {
    String program() {
      return words.getFirst();
    }
  }

  static RunOnce of(Wish wish, String instance, boolean json, boolean quiet) throws UsageException {
    if (wish.program().isEmpty()) {
      throw UsageException.of("verb run has an empty operand (an unset variable?)");
    }
    String unit = unit(wish);
    List<String> asked = new ArrayList<>(List.of("--user", "--collect", "--same-dir", "--quiet"));
    asked.add("--unit=" + unit);
    if (wish.waits()) {
      asked.add("--wait");
    }
    asked.add("--");
    asked.addAll(wish.words());
    var request = new Request("systemd-run", new Request.Words(asked), List.of(), json);
    return new RunOnce(wish, unit, new Ask(Program.USERSVC, List.of(), request, instance, quiet));
  }

  private static String unit(Wish wish) throws UsageException {
    String name = wish.name();
    if (name == null) {
      String program = wish.program().substring(wish.program().lastIndexOf('/') + 1);
      String plain = program.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]", "_");
      return plain + "-" + ProcessHandle.current().pid() + UNIT;
    }
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._@:+-]{0,99}")) {
      throw UsageException.of("--name " + name + " is no good name of a service");
    }
    return name.endsWith(UNIT) ? name : name + UNIT;
  }

  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    var console = new Console(output, ask.request().json(), ask.quiet());
    if (!SearchPath.has(new Desk(environment, ask.instance(), console), wish.program())) {
      console.fail(wish.program(), "there is no such program in PATH; nothing was started");
      return NOT_STARTED;
    }
    int status = ask.run(environment, output);
    if (!wish.waits() && status == 0) {
      console.say(unit + ": started; usersvc log " + unit + " shows what it writes");
    }
    if (wish.waits() || status == 0) {
      console.document(generator -> {
        generator.writeStringField("name", unit);
        generator.writeStringField("result", wish.waits() ? "ended" : "started");
        if (wish.waits()) {
          generator.writeNumberField("status", status);
        }
      });
    }
    return status;
  }
}
