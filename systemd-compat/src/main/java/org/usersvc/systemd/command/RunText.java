package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.read.Directives;

/** The unit files that the options of {@code systemd-run} mean. */
final class RunText {
  private static final Map<String, String> TIMES =
      Map.of(
          "on-active", "OnActiveSec",
          "on-boot", "OnBootSec",
          "on-startup", "OnStartupSec",
          "on-unit-active", "OnUnitActiveSec",
          "on-unit-inactive", "OnUnitInactiveSec",
          "on-calendar", "OnCalendar");

  private final Asking asking;
  private final Line line;
  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  RunText(Asking asking) {
    this.asking = asking;
    this.line = asking.line();
  }

  String scope() throws WrongWords {
    sections.clear();
    common("Scope");
    return text();
  }

  String service() throws WrongWords {
    sections.clear();
    common("Service");
    var quoted = new ArrayList<String>();
    line.operands().forEach(word -> quoted.add(quoted(word)));
    add("Service", "ExecStart=" + String.join(" ", quoted));
    for (String assignment : assignments(asking)) {
      add("Service", "Environment=" + quoted(assignment));
    }
    if (line.has("working-directory") || line.has("same-dir")) {
      String directory = line.value("working-directory", "");
      String here = directory.startsWith("/") ? "" : Clients.directory(asking);
      String path = line.has("working-directory") && here.isEmpty() ? directory : here;
      add("Service", "WorkingDirectory=" + path.replace("%", "%%"));
    }
    option("service-type", "Type");
    option("nice", "Nice");
    if (line.has("remain-after-exit")) {
      add("Service", "RemainAfterExit=yes");
    }
    return text();
  }

  String timer() throws WrongWords {
    sections.clear();
    add("Unit", "Description=" + description());
    TIMES.forEach(
        (option, key) -> line.values(option).forEach(value -> add("Timer", key + "=" + value)));
    add("Timer", "RemainAfterElapse=no");
    for (String property : line.values("timer-property")) {
      property(property, "Timer");
    }
    return text();
  }

  private void common(String section) throws WrongWords {
    add("Unit", "Description=" + description());
    if (line.has("collect")) {
      add("Unit", "CollectMode=inactive-or-failed");
    }
    if (line.has("slice")) {
      add(section, "Slice=" + Asking.name(line.value("slice", ""), ".slice"));
    }
    if (line.has("send-sighup")) {
      add(section, "SendSIGHUP=yes");
    }
    for (String property : line.values("property")) {
      property(property, section);
    }
  }

  private String description() {
    String command = String.join(" ", line.operands());
    return line.value("description", command).replace("\n", " ").replace("%", "%%");
  }

  private void option(String option, String key) {
    if (line.has(option)) {
      add("Service", key + "=" + line.value(option, ""));
    }
  }

  private void add(String section, String text) {
    sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(text);
  }

  private void property(String assignment, String section) throws WrongWords {
    add(section(assignment, section), assignment.replace("\n", " "));
  }

  /**
   * The section that an assignment is for.
   *
   * @param own the section of the unit's type
   * @throws WrongWords if it is none, or if neither that section nor {@code Unit} has the directive
   */
  static String section(String assignment, String own) throws WrongWords {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new WrongWords("Not an assignment: " + assignment);
    }
    String key = assignment.substring(0, equals);
    for (String each : List.of(own, "Unit")) {
      if (!(Directives.of(each, key) instanceof Directives.Support.Unknown)) {
        return each;
      }
    }
    throw new WrongWords("Unknown assignment: " + assignment);
  }

  private String text() {
    var text = new StringBuilder();
    sections.forEach(
        (section, lines) -> text.append("[%s]\n%s\n".formatted(section, String.join("\n", lines))));
    return text.toString();
  }

  /** The variables of options, with the client's values for those without one. */
  static List<String> assignments(Asking asking) throws WrongWords {
    var all = new ArrayList<String>();
    var given = new ArrayList<>(asking.line().values("setenv"));
    given.addAll(asking.line().values("environment"));
    for (String each : given) {
      String value =
          each.indexOf('=') >= 0 ? null : EnvironmentCommands.environment(asking).value(each);
      if (each.indexOf('=') >= 0) {
        all.add(each);
      } else if (value != null) {
        all.add(each + "=" + value);
      } else {
        throw new WrongWords("Cannot assign environment variable " + each + ": it is not set.");
      }
    }
    return all;
  }

  /** A word within double quotes, in which nothing is replaced. */
  private static String quoted(String word) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '%' -> quoted.append("%%");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
