package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.model.Limits.Bound.UNLIMITED;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.calendar.Amount;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;

/**
 * Values of one word or a simple list. Each fact is what {@code systemd-analyze verify} 252 does.
 */
final class ScalarsTest {
  private static Optional<Bound> limit(Resource resource, String text) {
    return ResourceLimit.parse(resource, text).value();
  }

  @Test
  void booleansHaveManyWords() {
    for (String text : List.of("1", "yes", "y", "true", "t", "on", "TRUE", "On")) {
      assertThat(Numbers.parseBoolean(text).value()).as(text).contains(true);
    }
    for (String text : List.of("0", "no", "n", "false", "f", "off")) {
      assertThat(Numbers.parseBoolean(text).value()).as(text).contains(false);
    }
    assertThat(Numbers.parseBoolean("maybe").flaws())
        .containsExactly(Flaw.warning("\"maybe\" is no boolean; write \"yes\" or \"no\""));
    assertThat(Numbers.parseBoolean("").value()).isEmpty();
  }

  @Test
  void modesAreOctal() {
    assertThat(Numbers.parseMode("0022").value()).contains(18);
    assertThat(Numbers.parseMode("7777").value()).contains(4095);
    for (String text : List.of("8", "010000", "0o22", "-1", "", "00000000000000022")) {
      assertThat(Numbers.parseMode(text).value()).as(text).isEmpty();
    }
  }

  @Test
  void numbersHaveThreeBases() {
    assertThat(Numbers.parse("10", 0, 100).value()).contains(10L);
    assertThat(Numbers.parse("0x10", 0, 100).value()).contains(16L);
    assertThat(Numbers.parse("010", 0, 100).value()).contains(8L);
    assertThat(Numbers.parse("-5", -20, 19).value()).contains(-5L);
    for (String text :
        List.of("", "-", "0x", "08", "101", "99999999999999999999", "5 ", "\u0665")) {
      assertThat(Numbers.parse(text, 0, 100).value()).as(text).isEmpty();
    }
  }

  @Test
  void sizesHaveBinarySuffixes() {
    assertThat(Size.parse("64M").value()).contains(64L << 20);
    assertThat(Size.parse("1.5G").value()).contains(3L << 29);
    assertThat(Size.parse("1K 5B").value()).contains(1029L);
    assertThat(Size.parse("1 K").value()).contains(1024L);
    assertThat(Size.parse("1g").value()).isEmpty();
    assertThat(Size.parse("16E").value()).isEmpty();
  }

  @Test
  void limitsAreOneValueOrTwo() {
    assertThat(limit(Resource.AS, "4G:16G")).contains(new Bound(4L << 30, 16L << 30));
    assertThat(limit(Resource.NOFILE, "1024")).contains(new Bound(1024, 1024));
    assertThat(limit(Resource.CPU, "5min:infinity")).contains(new Bound(300, UNLIMITED));
    assertThat(limit(Resource.CPU, "100ms")).contains(new Bound(1, 1));
    assertThat(limit(Resource.RTTIME, "5")).contains(new Bound(5, 5));
    assertThat(limit(Resource.RTTIME, "infinity")).contains(new Bound(UNLIMITED, UNLIMITED));
  }

  @Test
  void refusesLimitsThatAreNone() {
    for (String text : List.of("1024:2K", "5:3", "infinity:3", "5:", ":5", "", "-1", "4 : 5")) {
      assertThat(limit(Resource.NOFILE, text)).as(text).isEmpty();
    }
    assertThat(ResourceLimit.parse(Resource.NOFILE, "5:3").flaws())
        .containsExactly(
            Flaw.warning("\"5:3\" has a soft limit above its hard limit; write SOFT:HARD"));
  }

  @Test
  void signalsHaveNamesAndNumbers() {
    assertThat(Signals.parse("TERM").value()).contains(15);
    assertThat(Signals.parse("SIGKILL").value()).contains(9);
    assertThat(Signals.parse("9").value()).contains(9);
    assertThat(Signals.parse("SIGRTMIN+3").value()).contains(37);
    assertThat(Signals.parse("RTMAX-1").value()).contains(63);
    assertThat(Signals.parse("SIGRTMIN").value()).contains(34);
    for (String text :
        List.of("65", "0", "sigterm", "SIGRTMIN+40", "SIGPOLL", "SIG15", "RTMIN-1", "RTMINx", "")) {
      assertThat(Signals.parse(text).value()).as(text).isEmpty();
    }
    assertThat(Signals.nameOf(15)).isEqualTo("SIGTERM");
    assertThat(Signals.nameOf(37)).isEqualTo("SIGRTMIN+3");
  }

  @Test
  void exitStatusesMixNumbersAndNames() {
    var parsed = ExitStatuses.parse("TEMPFAIL 250 SIGKILL foo 256 KILL 15 RTMIN+2 dataerr \"1 2\"");
    assertThat(parsed.value()).contains(new ExitStatuses(Set.of(75, 250, 15), Set.of(9, 36)));
    assertThat(parsed.flaws())
        .hasSize(5)
        .contains(
            Flaw.warning("\"foo\" is no exit status and is ignored; write 0 to 255 or a name"));
    assertThat(ExitStatuses.parse("").value()).contains(ExitStatuses.NONE);
  }

  @Test
  void exitStatusesKnowWhatTheyContain() {
    var statuses = ExitStatuses.parse("3").or(ExitStatuses.NONE);
    statuses = statuses.plus(ExitStatuses.parse("SIGTERM").or(ExitStatuses.NONE));
    assertThat(statuses.contains(ExitStatus.exited(3))).isTrue();
    assertThat(statuses.contains(ExitStatus.exited(15))).isFalse();
    assertThat(statuses.contains(ExitStatus.killed(15, false))).isTrue();
    assertThat(statuses.contains(ExitStatus.killed(3, false))).isFalse();
    assertThat(ExitStatuses.nameOf(203)).isEqualTo("EXEC");
    assertThat(ExitStatuses.nameOf(42)).isEmpty();
  }

  @Test
  void listsOfUnitsTakeQuotesAndSpecifiersButNoEscapes() {
    var specifiers = new Specifiers(UnitName.of("t@a.service"), letter -> Optional.empty());
    var parsed =
        UnitName.parseList(
            "a b.service \"c.service d@%i.service\" x@.service e\\x2df.service h@%z.service",
            specifiers);
    assertThat(parsed.value().orElseThrow())
        .extracting(UnitName::toString)
        .containsExactly("b.service", "x@.service", "e\\x2df.service");
    assertThat(parsed.flaws())
        .extracting(Flaw::text)
        .containsExactly(
            "\"a\" is no name of a unit and is ignored; write one with its suffix",
            "\"c.service d@%i.service\" is no name of a unit and is ignored;"
                + " write one with its suffix",
            "%z in \"h@%z.service\" has no value; write \"%%\" for a \"%\"");
  }

  /** The simple reference is BigDecimal. */
  @Test
  void aDecimalTimesAUnitIsExact() {
    var random = new Random(20_261_130);
    for (int i = 0; i < 2000; i++) {
      long unit = 1 + (random.nextLong() >>> 1 >>> random.nextInt(63)) % (1L << 60);
      var decimal = new StringBuilder();
      random.ints(random.nextInt(1, 22), 0, 10).forEach(decimal::append);
      if (random.nextBoolean()) {
        decimal.insert(random.nextInt(decimal.length()), '.');
      }
      var product = new BigDecimal(decimal.toString()).multiply(BigDecimal.valueOf(unit));
      boolean fits = product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
      assertThat(Amount.times(decimal.toString(), unit))
          .as("%s times %d", decimal, unit)
          .isEqualTo(fits ? Optional.of(product.longValue()) : Optional.empty());
    }
  }
}
