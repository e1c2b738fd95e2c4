package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.TimeSpan;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/** {@code systemctl status}, without processes and without lines of a journal. */
final class StatusCommand {
  private static final int NOT_RUNNING = 3;
  private static final int NOT_KNOWN = 4;

  private final Asking asking;
  private final UnitName name;
  private final Properties own;

  private StatusCommand(Asking asking, UnitName name) {
    this.asking = asking;
    this.name = name;
    this.own = Properties.of(asking, name);
  }

  static void run(Asking asking) throws WrongWords {
    int status = 0;
    boolean first = true;
    for (var name : names(asking)) {
      var record = asking.manager().load(name);
      if (record.unit().loadState() == LoadState.NOT_FOUND
          && record.state().active().isInactiveOrFailed()) {
        asking.err("Unit " + name + " could not be found.");
        status = NOT_KNOWN;
        continue;
      }
      if (!first) {
        asking.out("");
      }
      first = false;
      var command = new StatusCommand(asking, name);
      command.show();
      status = command.own.isDown() && status == 0 ? NOT_RUNNING : status;
    }
    asking.end(status);
  }

  private static List<UnitName> names(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    return words.isEmpty()
        ? ListCommands.meant(asking).stream().map(UnitRecord::unit).map(unit -> unit.id()).toList()
        : List.copyOf(asking.names(words));
  }

  private void show() {
    String description = own.text("Description");
    asking.out(mark() + " " + name + (isSaid(description) ? " - " + description : ""));
    field("Loaded", loaded());
    var dropIns = own.texts("DropInPaths");
    if (!dropIns.isEmpty()) {
      field("Drop-In", String.join("\n" + " ".repeat(13), dropIns));
    }
    field("Active", active());
    list("Triggers", "Triggers");
    list("TriggeredBy", "TriggeredBy");
    var documentation = own.texts("Documentation");
    if (!documentation.isEmpty()) {
      field("Docs", String.join("\n" + " ".repeat(13), documentation));
    }
    processes();
  }

  private boolean isSaid(String description) {
    return !description.isEmpty() && !description.equals(name.toString());
  }

  private String mark() {
    return switch (own.text("ActiveState")) {
      case "active", "reloading", "activating", "deactivating" -> "●";
      case "failed" -> "×";
      default -> "○";
    };
  }

  private void field(String title, String text) {
    asking.out(" ".repeat(Math.max(0, 11 - title.length())) + title + ": " + text);
  }

  private String loaded() {
    String path = own.text("FragmentPath");
    String state = own.text("UnitFileState");
    String load = own.text("LoadState");
    if (load.equals("masked")) {
      return "masked (Reason: Unit " + name + " is masked.)";
    }
    var facts = new ArrayList<String>();
    if (!path.isEmpty()) {
      facts.add(path);
    }
    if (!state.isEmpty()) {
      facts.add(state);
    }
    return load + (facts.isEmpty() ? "" : " (" + String.join("; ", facts) + ")");
  }

  private String active() {
    String state = own.text("ActiveState");
    String result = own.text("Result");
    boolean failed = state.equals("failed") && !result.isEmpty() && !result.equals("success");
    String sub = failed ? "Result: " + result : own.text("SubState");
    boolean isPlain = state.equals(own.text("SubState")) && !failed && !state.equals("active");
    return state + (isPlain ? "" : " (" + sub + ")") + since(stamp(state));
  }

  private static String stamp(String state) {
    return switch (state) {
      case "active", "reloading" -> "ActiveEnterTimestamp";
      case "inactive", "failed" -> "InactiveEnterTimestamp";
      case "activating" -> "InactiveExitTimestamp";
      default -> "ActiveExitTimestamp";
    };
  }

  private String since(String property) {
    long then = own.number(property);
    if (then == 0) {
      return "";
    }
    var now = asking.place().host().mechanisms().turns().clock().wall();
    long micros = now.getEpochSecond() * TimeSpan.SECOND + now.getNano() / 1000 - then;
    return " since " + ShownValue.moment(then) + "; " + age(micros) + " ago";
  }

  /** A span in its two largest units, or in milliseconds. */
  private static String age(long micros) {
    boolean isShort = micros < TimeSpan.SECOND;
    long rounded = isShort ? micros / 1000 * 1000 : micros / TimeSpan.SECOND * TimeSpan.SECOND;
    var words = new TimeSpan(Math.max(0, rounded)).toString().split(" ", -1);
    return words.length < 2 ? words[0] : words[0] + " " + words[1];
  }

  private void list(String title, String property) {
    var others = own.texts(property);
    for (String other : others) {
      var state = Properties.of(asking, UnitName.of(other)).text("ActiveState");
      field(title, (state.equals("active") ? "● " : "○ ") + other);
    }
  }

  private void processes() {
    long last = own.number("ExecMainPID");
    String ended = Ends.text(own);
    boolean hasEnded = own.number("ExecMainCode") != 0;
    if (last != 0 && hasEnded) {
      var commands = own.value("ExecStart") instanceof List<?> list ? list : List.of();
      if (commands.size() == 1 && ((Object[]) commands.getFirst())[1] instanceof List<?> words) {
        var texts = words.stream().map(String::valueOf).toList();
        field("Process", last + " ExecStart=" + String.join(" ", texts) + " (" + ended + ")");
      }
      field("Main PID", last + " (" + ended + ")");
    } else if (last != 0) {
      field("Main PID", "" + last + program(last));
    }
    String said = own.text("StatusText");
    if (!said.isEmpty()) {
      field("Status", "\"" + said + "\"");
    }
  }

  private String program(long pid) {
    String command = Clients.program(asking, pid);
    return command.isEmpty() ? "" : " (" + command + ")";
  }
}
