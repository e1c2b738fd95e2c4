package org.usersvc.systemd.bus;

import java.util.List;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.extension.Whole;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.Table;

/**
 * {@code org.freedesktop.LogControl1}: how much the daemon logs. Where it logs to cannot be
 * changed. <b>Loop thread only.</b>
 */
final class LogControl implements Served {
  static final String PATH = "/org/freedesktop/LogControl1";

  private static final String CONSOLE = "console";

  private static final List<String> WORDS =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

  private static final Table<LogControl> TABLE =
      Table.<LogControl>of("org.freedesktop.LogControl1").with(new Values()).build();

  private final Whole whole;
  private final String first;
  private String word;

  LogControl(Whole whole) {
    this.whole = whole;
    first = wordOf(whole.logLevel());
    word = first;
  }

  @Override
  public Interface type() {
    return TABLE.type();
  }

  @Override
  public void call(Call call) {
    throw Table.Part.unknown(call.member());
  }

  @Override
  public Object value(String property) {
    return TABLE.of(this).value(property);
  }

  @Override
  public void set(String property, Object value, Call call) {
    TABLE.of(this).set(property, value, call);
  }

  private static String wordOf(Whole.Level level) {
    return switch (level) {
      case ERROR -> "err";
      case WARNING -> "warning";
      case INFO -> "info";
      case DEBUG -> "debug";
    };
  }

  private static Whole.Level levelOf(String word) {
    return switch (word) {
      case "warning" -> Whole.Level.WARNING;
      case "notice", "info" -> Whole.Level.INFO;
      case "debug" -> Whole.Level.DEBUG;
      default -> Whole.Level.ERROR;
    };
  }

  /** A level by its word or number; an empty word is the level that the daemon began with. */
  private void level(String given, Call call) {
    String known = given.matches("[0-7]") ? WORDS.get(Integer.parseInt(given)) : given;
    if (!known.isEmpty() && !WORDS.contains(known)) {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid log level '" + given + "'");
      return;
    }
    word = known.isEmpty() ? first : known;
    whole.logLevel(levelOf(word));
    call.answer("");
  }

  private static void target(String given, Call call) {
    if (given.isEmpty() || given.equals(CONSOLE) || given.equals("auto")) {
      call.answer("");
    } else {
      BusErrors.notSupported(
          call, "usersvcd logs to standard error and to its own log, and nowhere else.");
    }
  }

  /** All its members. */
  private static final class Values implements Table.Part<LogControl> {
    @Override
    public void declare(Table.Members members) {
      members.setting("LogLevel", "s").setting("LogTarget", "s").value("SyslogIdentifier", "s");
    }

    @Override
    public Object value(LogControl log, String property) {
      return switch (property) {
        case "LogLevel" -> log.word;
        case "LogTarget" -> CONSOLE;
        case "SyslogIdentifier" -> "usersvcd";
        default -> throw Table.Part.unknown(property);
      };
    }

    @Override
    public void set(LogControl log, String property, Object value, Call call) {
      if (property.equals("SyslogIdentifier")) {
        Table.Part.super.set(log, property, value, call);
      } else if (!(value instanceof String text)) {
        call.fail(StandardErrors.INVALID_ARGS, property + " is a text");
      } else if (property.equals("LogLevel")) {
        log.level(text, call);
      } else {
        target(text, call);
      }
    }
  }
}
