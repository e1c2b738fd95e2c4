package org.usersvc.systemd.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.UserSpecifiers;

/** What becomes of the directives that real units have; the manual has a list of it. */
final class DesktopDirectivesTest {
  private static final String BEGIN = ".\\\" DesktopDirectivesTest has made this list.\n";

  /** What units of these sections cannot do without. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "Service", "[Service]\nExecStart=/bin/true\nBusName=org.example.A\n",
          "Socket", "[Socket]\nListenStream=%t/a\n",
          "Timer", "[Timer]\nOnStartupSec=1h\n");

  /** Which of these the unit of a section is. */
  private static final Map<String, String> TYPES =
      Map.of(
          "Unit", "target",
          "Install", "target",
          "Service", "service",
          "Socket", "socket",
          "Timer", "timer",
          "Slice", "slice",
          "Scope", "scope");

  @TempDir private Path root;

  /** A line of the list: in how many units it is, where, and one of the values. */
  private record Directive(String count, String section, String key, String value) {
    static Directive of(String line) {
      String[] words = line.split("[ =]", 4);
      return new Directive(words[0], words[1], words[2], words[3]);
    }

    String unit() {
      String needed = NEEDED.getOrDefault(section, "");
      String assignment = key + "=" + value + "\n";
      return key.equals("ExecStart")
          ? needed.replace("ExecStart=/bin/true\n", assignment)
          : needed + "[" + section + "]\n" + assignment;
    }
  }

  private static List<Directive> directives() throws IOException {
    try (var in = DesktopDirectivesTest.class.getResourceAsStream("desktop-directives")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Directive::of)
          .toList();
    }
  }

  /** Why a directive does nothing; empty if it is carried out. Fails if it is refused. */
  private Optional<String> ignored(Directive directive) {
    var tree = new UnitTree(root.resolve(directive.section() + directive.key()));
    String name = "a." + TYPES.get(directive.section());
    tree.file(tree.config() + "/" + name, directive.unit());
    var values = new UserSpecifiers(Map.of("HOME", "/home/x", "XDG_RUNTIME_DIR", "/run/user/1000"));
    var verifier = new Verifier(tree.files, tree.index, values);
    verifier.refresh();
    var findings = verifier.check(name);
    assertThat(findings).as("%s", directive).hasSizeLessThan(2).allMatch(Finding::isNote);
    String doesNothing = "does nothing here: ";
    return findings.stream()
        .map(finding -> finding.problem().text())
        .map(text -> text.substring(text.indexOf(doesNothing) + doesNothing.length()))
        .findFirst();
  }

  private String list() throws IOException {
    var groups = directives().stream().collect(Collectors.groupingBy(Directive::section));
    var text = new StringBuilder(BEGIN).append(".Bl -tag -width \"[Service]\"\n");
    for (var section : List.of("Unit", "Install", "Service", "Socket", "Timer", "Slice", "Scope")) {
      var carriedOut = new ArrayList<String>();
      var ignored = new ArrayList<String>();
      for (var directive : groups.getOrDefault(section, List.of())) {
        String shown = ".Li " + directive.key() + "= Pq " + directive.count();
        ignored(directive)
            .ifPresentOrElse(why -> ignored.add(shown + " : " + why), () -> carriedOut.add(shown));
      }
      add(text, section, "carried out", carriedOut);
      add(text, section, "ignored", ignored);
    }
    return text.append(".El\n").toString();
  }

  private static void add(StringBuilder text, String section, String what, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(".It Li [").append(section).append("] , ").append(what).append('\n');
      text.append(String.join(" ,\n", lines)).append('\n');
    }
  }

  @Test
  void theListOfTheManualIsWhatVerifySays() throws IOException {
    String manual = Files.readString(Path.of("src/main/man/usersvc-systemd.7"));
    int start = manual.indexOf(BEGIN);
    assertThat(start).as(BEGIN).isPositive();
    String end = ".El\n";
    String there = manual.substring(start, manual.indexOf(end, start) + end.length());
    assertThat(there).isEqualTo(list());
  }
}
