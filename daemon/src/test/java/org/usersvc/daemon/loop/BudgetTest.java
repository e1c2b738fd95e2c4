package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  private final FakeClock clock = new FakeClock();
  private final Timers timers = new Timers(clock);
  private final List<String> said = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Budget budget = new Budget(100 * 1024, timers, said::add);

  private Budget.Share share(String name) {
    return budget.share(
        new Budget.Owner() {
          @Override
          public String describe() {
            return name;
          }

          @Override
          public void drop() {
            dropped.add(name);
          }
        });
  }

  @Test
  void whoHasMostIsDroppedWhoeverAsksForMore() {
    var small = share("small");
    share("large").has(60 * 1024);
    share("medium").has(30 * 1024);
    small.has(10 * 1024);
    assertThat(dropped).isEmpty();
    small.has(11 * 1024);
    assertThat(dropped).containsExactly("large");
    assertThat(budget.taken()).isEqualTo(41 * 1024);
    small.has(101 * 1024);
    assertThat(dropped).containsExactly("large", "small");
    assertThat(budget.taken()).isEqualTo(30 * 1024);
  }

  @Test
  void whatIsGivenBackIsForOthers() {
    var one = share("one");
    one.has(90 * 1024);
    one.has(10 * 1024);
    var two = share("two");
    two.has(90 * 1024);
    one.has(0);
    two.has(0);
    assertThat(dropped).isEmpty();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void oneOfManyIsToldOfAndTheOthersAreCountedAndNamed() {
    for (int i = 0; i < 5; i++) {
      share("s" + i).has(200 * 1024);
    }
    assertThat(said)
        .containsExactly(
            "s0 has 200 KiB of the 100 KiB that all of its kind may have together, dropping it");
    passSecond();
    assertThat(said)
        .hasSize(2)
        .last()
        .isEqualTo("4 more were dropped, for the same reason: s1, s2, s3, s4");
    share("next").has(200 * 1024);
    assertThat(said).hasSize(3).last().asString().startsWith("next has ");
  }

  @Test
  void tenOfTooManyAreNamed() {
    for (int i = 0; i <= 12; i++) {
      share("s" + i).has(200 * 1024);
    }
    passSecond();
    String ten = "s1, s2, s3, s4, s5, s6, s7, s8, s9, s10";
    String rest = "12 more were dropped, for the same reason; among them " + ten;
    assertThat(said).hasSize(2).last().isEqualTo(rest);
    share("a").has(200 * 1024);
    share("b").has(200 * 1024);
    passSecond();
    assertThat(said).last().isEqualTo("1 more were dropped, for the same reason: b");
  }

  private void passSecond() {
    clock.advance(Duration.ofSeconds(1));
    for (var due = timers.takeDue(clock.nanos());
        due != null;
        due = timers.takeDue(clock.nanos())) {
      due.run();
    }
  }
}
