package org.usersvc.daemon.main;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.usersvc.daemon.log.LogIntake;

/** Hands Logback's lines to the built-in logger, which stamps them. */
final class OwnLog extends AppenderBase<ILoggingEvent> {
  private final LogIntake logs;
  private final LineLayout layout = new LineLayout("");

  OwnLog(LogIntake logs) {
    this.logs = logs;
  }

  @Override
  public void start() {
    layout.setContext(getContext());
    layout.start();
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    layout.doLayout(event).lines().forEach(logs::own);
  }
}
