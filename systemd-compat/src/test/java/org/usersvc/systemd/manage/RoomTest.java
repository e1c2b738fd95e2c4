package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager.Transient;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;

/** Units have so much room together, whoever names or writes them. */
final class RoomTest {
  private static final int MOST = (int) (Units.MOST_WEIGHT / UnitTexts.OF_UNIT);
  private static final int MOST_NAMED = (int) (Units.MOST_NAMED / UnitTexts.OF_UNIT);
  private static final String MANY_WORDS = "Description=" + "x ".repeat(10_000);

  @TempDir Path root;

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining(" "));
  }

  /** Leaves room only for units that are asked for, until {@code full} is stopped. */
  private static void name(EngineFixture it) {
    it.write("full: After=" + names(MOST));
    assertThat(it.start("full")).isEqualTo("done");
  }

  private static boolean isRead(EngineFixture it, String unit) {
    return it.manager.load(EngineFixture.name(unit)).unit().loadState() != LoadState.ERROR;
  }

  /** Leaves no room until all comes to rest. */
  private static void fill(EngineFixture it) {
    name(it);
    for (int i = 0; i < 5; i++) {
      it.write("long" + i + ": " + MANY_WORDS);
      it.manager.load(EngineFixture.name("long" + i));
    }
    int count = 0;
    while (isRead(it, "u" + count)) {
      count++;
    }
    assertThat(count).isLessThan(MOST);
  }

  private static Refusal refusal(Asked asked) {
    assertThat(asked).isInstanceOf(Asked.Refused.class);
    return ((Asked.Refused) asked).reason();
  }

  @Test
  void aUnitThatNamesTooManyStartsWithoutThem() {
    var it = new EngineFixture(root);
    name(it);
    assertThat(it.manager.units()).hasSizeBetween(MOST_NAMED / 2, MOST_NAMED + 10);
    it.stop("full");
    assertThat(it.manager.units()).hasSizeLessThan(10);
  }

  @Test
  void whatIsAskedForIsReadAllTheSame() {
    var it = new EngineFixture(root, "a: Requires=b", "b:");
    name(it);
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("b")).isEqualTo("active");
  }

  @Test
  void whatAStartPullsInIsReadBeforeItAndInPieces() {
    int count = 50;
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add("p" + i + ": Requires=p" + (i + 1) + "; After=q" + i);
    }
    lines.add("p" + count + ":");
    var it = new EngineFixture(root, lines.toArray(String[]::new));
    name(it);
    var last = EngineFixture.name("p" + count);
    var known = new ArrayList<Boolean>();
    var first = EngineFixture.name("p0");
    it.manager.whenRead(List.of(first), () -> known.add(it.manager.find(last).isPresent()));
    assertThat(it.piecesUntil(() -> !known.isEmpty())).isGreaterThan(count);
    assertThat(known).containsExactly(true);
    assertThat(it.manager.find(EngineFixture.name("q0"))).isEmpty();
  }

  @Test
  void aTargetWaitsForWhatIsReadLater() {
    var it = new EngineFixture(root, "t.target: Wants=a", "u.target: Wants=a; Before=a", "a:");
    name(it);
    assertThat(it.start("t.target")).isEqualTo("done");
    var a = EngineFixture.name("a");
    assertThat(it.manager.related(a, Relation.BEFORE)).contains(UnitName.of("t.target"));
    it.manager.load(UnitName.of("u.target"));
    assertThat(it.manager.related(a, Relation.BEFORE)).doesNotContain(UnitName.of("u.target"));
    it.write("a: DefaultDependencies=no");
    it.reload();
    assertThat(it.manager.related(a, Relation.BEFORE)).doesNotContain(UnitName.of("t.target"));
  }

  @Test
  void noMoreAreReadThanThereIsRoomFor() {
    var it = new EngineFixture(root, "b:");
    fill(it);
    var more = it.manager.load(EngineFixture.name("b"));
    assertThat(more.unit().loadState()).isEqualTo(LoadState.ERROR);
    assertThat(more.unit().origin().error()).contains("too many");
    var asked = it.manager.ask(JobType.START, EngineFixture.name("b"), JobMode.REPLACE);
    assertThat(refusal(asked).error()).isEqualTo("LimitsExceeded");
    it.settle();
    assertThat(it.start("b")).isEqualTo("done");
  }

  @Test
  void noTransientUnitIsMadeWithoutRoom() {
    var it = new EngineFixture(root);
    fill(it);
    var unit = new Transient(UnitName.of("t.service"), "[Service]\nExecStart=/bin/true\n");
    var asked = it.manager.startTransient(unit, List.of(), JobMode.FAIL, _ -> {});
    assertThat(refusal(asked)).isEqualTo(new Refusal.TooManyUnits(unit.name()));
  }

  @Test
  void aUnitThatGrowsBeyondTheRoomCannotBeRead() {
    var it = new EngineFixture(root);
    String words = "x ".repeat(40_000);
    for (int i = 0; i < 10; i++) {
      it.write("big" + i + ": Description=short");
      it.start("big" + i);
      it.write("big" + i + ": Description=" + words);
    }
    it.reload();
    var states =
        it.manager.units().stream()
            .filter(unit -> unit.unit().id().toString().startsWith("big"))
            .collect(Collectors.groupingBy(unit -> unit.unit().loadState(), Collectors.counting()));
    assertThat(states.get(LoadState.LOADED)).isBetween(5L, 9L);
    assertThat(states.get(LoadState.ERROR)).isBetween(1L, 5L);
    assertThat(it.state("big9")).isEqualTo("active");
    it.stop("big9");
    assertThat(it.trace()).contains("-big9");
  }
}
