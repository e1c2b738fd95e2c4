package org.usersvc.daemon.servicedir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The files schedule and watch. */
final class TriggerFilesTest {
  @Test
  void readsAllKindsOfLines() {
    var read =
        new ScheduleFile(
            """
            # a comment
            Mon..Fri 08:00   # on working days
            hourly Europe/Berlin

            every 15min
            after 1h 30min
            random 5min
            persistent
            """);
    assertThat(read.complaints()).isEmpty();
    var schedule = read.schedule();
    assertThat(schedule.calendar())
        .extracting(Object::toString)
        .containsExactly("Mon..Fri *-*-* 08:00:00", "*-*-* *:00:00 Europe/Berlin");
    assertThat(schedule.every()).containsExactly(Duration.ofMinutes(15));
    assertThat(schedule.after()).containsExactly(Duration.ofMinutes(90));
    assertThat(schedule.random()).isEqualTo(Duration.ofMinutes(5));
    assertThat(schedule.persistent()).isTrue();
  }

  @Test
  void aWrongLineIsToldWithARemedyAndTheOthersHold() {
    var read = new ScheduleFile("Mon..Fri 25:00\nevery 0\nhourly\nafter\nrandom infinity\nonce\n");
    assertThat(read.schedule().calendar()).hasSize(1);
    assertThat(read.complaints())
        .containsExactly(
            "line 1 of schedule says 'Mon..Fri 25:00' and has to be a calendar expression such as"
                + " 'Mon..Fri 08:00' or 'hourly', every 15min, after 2min, random 5min, or"
                + " persistent",
            "line 2 of schedule says 'every 0' and has to be every with a time of 1s or more:"
                + " every 15min",
            "line 4 of schedule says 'after' and has to be after with a time: after 2min");
  }

  @Test
  void aFileWithoutATimeIsTold() {
    assertThat(new ScheduleFile("persistent\n").complaints())
        .singleElement()
        .asString()
        .startsWith("schedule names no time, and the service starts by command only");
  }

  @Test
  void timesBeyondABoundAreLeftOut() {
    var read = new ScheduleFile("hourly\n".repeat(64) + "daily\n" + "weekly\n".repeat(1000));
    assertThat(read.schedule().calendar()).hasSize(64);
    assertThat(read.complaints()).hasSize(3);
  }

  @Test
  void pathsAreLines() {
    var read = new WatchFile("# all of these\n/etc/x y\n\n~/.config/foo # 1\nlocal\n");
    assertThat(read.paths()).containsExactly("/etc/x y", "~/.config/foo # 1", "local");
    assertThat(read.complaints()).isEmpty();
  }

  @Test
  void variablesAndTooManyPathsAreTold() {
    var read = new WatchFile("$HOME/x\n/a\n");
    assertThat(read.paths()).containsExactly("/a");
    assertThat(read.complaints())
        .containsExactly(
            "line 1 of watch says '$HOME/x' and has to be a path: absolute, ~/PATH, or in this"
                + " directory");
    var many = new WatchFile("/a\n".repeat(66));
    assertThat(many.paths()).hasSize(64);
    assertThat(many.complaints())
        .startsWith("line 65 of watch is one path too many: 64 are watched; watch their directory");
  }
}
