package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;

/** Files are read in pieces before what needs them is done. */
final class ReadAheadTest {
  @TempDir Path root;
  private final List<String> done = new ArrayList<>();

  private EngineFixture with(String... lines) {
    return new EngineFixture(root, lines);
  }

  private void when(EngineFixture it, String action, String... units) {
    var names = List.of(units).stream().map(EngineFixture::name).toList();
    it.manager.whenRead(names, () -> done.add(action + " " + isKnown(it, names)));
  }

  private static boolean isKnown(EngineFixture it, List<UnitName> names) {
    return names.stream().allMatch(name -> it.manager.find(name).isPresent());
  }

  private static LoadState loaded(EngineFixture it, String unit) {
    return it.manager.load(EngineFixture.name(unit)).unit().loadState();
  }

  @Test
  void whatIsKnownIsDoneAtOnce() {
    var it = with("a:");
    it.start("a");
    when(it, "one", "a");
    when(it, "two");
    assertThat(done).containsExactly("one true", "two true");
  }

  @Test
  void whatComesLaterWaitsForWhatIsReadBefore() {
    var it = with("a: Wants=b c", "b:", "c: Wants=a");
    it.start("b");
    when(it, "one", "a");
    when(it, "two", "b");
    when(it, "three");
    assertThat(done).isEmpty();
    it.settle();
    assertThat(done).containsExactly("one true", "two true", "three true");
    assertThat(it.start("a")).isEqualTo("done");
    assertThat(it.state("c")).isEqualTo("active");
  }

  @Test
  void aTextReadAheadIsNotTakenForAFileThatHasComeSince() {
    var it = with("a: Wants=b");
    it.manager.whenRead(
        List.of(EngineFixture.name("a")),
        () -> {
          it.write("b: Description=new");
          it.manager.ask(JobType.START, EngineFixture.name("a"), JobMode.REPLACE);
        });
    it.settle();
    assertThat(it.state("b")).isEqualTo("active");
  }

  @Test
  void anActionThatFailsHoldsUpNoOther() {
    var it = with("a:", "b:");
    it.manager.whenRead(
        List.of(EngineFixture.name("a")),
        () -> {
          throw new IllegalStateException("expected");
        });
    when(it, "two", "b");
    assertThat(it.settleWithBug()).isEqualTo("expected");
    assertThat(done).containsExactly("two true");
  }

  @Test
  void aReloadReadsKnownUnitsAndThoseThatTheyNameNow() {
    var it = with("a: Wants=b", "b:");
    it.start("a");
    it.write("a: Wants=b c; Description=a longer text");
    it.write("c: Wants=d");
    it.manager.reload(() -> done.add("reloaded"));
    when(it, "next", "a");
    assertThat(done).isEmpty();
    it.settle();
    assertThat(done).containsExactly("reloaded", "next true");
    assertThat(isKnown(it, List.of(EngineFixture.name("c"), EngineFixture.name("d")))).isTrue();
    assertThat(loaded(it, "d")).isEqualTo(LoadState.NOT_FOUND);
  }

  @Test
  void othersHaveTheirTurnsWhileAThousandUnitsAreRead() {
    int most = 1000;
    var it = with("a: Wants=" + names(most));
    when(it, "one", "a");
    assertThat(it.piecesUntil(() -> !done.isEmpty())).isGreaterThan(most);
  }

  @Test
  void noPieceMakesMoreThanOneUnitKnown() {
    int most = 100;
    var lines =
        IntStream.range(0, most)
            .mapToObj(i -> "n" + i + ": Requires=n" + (i + 1) % most + "; After=n" + (i + 7) % most)
            .toArray(String[]::new);
    var it = with(lines);
    when(it, "one", "n0");
    var sizes = new ArrayList<Integer>();
    it.piecesUntil(() -> {
      sizes.add(it.manager.units().size());
      return !done.isEmpty();
    });
    assertThat(sizes.getLast()).isGreaterThanOrEqualTo(most);
    for (int i = 1; i < sizes.size(); i++) {
      assertThat(sizes.get(i) - sizes.get(i - 1)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatTheActionDoesNotNeedIsForgotten() {
    var it = with("a: Requires=b", "b: Requires=a c", "c:");
    it.settle();
    when(it, "one", "a");
    it.settle();
    assertThat(done).containsExactly("one true");
    assertThat(it.manager.units()).hasSize(1); // the root slice
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining(" "));
  }
}
