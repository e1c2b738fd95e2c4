package org.usersvc.daemon.main;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.usersvc.daemon.log.LogIntake;

/** Hands what Logback is told to the built-in logger, which stamps it. */
final class OwnLog extends AppenderBase<ILoggingEvent> {
  private final LogIntake logs;
  private final PatternLayout layout = new PatternLayout();

  OwnLog(LogIntake logs) {
    this.logs = logs;
  }

  @Override
  public void start() {
    layout.setContext(getContext());
    layout.setPattern("%msg%n%ex");
    layout.start();
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    layout.doLayout(event).lines().forEach(logs::own);
  }
}
