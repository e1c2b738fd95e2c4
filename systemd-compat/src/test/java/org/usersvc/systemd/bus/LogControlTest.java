package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.usersvc.daemon.extension.FakeWhole;
import org.usersvc.daemon.extension.Whole.Level;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;

final class LogControlTest {
  private final FakeWhole whole = new FakeWhole();
  private final LogControl log = new LogControl(whole);

  private String set(String property, String value) {
    var call = new FakeCall(new FakeLink("", 1), LogControl.PATH, "x.Set", "s", value);
    log.set(property, value, call);
    return call.outcome();
  }

  @Test
  void aLevelIsSetByItsWordOrNumber() {
    assertThat(log.value("LogLevel")).isEqualTo("info");
    set("LogLevel", "notice");
    assertThat(log.value("LogLevel")).isEqualTo("notice");
    assertThat(whole.logLevel()).isEqualTo(Level.INFO);
    set("LogLevel", "7");
    assertThat(log.value("LogLevel")).isEqualTo("debug");
    assertThat(whole.logLevel()).isEqualTo(Level.DEBUG);
    set("LogLevel", "crit");
    assertThat(whole.logLevel()).isEqualTo(Level.ERROR);
    set("LogLevel", "");
    assertThat(log.value("LogLevel")).isEqualTo("info");
    assertThat(whole.logLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void anUnknownLevelIsRefused() {
    assertThat(set("LogLevel", "bogus")).contains("InvalidArgs", "Invalid log level 'bogus'");
    assertThat(set("LogLevel", "8")).contains("InvalidArgs");
    assertThat(log.value("LogLevel")).isEqualTo("info");
  }

  @Test
  void theTargetStays() {
    assertThat(set("LogTarget", "kmsg")).contains("NotSupported");
    assertThat(set("LogTarget", "console")).doesNotContain("Error");
    assertThat(log.value("LogTarget")).isEqualTo("console");
    assertThat(set("SyslogIdentifier", "x")).contains("PropertyReadOnly");
  }
}
