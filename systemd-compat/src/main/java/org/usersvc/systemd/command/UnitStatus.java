package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.syntax.UnitName;

/** What {@code systemctl status} says of one unit, without its processes and its log. */
final class UnitStatus {
  private static final String INDENT = " ".repeat(13);

  private static final List<String> STEPS =
      List.of(
          "ExecCondition",
          "ExecStartPre",
          "ExecStart",
          "ExecStartPost",
          "ExecReload",
          "ExecStop",
          "ExecStopPost");

  /** The places of the words and of the code within {@code a(sasbttttuii)}. */
  private static final int WORDS = 1;

  private static final int CODE = 8;

  private final Asking asking;
  private final UnitName name;
  private final Properties own;

  UnitStatus(Asking asking, UnitName name) {
    this.asking = asking;
    this.name = name;
    this.own = Properties.of(asking, name);
  }

  boolean isDown() {
    return own.isDown();
  }

  /** When it was started last, in microseconds since 1970; 0: never. */
  long started() {
    return own.number("InactiveExitTimestamp");
  }

  void show() {
    String description = own.text("Description");
    asking.out(mark() + " " + name + (isSaid(description) ? " - " + description : ""));
    field("Loaded", loaded());
    dropIns();
    field("Active", active());
    if (own.value("NextElapseUSecRealtime") != null) {
      field("Trigger", trigger());
    }
    list("Triggers", "Triggers");
    list("TriggeredBy", "TriggeredBy");
    several("Docs", own.texts("Documentation"));
    several("Listen", listening());
    processes();
  }

  /** The files of each directory stand below it. */
  private void dropIns() {
    var files = new LinkedHashMap<String, List<String>>();
    for (String path : own.texts("DropInPaths")) {
      int slash = path.lastIndexOf('/');
      files
          .computeIfAbsent(path.substring(0, slash), _ -> new ArrayList<>())
          .add(path.substring(slash + 1));
    }
    var lines = new ArrayList<String>();
    int left = files.size();
    for (Map.Entry<String, List<String>> each : files.entrySet()) {
      left--;
      lines.add(each.getKey());
      lines.add((left == 0 ? "└─" : "├─") + String.join(", ", each.getValue()));
    }
    several("Drop-In", lines);
  }

  private List<String> listening() {
    var lines = new ArrayList<String>();
    if (own.value("Listen") instanceof List<?> list) {
      for (Object each : list) {
        var row = (Object[]) each;
        lines.add(row[1] + " (" + row[0] + ")");
      }
    }
    return lines;
  }

  private String trigger() {
    long next = NextElapse.of(own, asking);
    return next == 0
        ? "n/a"
        : ShownValue.moment(next) + "; " + Age.of(next, NextElapse.now(asking));
  }

  private void several(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      field(title, String.join("\n" + INDENT, lines));
    }
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
    if (own.value("LoadError") instanceof Object[] error && !error[1].toString().isEmpty()) {
      return load + " (Reason: " + error[1] + ")";
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
    boolean isPlain = state.equals(own.text("SubState")) && !failed;
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
    return " since " + ShownValue.moment(then) + "; " + Age.of(then, NextElapse.now(asking));
  }

  private void list(String title, String property) {
    var lines = new ArrayList<String>();
    for (String other : own.texts(property)) {
      lines.add("● " + other);
    }
    several(title, lines);
  }

  private void processes() {
    for (String step : STEPS) {
      if (own.value(step) instanceof List<?> commands) {
        commands.forEach(command -> ended(step, (Object[]) command));
      }
    }
    long last = own.number("ExecMainPID");
    if (last != 0 && own.number("ExecMainCode") != 0) {
      field("Main PID", last + " (" + Ends.text(own) + ")");
    } else if (last != 0) {
      field("Main PID", "" + last + program(last));
    }
    String said = own.text("StatusText");
    if (!said.isEmpty()) {
      field("Status", "\"" + said + "\"");
    }
  }

  /** A command that has not ended is not shown. */
  private void ended(String step, Object[] command) {
    int code = ((Number) command[CODE]).intValue();
    if (code != 0) {
      var words = ((List<?>) command[WORDS]).stream().map(String::valueOf).toList();
      String line = step + "=" + String.join(" ", words);
      String how = Ends.text(code, ((Number) command[CODE + 1]).intValue());
      field("Process", command[CODE - 1] + " " + line + " (" + how + ")");
    }
  }

  private String program(long pid) {
    String command = Clients.program(asking, pid);
    return command.isEmpty() ? "" : " (" + command + ")";
  }
}
