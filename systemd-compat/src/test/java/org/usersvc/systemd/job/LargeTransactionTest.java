package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Relation;

/** Neither the stack nor the time grows faster than the number of jobs. */
@Timeout(20)
final class LargeTransactionTest {
  private static final int MANY = 10_000;

  private final FakeManager it = new FakeManager();

  private static String unit(int i) {
    return "u" + i;
  }

  private void relate(String unit, Relation relation, String other) {
    it.units.relate(FakeUnits.name(unit), relation, FakeUnits.name(other));
  }

  private void addChain(int length, Relation... relations) {
    for (int i = 0; i < length; i++) {
      it.units.add(unit(i) + ":");
      for (var relation : i == 0 ? new Relation[0] : relations) {
        relate(unit(i), relation, unit(i - 1));
      }
    }
  }

  @Test
  void aLongChainStartsAndStops() {
    addChain(MANY, Relation.REQUIRES, Relation.AFTER);
    assertThat(it.start(unit(MANY - 1))).isEqualTo("done");
    assertThat(it.state(unit(0))).isEqualTo("active");
    assertThat(it.stop(unit(0))).isEqualTo("done");
    assertThat(it.state(unit(MANY - 1))).isEqualTo("inactive");
  }

  @Test
  void aLongChainFailsAsAWhole() {
    addChain(MANY, Relation.REQUIRES, Relation.AFTER);
    it.units.add(unit(0) + ": Kind=failing");
    assertThat(it.start(unit(MANY - 1))).isEqualTo("dependency");
    assertThat(it.queue.jobs()).isEmpty();
  }

  @Test
  void aTargetWaitsForMany() {
    it.units.add("t.target:");
    for (int i = 0; i < MANY; i++) {
      it.units.add(unit(i) + ": Kind=oneshot");
      relate("t.target", Relation.WANTS, unit(i));
      relate("t.target", Relation.AFTER, unit(i));
    }
    assertThat(it.start("t.target")).isEqualTo("job 1");
    for (int i = MANY - 1; i >= 0; i--) {
      it.set(unit(i), ActiveState.INACTIVE);
    }
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void aLongCycleIsRefused() {
    addChain(MANY, Relation.REQUIRES, Relation.AFTER);
    relate(unit(0), Relation.REQUIRES, unit(MANY - 1));
    relate(unit(0), Relation.AFTER, unit(MANY - 1));
    assertThat(it.start(unit(0))).isEqualTo("TransactionOrderIsCyclic");
  }

  @Test
  void manyCyclesAreBroken() {
    addChain(MANY, Relation.WANTS, Relation.AFTER);
    for (int i = 1; i < MANY; i += 2) {
      relate(unit(i - 1), Relation.AFTER, unit(i));
    }
    assertThat(it.start(unit(MANY - 1))).isEqualTo("done");
  }

  @Test
  void moreThanTheLimitIsRefused() {
    it.units.add("t.target:");
    for (int i = 0; i <= Transaction.MOST_JOBS; i++) {
      it.units.add(unit(i) + ":");
      relate("t.target", Relation.WANTS, unit(i));
    }
    assertThat(it.start("t.target")).isEqualTo("LimitsExceeded");
  }
}
