package org.usersvc.systemd.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.exec.ExecIdentity;

/** The manager is larry, 1000, of the group people, 1001. */
final class OwnIdentityTest {
  private final OwnIdentity identity = new OwnIdentity(new FakeFacts());

  private static ExecIdentity wanted(@Nullable String user, @Nullable String group) {
    return new ExecIdentity(user, group, List.of());
  }

  private ExecFault refused(ExecIdentity wanted) {
    return catchThrowableOfType(ExecFault.class, () -> identity.check(wanted));
  }

  @ParameterizedTest
  @CsvSource({",", "larry,", "1000,", ",people", ",1001", "larry,people"})
  void whoIsHimselfMayRun(@Nullable String user, @Nullable String group) {
    assertThatCode(() -> identity.check(wanted(user, group))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"root,,GROUP", "0,,GROUP", "nobodyknows,,USER", ",audio,GROUP", "larry,root,GROUP"})
  void whoIsToBeAnotherFails(@Nullable String user, @Nullable String group, ExecFailure how) {
    assertThat(refused(wanted(user, group)).failure()).isEqualTo(how);
  }

  @Test
  void furtherGroupsNeedRootEvenIfTheUserIsInThem() {
    var fault = refused(new ExecIdentity(null, null, List.of("audio", "larry")));
    assertThat(fault.failure()).isEqualTo(ExecFailure.GROUP);
    assertThat(fault).hasMessageContaining("SupplementaryGroups=audio larry");
  }
}
