package org.usersvc.daemon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static Environment of(String... words) {
    var variables = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.length; i += 2) {
      variables.put(words[i], words[i + 1]);
    }
    return Environment.of(variables);
  }

  @Test
  void withoutLeavesOutTheseAlone() {
    var environment = of("A", "1", "B", "2");
    assertThat(environment.without(List.of("A", "C"))).isEqualTo(of("B", "2"));
    assertThat(environment.without(List.of("C"))).isSameAs(environment);
  }

  @Test
  void filledHasNoEmptyValues() {
    var environment = of("A", "", "B", "2", "C", "3", "D", "4");
    assertThat(environment.filled(List.of("C", "A", "B", "X")))
        .containsExactly(entry("C", "3"), entry("B", "2"));
  }
}
