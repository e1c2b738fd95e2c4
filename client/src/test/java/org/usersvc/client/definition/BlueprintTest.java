package org.usersvc.client.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlueprintTest {
  private static String run(String command) {
    return String.valueOf(new Blueprint("web", command, Set.of(), null, null).files().get("run"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foot --server          | exec foot --server
          A=b C=d foot           | A=b C=d exec foot
          exec foot              | exec foot
          a && b                 | a && b
          cd /tmp; foot          | cd /tmp; foot
          A="b c" foot           | A="b c" foot
          """)
  void aSimpleCommandIsExecuted(String command, String line) {
    assertThat(run(command)).isEqualTo("#!/bin/sh\n# web\nexec 2>&1\n" + line + "\n");
  }

  @Test
  void onlyWhatIsAskedForIsMade() {
    assertThat(new Blueprint("web", "foot", Set.of(), null, null).files()).containsOnlyKeys("run");
    assertThat(
            new Blueprint(
                    "web",
                    "foot",
                    Set.of(Blueprint.Trait.ONESHOT, Blueprint.Trait.GRAPHICAL),
                    "1h",
                    "svlogd -tt")
                .files())
        .containsOnlyKeys("run", "type", "needs-env", "schedule", "log/run")
        .containsEntry("needs-env", "WAYLAND_DISPLAY DISPLAY\n")
        .containsEntry("schedule", "every 1h\n");
  }

  @Test
  void aDraftSaysHowItIsWritten() {
    assertThat(run("")).contains("usersvc edit web", "exit 78");
  }
}
