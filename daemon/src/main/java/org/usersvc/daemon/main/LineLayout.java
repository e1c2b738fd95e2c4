package org.usersvc.daemon.main;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

/**
 * A prefix and the message on one line, then the stack of the exception if there is one. A Logback
 * pattern for this would load 150 classes.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  private final String prefix;

  LineLayout(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    String stack = thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
    return prefix + event.getFormattedMessage() + "\n" + stack;
  }
}
