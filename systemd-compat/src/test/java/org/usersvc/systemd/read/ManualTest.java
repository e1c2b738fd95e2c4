package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.read.Directives.Support;
import org.usersvc.systemd.syntax.UnitType;

/** The manual says what becomes of directives. */
final class ManualTest {
  private static final Pattern GROUP = Pattern.compile("^\\.It Li (.+)$", Pattern.MULTILINE);

  private static final Pattern DIRECTIVE = Pattern.compile("\\b([A-Z][A-Za-z0-9]+)=");

  private static String manual() throws IOException {
    return Files.readString(Path.of("src/main/man/usersvc-systemd.7"));
  }

  /** The text between a heading and the next one. */
  private static String section(String heading) throws IOException {
    String all = manual();
    int start = all.indexOf("\n" + heading + "\n");
    return all.substring(start, all.indexOf("\n.Sh ", start + 1));
  }

  @Test
  void namesEveryGroupThatIsIgnoredAndNoOther() throws IOException {
    Set<String> named =
        GROUP
            .matcher(section(".Sh WHAT IS IGNORED"))
            .results()
            .map(group -> group.group(1))
            .collect(Collectors.toSet());
    assertThat(named).isEqualTo(IgnoredDirectives.groupNames());
  }

  @Test
  void itsExamplesAreWhatTheyAreSaidToBe() throws IOException {
    String[] parts = section(".Sh WHAT IS IGNORED").split("\n\\.El\n", -1);
    var ignored = directives(parts[0]);
    assertThat(ignored).hasSizeGreaterThan(40);
    assertThat(ignored).allSatisfy(key -> assertThat(isIgnored(key)).as(key).isTrue());
    var applied = directives(parts[1]);
    assertThat(applied).hasSizeGreaterThan(5);
    assertThat(applied)
        .allSatisfy(key -> assertThat(Directives.isApplied("Service", key)).as(key).isTrue());
  }

  private static List<String> directives(String text) {
    return DIRECTIVE.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static boolean isIgnored(String key) {
    return Directives.sections().stream()
        .anyMatch(name -> Directives.of(name, key) instanceof Support.Ignored);
  }

  @Test
  void namesEveryTypeOfUnit() throws IOException {
    String types = section(".Sh DESCRIPTION");
    for (var type : UnitType.values()) {
      assertThat(types).containsPattern("(?m)^\\.It Li (.* , )?" + type.suffix() + "( ,|$)");
    }
  }
}
