package org.usersvc.systemd.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/** Random graphs of few units, against a model that is too simple to be fast. */
final class RandomGraphTest {
  private static final int GRAPHS = Integer.getInteger("usersvc.fuzz.rounds", 3500);
  private static final long FIRST = Long.getLong("usersvc.fuzz.seed", 0);

  private static final List<Relation> RELATIONS =
      List.of(
          Relation.REQUIRES,
          Relation.REQUIRES,
          Relation.WANTS,
          Relation.WANTS,
          Relation.BINDS_TO,
          Relation.REQUISITE,
          Relation.PART_OF,
          Relation.CONFLICTS,
          Relation.PROPAGATES_STOP_TO,
          Relation.AFTER,
          Relation.AFTER,
          Relation.BEFORE);

  private static final List<JobType> TYPES = List.of(JobType.START, JobType.STOP, JobType.RESTART);
  private static final List<JobMode> MODES = List.of(JobMode.REPLACE, JobMode.FAIL);

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Units whose order has no circle: one that only restarts make is found by nobody. */
  private static void fillInOrder(FakeUnits units, Random random) {
    fill(units, random);
    for (var unit : units.units()) {
      for (var other : List.copyOf(units.related(unit, Relation.AFTER))) {
        if (unit.compareTo(other) < 0) {
          units.unrelate(unit, Relation.AFTER, other);
        }
      }
    }
  }

  private static void fill(FakeUnits units, Random random) {
    int count = 2 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      var kind = any(random, List.of("simple", "oneshot", "failing", "skipped"));
      units.add("u" + i + ": Kind=" + kind);
    }
    for (int i = random.nextInt(3 * count); i > 0; i--) {
      int one = random.nextInt(count);
      int other = random.nextInt(count);
      if (one != other) {
        units.relate(
            FakeUnits.name("u" + one), any(random, RELATIONS), FakeUnits.name("u" + other));
      }
    }
  }

  @Test
  void plansKeepTheirPromises() {
    int planned = 0;
    for (long seed = FIRST; seed < FIRST + GRAPHS; seed++) {
      var random = new Random(seed);
      var units = new FakeUnits();
      fill(units, random);
      var names = List.copyOf(units.units());
      names.forEach(unit ->
          units.setState(unit, random.nextBoolean() ? ActiveState.ACTIVE : ActiveState.INACTIVE));
      var request = JobRequest.manual(any(random, TYPES), any(random, names), any(random, MODES));
      var queue = new JobQueue(units, new FakeListener());
      var model = new SlowModel(units, request);
      switch (Transaction.build(request, units, queue)) {
        case Transaction.Planned(var plan) -> {
          planned++;
          var jobs =
              plan.jobs().stream().collect(Collectors.toMap(PlannedJob::unit, PlannedJob::type));
          assertThat(model.brokenPromises(jobs)).as("seed %d: %s", seed, request).isEmpty();
        }
        case Transaction.Refused(var reason) ->
            assertThat(model.mustBePlanned())
                .as("seed %d: %s %s", seed, request, reason.message())
                .isFalse();
      }
    }
    assertThat(planned).isBetween(GRAPHS / 3, GRAPHS - 100);
  }

  @Test
  void aPlanIsWhatFollowsAndNothingElse() {
    int compared = 0;
    for (long seed = FIRST; seed < FIRST + GRAPHS; seed++) {
      var random = new Random(~seed);
      var units = new FakeUnits();
      fill(units, random);
      var names = List.copyOf(units.units());
      names.forEach(unit ->
          units.setState(unit, random.nextBoolean() ? ActiveState.ACTIVE : ActiveState.INACTIVE));
      var request = JobRequest.manual(any(random, TYPES), any(random, names), JobMode.REPLACE);
      var model = new SlowModel(units, request);
      var queue = new JobQueue(units, new FakeListener());
      var planning = Transaction.build(request, units, queue);
      var what = "seed " + seed + ": " + request;
      if (model.onlyPlan().isPresent()) {
        compared++;
        assertThat(planning).as(what).isInstanceOf(Transaction.Planned.class);
        var jobs = ((Transaction.Planned) planning).transaction().jobs();
        assertThat(jobs.stream().collect(Collectors.toMap(PlannedJob::unit, PlannedJob::type)))
            .as(what)
            .isEqualTo(model.onlyPlan().get());
      } else if (model.mustBeRefused()) {
        compared++;
        assertThat(planning).as(what).isInstanceOf(Transaction.Refused.class);
      }
    }
    assertThat(compared).isGreaterThan(GRAPHS / 2);
  }

  @Test
  void queuesComeToAnEnd() {
    for (long seed = FIRST; seed < FIRST + GRAPHS; seed++) {
      var random = new Random(seed);
      var it = new FakeManager();
      fillInOrder(it.units, random);
      var names = List.copyOf(it.units.units());
      for (int i = 0; i < 6; i++) {
        var unit = any(random, names).withoutSuffix();
        it.ask(any(random, TYPES), unit, any(random, MODES));
        assertOneJobEach(it.queue, seed);
        if (random.nextInt(3) == 0) {
          endOneshots(it, names, random);
        }
      }
      for (int i = 0; i < 20 && !it.queue.jobs().isEmpty(); i++) {
        endOneshots(it, names, random);
      }
      assertThat(it.queue.jobs()).as("seed %d", seed).isEmpty();
    }
  }

  private static void endOneshots(FakeManager it, List<UnitName> names, Random random) {
    for (var name : names) {
      if (it.units.state(name) == ActiveState.ACTIVATING) {
        it.set(
            name.withoutSuffix(),
            any(random, List.of(ActiveState.INACTIVE, ActiveState.ACTIVE, ActiveState.FAILED)));
      }
    }
  }

  private static void assertOneJobEach(JobQueue queue, long seed) {
    var counts =
        queue.jobs().stream()
            .filter(job -> job.type() != JobType.NOP)
            .collect(Collectors.groupingBy(Job::unit, Collectors.counting()));
    assertThat(counts).as("seed %d", seed).isEqualTo(ones(counts));
  }

  private static Map<UnitName, Long> ones(Map<UnitName, Long> counts) {
    return counts.keySet().stream().collect(Collectors.toMap(unit -> unit, _ -> 1L));
  }
}
