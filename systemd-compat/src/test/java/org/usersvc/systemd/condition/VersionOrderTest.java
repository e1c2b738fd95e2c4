package org.usersvc.systemd.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VersionOrderTest {
  /** From the oldest to the newest; the specification's own examples among them. */
  private static final List<String> ASCENDING =
      List.of(
          "~1",
          "",
          "ab",
          "abb",
          "abc",
          "0001~rc1",
          "001",
          "002",
          "12",
          "122",
          "122.9",
          "123~rc1",
          "123",
          "123-a",
          "123-a.1",
          "123-a1",
          "123-a1.1",
          "123-3",
          "123-3.1",
          "123^patch1",
          "123^1",
          "123.a-1",
          "123.1-1",
          "123a-1",
          "124");

  @Test
  void ordersAsTheSpecificationDoes() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        assertThat(
                Integer.signum(VersionOrder.INSTANCE.compare(ASCENDING.get(i), ASCENDING.get(j))))
            .as("%s against %s", ASCENDING.get(i), ASCENDING.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void zerosInFrontDoNotCount() {
    assertThat(VersionOrder.INSTANCE.compare("1.002", "1.2")).isZero();
    assertThat(VersionOrder.INSTANCE.compare("0", "x")).isPositive();
  }
}
