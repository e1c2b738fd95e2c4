package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.read.Directives.Support;

final class DirectivesTest {
  /** The directives of the manuals and of real units, such as {@code Unit.After}. */
  static List<String> used() {
    return lines("directives.txt");
  }

  private static List<String> lines(String resource) {
    try (var file = DirectivesTest.class.getResourceAsStream(resource)) {
      assertThat(file).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Test
  void allOfTheManualsAndOfRealUnitsIsKnown() {
    assertThat(used()).hasSizeGreaterThan(400);
    for (String directive : used()) {
      String[] parts = directive.split("\\.", 2);
      assertThat(Directives.of(parts[0], parts[1]))
          .as(directive)
          .isNotInstanceOf(Support.Unknown.class);
    }
  }

  /** As {@code systemd --user --dump-configuration-items} of version 262 tells them. */
  @Test
  void allThatSystemd262KnowsIsKnown() {
    var unknown = new ArrayList<String>();
    for (String line : lines("directives-262.txt")) {
      String[] parts = line.split(": ", 2);
      for (String key : List.of(parts[1].split(" ", -1))) {
        if (Directives.of(parts[0], key) instanceof Support.Unknown) {
          unknown.add(parts[0] + "." + key);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void whatIsReadIsApplied() {
    for (String key :
        List.of("ExecStart", "KillMode", "LimitNOFILE", "Slice", "RuntimeDirectory")) {
      assertThat(Directives.of("Service", key)).as(key).isEqualTo(new Support.Applied());
    }
    assertThat(Directives.of("Unit", "ConditionACPower")).isEqualTo(new Support.Applied());
    assertThat(Directives.of("Install", "UpheldBy")).isEqualTo(new Support.Applied());
  }

  @Test
  void whatIsNotCarriedOutHasItsReason() {
    assertThat(Directives.of("Service", "PrivateTmp")).isEqualTo(new Support.Ignored("sandbox"));
    assertThat(Directives.of("Slice", "CPUWeight")).isEqualTo(new Support.Ignored("resources"));
  }

  @Test
  void nothingIsBothAppliedAndIgnored() {
    for (String directive : used()) {
      String[] parts = directive.split("\\.", 2);
      assertThat(
              Directives.isApplied(parts[0], parts[1])
                  && IgnoredDirectives.group(parts[0], parts[1]).isPresent())
          .as(directive)
          .isFalse();
    }
  }

  @Test
  void directiveOfAnotherSectionIsUnknown() {
    assertThat(Directives.of("Service", "ListenStream")).isEqualTo(new Support.Unknown());
    assertThat(Directives.of("Nothing", "ExecStart")).isEqualTo(new Support.Unknown());
    assertThat(Directives.sections())
        .containsExactlyInAnyOrder(
            "Unit", "Install", "Service", "Socket", "Timer", "Path", "Scope", "Slice", "Target");
  }
}
