package org.usersvc.daemon.main;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.usersvc.daemon.extension.Whole;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.platform.Messages;

/**
 * The messages to the daemon's own log. They are kept until the end of the turn, so that no service
 * waits for them, and until Logback is up, after the first services. <b>Loop thread only.</b>
 */
final class LogMessages implements Messages {
  private record Line(org.slf4j.event.Level level, String text) {}

  private final List<Line> waiting = new ArrayList<>();
  private @Nullable Logger logger;
  private Whole.Level least;

  /** If verbose, every change of state is logged. */
  LogMessages(boolean verbose) {
    least = verbose ? Whole.Level.DEBUG : Whole.Level.INFO;
  }

  /** The least grave messages that are logged. */
  Whole.Level level() {
    return least;
  }

  /** Logs these messages and graver ones. */
  void level(Whole.Level level) {
    least = level;
    obey();
  }

  private void obey() {
    if (logger instanceof ch.qos.logback.classic.Logger adjustable) {
      adjustable.setLevel(
          switch (least) {
            case ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
          });
    }
  }

  /** Starts Logback; its lines go to the daemon's own log as well. */
  void open(LogIntake logs) {
    logger = LoggerFactory.getLogger("usersvcd");
    if (logger instanceof ch.qos.logback.classic.Logger adjustable) {
      obey();
      var own = new OwnLog(logs);
      own.setContext(adjustable.getLoggerContext());
      own.start();
      adjustable.addAppender(own);
    }
  }

  /** Hands over the messages of this turn. */
  void flush() {
    if (logger != null && !waiting.isEmpty()) {
      for (var line : waiting) {
        logger.atLevel(line.level()).log(line.text());
      }
      waiting.clear();
    }
  }

  /** Goes on after {@link #close}. */
  void reopen(LogIntake logs) {
    if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context) {
      context.start();
      new LogbackSetup().configure(context);
    }
    open(logs);
  }

  /** Writes the waiting messages. */
  void close() {
    flush();
    if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context) {
      context.stop();
    }
  }

  @Override
  public void warn(String line) {
    say(org.slf4j.event.Level.WARN, line);
  }

  @Override
  public void info(String line) {
    say(org.slf4j.event.Level.INFO, line);
  }

  @Override
  public void debug(String line) {
    say(org.slf4j.event.Level.DEBUG, line);
  }

  /** A mistake in the daemon itself, which it survives. */
  void bug(RuntimeException bug) {
    if (logger == null) {
      warn("bug: " + bug);
    } else {
      logger.error("bug, going on: ", bug);
    }
  }

  private void say(org.slf4j.event.Level level, String line) {
    waiting.add(new Line(level, line));
  }
}
