package org.usersvc.systemd.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.UnitName;

/** Ids that tell whose they are. */
final class InvocationIdTest {
  private static final UnitName UNIT = UnitName.of("a@b.service");
  private final Random random = new Random(7);

  @Test
  void anIdIsOfItsUnitOnly() {
    String id = InvocationId.make(UNIT, random);
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(InvocationId.isOurs(id)).isTrue();
    assertThat(InvocationId.isOf(UNIT, id)).isTrue();
    assertThat(InvocationId.isOf(UnitName.of("a@c.service"), id)).isFalse();
  }

  @Test
  void noTwoRunsHaveTheSame() {
    var made = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      made.add(InvocationId.make(UNIT, random));
    }
    assertThat(made).hasSize(1000);
  }

  @Test
  void theIdsOfOthersAreNotOurs() {
    assertThat(InvocationId.isOurs("0123456789abcdef0123456789abcdef")).isFalse();
    assertThat(InvocationId.isOurs("")).isFalse();
    assertThat(InvocationId.isOurs("x".repeat(32))).isFalse();
    assertThat(InvocationId.isOf(UNIT, "0".repeat(31))).isFalse();
  }
}
