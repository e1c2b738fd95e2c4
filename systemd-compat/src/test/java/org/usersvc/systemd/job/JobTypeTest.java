package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.ActiveState;

final class JobTypeTest {
  @Test
  void mergesAsTheTableSays() {
    assertMerge(JobType.START, JobType.VERIFY_ACTIVE, JobType.START);
    assertMerge(JobType.START, JobType.RELOAD, JobType.RELOAD_OR_START);
    assertMerge(JobType.START, JobType.RESTART, JobType.RESTART);
    assertMerge(JobType.VERIFY_ACTIVE, JobType.RELOAD, JobType.RELOAD);
    assertMerge(JobType.VERIFY_ACTIVE, JobType.RESTART, JobType.RESTART);
    assertMerge(JobType.RELOAD, JobType.RESTART, JobType.RESTART);
  }

  private static void assertMerge(JobType one, JobType other, JobType both) {
    assertThat(one.mergedWith(other)).contains(both);
  }

  @Test
  void mergeIsCommutativeAndConflictSymmetric() {
    for (var one : JobType.values()) {
      for (var other : JobType.values()) {
        assertThat(one.mergedWith(other)).isEqualTo(other.mergedWith(one));
        assertThat(one.conflictsWith(other)).isEqualTo(other.conflictsWith(one));
      }
    }
  }

  @Test
  void mergeIsAssociativeWhereItIsDefined() {
    for (var a : JobType.values()) {
      for (var b : JobType.values()) {
        for (var c : JobType.values()) {
          var left = a.mergedWith(b).flatMap(both -> both.mergedWith(c));
          var right = b.mergedWith(c).flatMap(a::mergedWith);
          assertThat(left).as("%s %s %s", a, b, c).isEqualTo(right);
        }
      }
    }
  }

  @Test
  void mergeWithItselfChangesNothing() {
    for (var type : JobType.values()) {
      assertThat(type.mergedWith(type)).contains(type);
      assertThat(type.includes(type)).isTrue();
      assertThat(type.conflictsWith(type)).isFalse();
    }
  }

  @Test
  void aMergeIncludesBoth() {
    for (var one : JobType.values()) {
      for (var other : JobType.values()) {
        one.mergedWith(other)
            .ifPresent(both -> {
              assertThat(both.includes(one)).as("%s of %s", both, one).isTrue();
              assertThat(both.includes(other)).as("%s of %s", both, other).isTrue();
            });
      }
    }
  }

  @Test
  void stopMergesOnlyWithItself() {
    for (var other : EnumSet.complementOf(EnumSet.of(JobType.STOP))) {
      assertThat(JobType.STOP.mergedWith(other)).isEqualTo(Optional.empty());
      assertThat(JobType.STOP.conflictsWith(other)).isEqualTo(other != JobType.NOP);
    }
  }

  @Test
  void collapsedTypesAreCarriedOut() {
    var carriedOut =
        EnumSet.of(
            JobType.START,
            JobType.VERIFY_ACTIVE,
            JobType.STOP,
            JobType.RELOAD,
            JobType.RESTART,
            JobType.NOP);
    for (var type : JobType.values()) {
      for (var state : ActiveState.values()) {
        var collapsed = type.collapsed(state);
        assertThat(carriedOut).contains(collapsed);
        assertThat(collapsed.collapsed(state)).isEqualTo(collapsed);
      }
    }
  }

  @Test
  void tryTypesDoNothingToWhatIsDown() {
    assertThat(JobType.TRY_RESTART.collapsed(ActiveState.INACTIVE)).isEqualTo(JobType.NOP);
    assertThat(JobType.TRY_RESTART.collapsed(ActiveState.ACTIVE)).isEqualTo(JobType.RESTART);
    assertThat(JobType.TRY_RELOAD.collapsed(ActiveState.DEACTIVATING)).isEqualTo(JobType.NOP);
    assertThat(JobType.TRY_RELOAD.collapsed(ActiveState.ACTIVE)).isEqualTo(JobType.RELOAD);
    assertThat(JobType.RELOAD_OR_START.collapsed(ActiveState.FAILED)).isEqualTo(JobType.START);
    assertThat(JobType.RELOAD_OR_START.collapsed(ActiveState.ACTIVE)).isEqualTo(JobType.RELOAD);
  }

  @Test
  void onlyWhatIsReachedIsRedundant() {
    for (var state : ActiveState.values()) {
      assertThat(JobType.START.isRedundantIn(state)).isEqualTo(state.isActive());
      assertThat(JobType.VERIFY_ACTIVE.isRedundantIn(state)).isEqualTo(state.isActive());
      assertThat(JobType.STOP.isRedundantIn(state)).isEqualTo(state.isInactiveOrFailed());
      assertThat(JobType.RESTART.isRedundantIn(state)).isFalse();
    }
  }

  @Test
  void wordsAreThoseOfTheBus() {
    assertThat(JobType.VERIFY_ACTIVE.word()).isEqualTo("verify-active");
    assertThat(JobType.RESTART.preferringReload().word()).isEqualTo("reload-or-start");
    assertThat(JobType.TRY_RESTART.preferringReload().word()).isEqualTo("try-reload");
    assertThat(JobResult.CANCELED.word()).isEqualTo("canceled");
    assertThat(JobState.WAITING.word()).isEqualTo("waiting");
  }
}
