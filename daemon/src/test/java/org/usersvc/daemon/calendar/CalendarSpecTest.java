package org.usersvc.daemon.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fact is what {@code systemd-analyze calendar} 252 prints. */
final class CalendarSpecTest {
  private static final String NORMAL_FORMS =
      """
      Sat,Thu,Mon..Wed,Sat..Sun => Mon..Thu,Sat,Sun *-*-* 00:00:00
      Mon,Sun 12-*-* 2,1:23 => Mon,Sun 2012-*-* 01,02:23:00
      Wed *-1 => Wed *-*-01 00:00:00
      Wed..Wed,Wed *-1 => Wed *-*-01 00:00:00
      Wed, 17:48 => Wed *-*-* 17:48:00
      Wed..Sat,Tue 12-10-15 1:2:3 => Tue..Sat 2012-10-15 01:02:03
      *-*-7 0:0:0 => *-*-07 00:00:00
      10-15 => *-10-15 00:00:00
      monday *-12-* 17:00 => Mon *-12-* 17:00:00
      Mon,Fri *-*-3,1,2 *:30:45 => Mon,Fri *-*-01,02,03 *:30:45
      12,14,13,12:20,10,30 => *-*-* 12,13,14:10,20,30:00
      12..14:10,20,30 => *-*-* 12..14:10,20,30:00
      mon,fri *-1/2-1,3 *:30:45 => Mon,Fri *-01/2-01,03 *:30:45
      05:40:23.4200004/3.1700005 => *-*-* 05:40:23.420000/3.170001
      2003-02..04-05 => 2003-02..04-05 00:00:00
      2003-03-05 05:40 UTC => 2003-03-05 05:40:00 UTC
      hourly => *-*-* *:00:00
      Daily utc => *-*-* 00:00:00 UTC
      weekly Pacific/Auckland => Mon *-*-* 00:00:00 Pacific/Auckland
      quarterly => *-01,04,07,10-01 00:00:00
      semi-annually => *-01,07-01 00:00:00
      *:2/3 => *-*-* *:02/3:00
      *-02~03 => *-02~03 00:00:00
      Mon *-05~07/1 => Mon *-05~07/1 00:00:00
      *~1 => *-*~01 00:00:00
      *-*~28/1 => *-*~28/1 00:00:00
      Wed *-*~* => Wed *-*-* 00:00:00
      *-04~3/2 => *-04~03/2 00:00:00
      Mon..Sun => *-*-* 00:00:00
      thu,fri,sat,sun,mon => Mon,Thu..Sun *-*-* 00:00:00
      Mon-Fri => Mon..Fri *-*-* 00:00:00
      0-1-1 => 2000-01-01 00:00:00
      70-01-01 => 1970-01-01 00:00:00
      69-01-01 => 2069-01-01 00:00:00
      *-*-1..5/2 => *-*-01..05/2 00:00:00
      *-*-1..5/1 => *-*-01..05 00:00:00
      *-*-1..5/5 => *-*-01 00:00:00
      *-*-1..4/2 => *-*-01..03/2 00:00:00
      2023..2026/2-1-1 => 2023..2025/2-01-01 00:00:00
      1..1:0 => *-*-* 01:00:00
      3,1..5:00 => *-*-* 01..05,03:00:00
      *-1,2/3,5..7/2-* => *-01,02/3,05..07/2-* 00:00:00
      12:00:15.0..16.0 => *-*-* 12:00:15..16
      12:00:15..16.5/0.5 => *-*-* 12:00:15..16.500000/0.500000
      *:*:0.5 => *-*-* *:*:00.500000
      *:*:30/29 => *-*-* *:*:30/29
      2024/175-1-1 => 2024/175-01-01 00:00:00
      @1709159415 => 2024-02-28 22:30:15 UTC
      Mon  *-*-*  12:00 => Mon *-*-* 12:00:00
      """;

  private static final String REFUSED =
      """
      *:*:5..5
      *:*:5..5.5
      *-02~29
      Fri..Mon
      25:00
      12:60
      *-13-01
      *-00-01
      1969-01-01
      2200-01-01
      *-*-32
      *-*-1..32
      *-*-1/40
      *-04~3/3
      2:3  UTC
      *-*-5..1
      Foo
      Mon Tue
      Mon..
      ..Mon
      *
      2024
      00:00:30/70
      1:2:3:4
      *-*-* 00:00:60
      *:*:59.9999999
      *:*:0/0
      *:*:0/0.0000001
      *:*:30/30
      *:0/1.5
      thur
      */2-*-*
      *-12/2-01
      0/24:00
      2024/176-1-1
      daily Europe/Nowhere
      UTC
      Mon,,Tue
      ,Mon
      Mon..Wed..Fri
      *-*-1,2,
      1-1-1-1
      1:00:
      :00
      2024-1-
      @-1
      @99999999999
      * *
      9999999999-1-1
      100-1-1
      """;

  private static final Instant BASE = Instant.parse("2024-02-28T22:30:15Z");

  private static CalendarSpec spec(String text) {
    var parsed = CalendarSpec.parse(text);
    assertThat(parsed).as(text).isPresent();
    return parsed.orElseThrow();
  }

  private static List<String> next(String text, String after, ZoneId zone, int count) {
    var times = new ArrayList<String>();
    var time = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      var next = spec(text).next(time, zone);
      if (next.isEmpty()) {
        break;
      }
      time = next.get();
      times.add(time.toString());
    }
    return times;
  }

  @Test
  void normalFormsAreThoseOfSystemd() {
    NORMAL_FORMS
        .lines()
        .forEach(fact -> {
          String[] parts = fact.split(" => ", -1);
          assertThat(spec(parts[0])).as(parts[0]).hasToString(parts[1]);
          assertThat(spec(parts[1])).as(parts[1]).hasToString(parts[1]);
        });
  }

  @Test
  void refusesWhatSystemdRefuses() {
    REFUSED.lines().forEach(text -> assertThat(CalendarSpec.parse(text)).as(text).isEmpty());
    assertThat(CalendarSpec.parse("")).isEmpty();
    assertThat(CalendarSpec.parse("1,".repeat(600) + "1:00")).isEmpty();
  }

  @Test
  void nextTimesAreThoseOfSystemd() {
    String facts =
        """
        Wed *-1 => 2024-05-01T00:00:00Z 2025-01-01T00:00:00Z
        Mon,Fri *-*-3,1,2 *:30:45 => 2024-03-01T00:30:45Z 2024-03-01T01:30:45Z
        Sat,Sun 12-05 08:05:40 => 2026-12-05T08:05:40Z 2027-12-05T08:05:40Z
        weekly Pacific/Auckland => 2024-03-03T11:00:00Z 2024-03-10T11:00:00Z
        *-02~03 => 2025-02-26T00:00:00Z 2026-02-26T00:00:00Z
        Mon *-05~07/1 => 2024-05-27T00:00:00Z 2025-05-26T00:00:00Z
        *-*~28/1 => 2024-02-29T00:00:00Z 2024-03-04T00:00:00Z
        *-*~1..3 => 2024-02-29T00:00:00Z 2024-03-29T00:00:00Z
        *-*~7/2 => 2024-02-29T00:00:00Z 2024-03-25T00:00:00Z
        *-02-29 => 2024-02-29T00:00:00Z 2028-02-29T00:00:00Z
        *:*:0/10 => 2024-02-28T22:30:20Z 2024-02-28T22:30:30Z
        *:*:* => 2024-02-28T22:30:16Z 2024-02-28T22:30:17Z
        2024-02-28 22:30:15.5 => 2024-02-28T22:30:15.500Z
        *:*:1/0.5 => 2024-02-28T22:30:15.500Z 2024-02-28T22:30:16Z
        2024-02-28 22:30:15 =>
        *-02-30 =>
        2012-*-* =>
        2024/175-1-1 => 2199-01-01T00:00:00Z
        """;
    facts
        .lines()
        .forEach(fact -> {
          String[] parts = fact.split(" =>", -1);
          String times = String.join(" ", next(parts[0], BASE.toString(), ZoneOffset.UTC, 2));
          assertThat(times).as(parts[0]).isEqualTo(parts.length < 2 ? "" : parts[1].strip());
        });
  }

  @Test
  void aTimeThatIsShownTwiceOccursOnce() {
    var berlin = ZoneId.of("Europe/Berlin");
    assertThat(next("*:00,30", "2024-10-26T23:30:00Z", berlin, 4))
        .containsExactly(
            "2024-10-27T00:00:00Z",
            "2024-10-27T00:30:00Z",
            "2024-10-27T02:00:00Z",
            "2024-10-27T02:30:00Z");
    assertThat(next("02:30", "2024-10-27T00:35:00Z", berlin, 1))
        .containsExactly("2024-10-28T01:30:00Z");
    assertThat(next("*:*:0/0.000001", "2024-10-27T01:10:00Z", berlin, 1))
        .containsExactly("2024-10-27T02:00:00Z");
  }

  @Test
  void aTimeThatIsSkippedDoesNotOccur() {
    var berlin = ZoneId.of("Europe/Berlin");
    assertThat(next("02:30,45", "2024-03-30T23:00:00Z", berlin, 2))
        .containsExactly("2024-04-01T00:30:00Z", "2024-04-01T00:45:00Z");
    assertThat(next("*:30", "2024-03-31T00:30:00Z", berlin, 1))
        .containsExactly("2024-03-31T01:30:00Z");
    assertThat(next("02:*:0/0.000001", "2024-03-31T00:30:00Z", berlin, 1))
        .containsExactly("2024-04-01T00:00:00Z");
  }
}
