package org.usersvc.daemon.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.execution.ProcessTable.Entry;
import org.usersvc.daemon.execution.ProcessTable.Unit;

final class ProcessTableTest {
  private final Map<Integer, Entry> living = new LinkedHashMap<>();

  /** A process that began at 10 times its pid. */
  private void lives(int pid, int parent, int group, int session, @Nullable String invocation) {
    living.put(pid, new Entry(pid, parent, group, session, pid * 10L, invocation));
  }

  private static Unit unit(Map<Integer, Long> known) {
    return new Unit("id", known);
  }

  private Iterable<Integer> of(Map<Integer, Long> known) {
    return new ProcessTable(living).of(unit(known));
  }

  @Test
  void whoHasTheInvocationIdBelongsToTheUnitWhereverItIs() {
    lives(20, 1, 20, 20, "id");
    lives(30, 1, 30, 30, null);
    lives(40, 1, 40, 40, "other");
    assertThat(of(Map.of())).containsExactly(20);
  }

  @Test
  void theSessionAndTheGroupOfAnEndedProcessBelongToIt() {
    lives(21, 1, 20, 20, null);
    lives(22, 1, 20, 7, null);
    lives(23, 1, 7, 7, null);
    assertThat(of(Map.of(20, 200L))).containsExactly(21, 22);
  }

  @Test
  void descendantsBelongToItInSessionsOfTheirOwn() {
    lives(20, 1, 20, 20, "id");
    lives(21, 20, 21, 21, null);
    lives(22, 21, 22, 22, null);
    assertThat(of(Map.of())).containsExactly(20, 21, 22);
  }

  @Test
  void aDescendantOfAnotherUnitIsTheOther() {
    lives(20, 1, 20, 20, "id");
    lives(21, 20, 20, 20, "other");
    lives(22, 21, 20, 20, null);
    assertThat(of(Map.of(20, 200L))).containsExactly(20, 22);
  }

  @Test
  void aKnownProcessBelongsToItWithAnyEnvironment() {
    lives(20, 1, 7, 7, "other");
    lives(21, 20, 7, 7, null);
    assertThat(of(Map.of(20, 200L))).containsExactly(20, 21);
  }

  @Test
  void aLaterProcessOfAKnownPidDoesNot() {
    lives(20, 1, 20, 20, null);
    lives(21, 20, 20, 20, null);
    assertThat(of(Map.of(20, 199L))).isEmpty();
    assertThat(new ProcessTable(living).find(20)).isNotNull();
    assertThat(new ProcessTable(living).find(22)).isNull();
  }

  @Test
  void aFamilyIsWithoutOthersOfTheSameId() {
    lives(20, 1, 20, 20, "id");
    lives(21, 20, 21, 21, "id");
    lives(22, 21, 22, 22, "another");
    lives(23, 1, 20, 20, null);
    lives(24, 1, 24, 24, "id");
    var table = new ProcessTable(living);
    assertThat(table.family(unit(Map.of(20, 200L)))).containsExactlyInAnyOrder(20, 21, 23);
    assertThat(table.family(unit(Map.of(20, 201L)))).isEmpty();
  }
}
