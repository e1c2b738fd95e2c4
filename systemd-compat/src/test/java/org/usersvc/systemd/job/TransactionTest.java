package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.JobMode;

/** The twelve transactions of systemd's own test of its engine, none of which is carried out. */
final class TransactionTest {
  private final FakeUnits units =
      new FakeUnits(
          "a: Requires=b; Before=b",
          "b: Wants=f",
          "c: Requires=a",
          "d: After=b; Before=a; Requires=a",
          "e: Wants=d",
          "f:",
          "g: Conflicts=e",
          "h: Wants=g",
          "i: Conflicts=a d; Wants=b; After=b",
          "conj: Requires=a; After=a; Before=a");

  private JobQueue queue = newQueue();

  @BeforeEach
  void clear() {
    queue = newQueue();
  }

  private JobQueue newQueue() {
    return new JobQueue(units, new FakeListener());
  }

  private String ask(JobType type, String unit, JobMode mode) {
    var request = JobRequest.manual(type, FakeUnits.name(unit), mode);
    return switch (Transaction.build(request, units, queue)) {
      case Transaction.Refused(var reason) -> reason.error();
      case Transaction.Planned(var plan) -> {
        queue.install(plan);
        yield queue.jobs().stream()
            .map(job -> job.unit().withoutSuffix() + "/" + job.type().word())
            .sorted()
            .collect(Collectors.joining(" "));
      }
    };
  }

  @Test
  void trivialStart() {
    assertThat(ask(JobType.START, "c", JobMode.REPLACE))
        .isEqualTo("a/start b/start c/start f/start");
  }

  @Test
  void cycleThatCannotBeBroken() {
    assertThat(ask(JobType.START, "d", JobMode.REPLACE)).isEqualTo("TransactionOrderIsCyclic");
    assertThat(queue.jobs()).isEmpty();
  }

  @Test
  void cycleThatIsBrokenLeavesNothingOfIt() {
    assertThat(ask(JobType.START, "e", JobMode.REPLACE)).isEqualTo("e/start");
    assertThat(ask(JobType.START, "e", JobMode.FAIL)).isEqualTo("e/start");
  }

  @Test
  void collidingTransactions() {
    ask(JobType.START, "e", JobMode.REPLACE);
    assertThat(ask(JobType.START, "g", JobMode.FAIL)).isEqualTo("TransactionIsDestructive");
    assertThat(ask(JobType.START, "g", JobMode.REPLACE)).isEqualTo("e/stop g/start");
    assertThat(ask(JobType.STOP, "g", JobMode.FAIL)).isEqualTo("TransactionIsDestructive");
    assertThat(ask(JobType.RESTART, "g", JobMode.FAIL)).isEqualTo("e/stop g/restart");
    assertThat(ask(JobType.STOP, "g", JobMode.REPLACE)).isEqualTo("e/stop g/stop");
    assertThat(ask(JobType.START, "h", JobMode.FAIL)).isEqualTo("e/stop g/stop h/start");
  }

  @Test
  void startsAndStopsInOneOrder() {
    units.add("a: State=active");
    units.add("d: State=active");
    assertThat(ask(JobType.START, "i", JobMode.FAIL)).contains("a/stop", "b/start", "d/stop");
  }

  @Test
  void trivialCycleThatCannotBeBroken() {
    assertThat(ask(JobType.START, "conj", JobMode.REPLACE)).isEqualTo("TransactionOrderIsCyclic");
  }

  @Test
  void aCycleIsToldFromOneUnitToTheNext() {
    var request = JobRequest.manual(JobType.START, FakeUnits.name("conj"), JobMode.REPLACE);
    var refused = (Transaction.Refused) Transaction.build(request, units, queue);
    assertThat(refused.reason().message())
        .startsWith("Transaction order is cyclic: each of these units waits for the next one: ")
        .contains("conj.service")
        .contains("a.service");
  }

  @Test
  void everyRefusalHasAnErrorAndASentence() {
    var unit = FakeUnits.name("a");
    var all =
        List.of(
            new Refusal.NotLoaded(unit, Refusal.Problem.MASKED),
            new Refusal.OnlyByDependency(unit, JobType.START),
            new Refusal.NoIsolation(unit),
            new Refusal.NotApplicable(unit, JobType.RELOAD),
            new Refusal.WrongMode(JobType.STOP, JobMode.ISOLATE),
            new Refusal.Conflicting(unit, JobType.START, JobType.STOP),
            new Refusal.Cyclic(List.of(unit)),
            new Refusal.Destructive(unit, JobType.STOP, JobType.START),
            new Refusal.StopsAnother(unit),
            new Refusal.TooLarge(7));
    for (var refusal : all) {
      assertThat(refusal.message()).endsWith(".");
      assertThat(refusal.error()).matches("[A-Z][A-Za-z]+");
    }
  }
}
