package org.usersvc.daemon.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.control.Status.Shown;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;

final class StatusTest {
  private static final Instant SINCE = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);
  private static final Phase RUNNING = new Phase.Running(0x01020304, false, true);
  private static final Phase TOLD = new Phase.Running(0x01020304, true, true);

  private static Status status(Phase phase, Wanted wanted, boolean paused) {
    return new Status(new ServiceState(phase, wanted, paused, null, 0), SINCE);
  }

  private static String bytes(Phase phase, Wanted wanted, boolean paused) {
    return HexFormat.of().formatHex(status(phase, wanted, paused).encode());
  }

  private static String stat(Phase phase, Wanted wanted, boolean paused) {
    return new String(status(phase, wanted, paused).stat(), US_ASCII);
  }

  @Test
  void timeIsTaiBigEndianAndPidLittleEndian() {
    // 4611686018427387914 + 1700000000 seconds, 123456789 nanoseconds
    assertThat(bytes(RUNNING, Wanted.UP, false))
        .isEqualTo("400000006553f10a" + "075bcd15" + "04030201" + "00" + "75" + "00" + "01");
  }

  @ParameterizedTest
  @CsvSource({"UP,75", "DOWN,64", "EXIT,64", "REMOVED,64"})
  void byte17IsUOnlyIfUpIsWanted(Wanted wanted, String hex) {
    assertThat(bytes(RUNNING, wanted, false).substring(34, 36)).isEqualTo(hex);
  }

  @Test
  void flagsAreSetOneByOne() {
    assertThat(bytes(RUNNING, Wanted.UP, true)).endsWith("01" + "75" + "00" + "01");
    assertThat(bytes(TOLD, Wanted.UP, false)).endsWith("00" + "75" + "01" + "01");
    assertThat(bytes(new Phase.Finishing(9, Next.LATER), Wanted.DOWN, false))
        .endsWith("09000000" + "00" + "64" + "00" + "02");
    assertThat(bytes(new Phase.FinishStarting(Next.LATER), Wanted.UP, false))
        .endsWith("00000000" + "00" + "75" + "00" + "02");
    assertThat(bytes(new Phase.Down(), Wanted.DOWN, true))
        .endsWith("00000000" + "01" + "64" + "00" + "00");
  }

  @Test
  void whatHasNoProcessIsShownAsDown() {
    for (var phase :
        new Phase[] {
          new Phase.Down(),
          new Phase.Incomplete(),
          new Phase.Preparing(),
          new Phase.Starting(),
          new Phase.BackingOff(),
          new Phase.Gone()
        }) {
      assertThat(Status.shown(phase)).isEqualTo(Shown.DOWN);
      assertThat(bytes(phase, Wanted.UP, false)).endsWith("00000000" + "00" + "75" + "00" + "00");
    }
  }

  @Test
  void statOfRun() {
    assertThat(stat(RUNNING, Wanted.UP, false)).isEqualTo("run\n");
    assertThat(stat(RUNNING, Wanted.UP, true)).isEqualTo("run, paused\n");
    assertThat(stat(TOLD, Wanted.UP, true)).isEqualTo("run, paused, got TERM\n");
    assertThat(stat(TOLD, Wanted.DOWN, false)).isEqualTo("run, got TERM, want down\n");
    assertThat(stat(TOLD, Wanted.EXIT, false)).isEqualTo("run, got TERM, want exit\n");
    assertThat(stat(RUNNING, Wanted.REMOVED, false)).isEqualTo("run, want exit\n");
  }

  @Test
  void statOfFinishAndDown() {
    assertThat(stat(new Phase.Finishing(9, Next.AGAIN), Wanted.UP, false)).isEqualTo("finish\n");
    assertThat(stat(new Phase.Finishing(9, Next.AGAIN), Wanted.DOWN, false))
        .isEqualTo("finish, want down\n");
    assertThat(stat(new Phase.FinishStarting(Next.AGAIN), Wanted.EXIT, false))
        .isEqualTo("finish, want exit\n");
    assertThat(stat(new Phase.Down(), Wanted.DOWN, false)).isEqualTo("down\n");
    assertThat(stat(new Phase.BackingOff(), Wanted.UP, false)).isEqualTo("down\n");
  }

  @Test
  void statTellsOfAPauseInEveryState() {
    assertThat(stat(new Phase.Down(), Wanted.DOWN, true)).isEqualTo("down, paused\n");
    assertThat(stat(new Phase.Finishing(9, Next.AGAIN), Wanted.DOWN, true))
        .isEqualTo("finish, paused, want down\n");
  }

  @Test
  void pidIsALineOrNothing() {
    assertThat(Status.pid(812)).isEqualTo("812\n".getBytes(US_ASCII));
    assertThat(Status.pid(0)).isEmpty();
  }
}
