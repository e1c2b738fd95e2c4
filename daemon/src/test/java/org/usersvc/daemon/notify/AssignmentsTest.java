package org.usersvc.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.notify.Notification.Phase;
import org.usersvc.daemon.notify.Notification.Watchdog;

final class AssignmentsTest {
  private static Notification read(String message) {
    return Assignments.read(message, 0);
  }

  @Test
  void readySaysNothingElse() {
    var ready = read("READY=1");
    assertThat(ready.ready()).isTrue();
    assertThat(ready.reloading() || ready.stopping()).isFalse();
    assertThat(ready.facts()).isEqualTo(Notification.NOTHING.facts());
    assertThat(ready.timing()).isEqualTo(Notification.NOTHING.timing());
    assertThat(ready.complaints()).isEmpty();
  }

  @Test
  void everyPartIsRead() {
    var all =
        read(
            """
            STOPPING=1
            STATUS=50 % = half, \u00e9
            ERRNO=2
            BUSERROR=org.example.Error.Cold
            MAINPID=812
            WATCHDOG=1
            WATCHDOG_USEC=20000000
            EXTEND_TIMEOUT_USEC=1500
            """);
    assertThat(all.stopping()).isTrue();
    assertThat(all.status()).isEqualTo("50 % = half, \u00e9");
    assertThat(all.errno()).isEqualTo(2);
    assertThat(all.busError()).isEqualTo("org.example.Error.Cold");
    assertThat(all.mainPid()).isEqualTo(812);
    assertThat(all.watchdog()).isEqualTo(Watchdog.PING);
    assertThat(all.watchdogEvery()).isEqualTo(Duration.ofSeconds(20));
    assertThat(all.extendTimeout()).isEqualTo(Duration.ofNanos(1_500_000));
    assertThat(all.complaints()).isEmpty();
  }

  @Test
  void aReloadHasItsBeginning() {
    var reload = read("RELOADING=1\nMONOTONIC_USEC=5000001");
    assertThat(reload.reloading()).isTrue();
    assertThat(reload.progress().monotonic()).isEqualTo(Duration.ofNanos(5_000_001_000L));
    assertThat(read("READY=1\nMONOTONIC_USEC=5").progress().monotonic()).isNull();
  }

  @Test
  void aWatchdogCanBeTriggered() {
    assertThat(read("WATCHDOG=trigger").watchdog()).isEqualTo(Watchdog.TRIGGER);
  }

  @ParameterizedTest
  @CsvSource({
    "READY=1 STOPPING=1,STOPPING",
    "STOPPING=1 READY=1,READY",
    "READY=1 RELOADING=0,READY",
    "RELOADING=1 READY=1,READY"
  })
  void ofSeveralPhasesTheLastOneCounts(String message, Phase phase) {
    assertThat(read(message.replace(' ', '\n')).progress().phase()).isEqualTo(phase);
  }

  @Test
  void anEmptyStatusIsOne() {
    assertThat(read("STATUS=").status()).isEmpty();
    assertThat(read("READY=1").status()).isNull();
  }

  @Test
  void whatNobodyKnowsIsNothing() {
    String others =
        "X_FOO=1\nFDSTORE=1\nFDNAME=a\nready=1\nREADY\n=1\n\nMAINPIDFD=1\r\nNOTIFYACCESS=";
    assertThat(read(others)).isEqualTo(Notification.NOTHING);
    assertThat(read("")).isEqualTo(Notification.NOTHING);
    assertThat(read("\n\n").saysNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READY=0",
        "READY=",
        "RELOADING=yes",
        "STOPPING=11",
        "MONOTONIC_USEC=-1",
        "STATUS=\uDCFF",
        "ERRNO=-2",
        "ERRNO=4096",
        "ERRNO=ENOENT",
        "BUSERROR=plain",
        "ERRNO=99999999999999999999",
        "MAINPID=0",
        "MAINPID=2147483648",
        "MAINPID=+1",
        "MAINPID= 1",
        "WATCHDOG=2",
        "WATCHDOG=Trigger",
        "WATCHDOG_USEC=1s",
        "WATCHDOG_USEC=18446744073709551616",
        "EXTEND_TIMEOUT_USEC=",
        "EXTEND_TIMEOUT_USEC=1.5",
        "BARRIER=0",
        "BARRIER=1"
      })
  void aBadValueIsToldAndTheRestCounts(String bad) {
    var notification = read(bad + "\nSTATUS=here");
    assertThat(notification.complaints()).hasSize(1);
    assertThat(notification.complaints().getFirst())
        .startsWith(NativeText.printable(bad) + ": ")
        .containsPattern("expected|meaning");
    assertThat(notification.status()).isEqualTo("here");
  }

  @Test
  void aBadValueTakesNoGoodOneBack() {
    var notification = read("MAINPID=5\nMAINPID=x\nSTATUS=a\nSTATUS=\uDCFF");
    assertThat(notification.mainPid()).isEqualTo(5);
    assertThat(notification.status()).isEqualTo("a");
    assertThat(notification.complaints()).hasSize(2);
  }

  @Test
  void aComplaintIsOneShortLine() {
    var complaint = read("ERRNO=\u001b[31m" + "9".repeat(4000)).complaints().getFirst();
    assertThat(complaint).hasSizeLessThan(200).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "18446744073709551615", "9223372036854775807"})
  void forEverIsAHundredYears(String micros) {
    assertThat(read("WATCHDOG_USEC=" + micros).watchdogEvery()).isEqualTo(Duration.ofDays(36_500));
    assertThat(read("EXTEND_TIMEOUT_USEC=" + micros).extendTimeout())
        .isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void noWatchdogIsZero() {
    assertThat(read("WATCHDOG_USEC=0").watchdogEvery()).isZero();
  }

  @Test
  void aBarrierComesAloneWithOneDescriptor() {
    assertThat(Assignments.read("BARRIER=1", 1)).isEqualTo(Notification.NOTHING);
    assertThat(Assignments.read("BARRIER=1", 2).complaints()).hasSize(1);
    assertThat(Assignments.read("BARRIER=1", 0).complaints()).hasSize(1);
    assertThat(Assignments.read("BARRIER=1\nX_A=1", 1).complaints()).hasSize(1);
    var withMore = Assignments.read("READY=1\nBARRIER=1", 1);
    assertThat(withMore.complaints()).hasSize(1);
    assertThat(withMore.ready()).isTrue();
  }

  @Test
  void junkIsHarmless() {
    var random = new Random(7);
    var words =
        new String[] {
          "READY",
          "=",
          "1",
          "\n",
          "MAINPID",
          "ERRNO",
          "\r",
          "-",
          "\uDCFF",
          "WATCHDOG_USEC",
          "99999999999"
        };
    for (int round = 0; round < 20_000; round++) {
      var message = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        message.append(words[random.nextInt(words.length)]);
      }
      assertThat(read(message.toString()).complaints().size()).isLessThan(13);
    }
  }
}
