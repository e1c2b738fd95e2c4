package org.usersvc.systemd.run;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.UnitPlaces.Log;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.StreamSettings;

/**
 * What a service has open from its start until it is down for good: its log, its socket for
 * messages, the watch of its name on the bus, and streams that a caller has given. <b>Loop thread
 * only.</b>
 */
final class Belongings {
  private final String unit;
  private final Workplace place;
  private final Messages messages;
  private @Nullable Log log;
  private @Nullable Runnable name;
  private GivenStreams given = GivenStreams.NONE;
  private boolean open;

  Belongings(String unit, Workplace place, Messages messages) {
    this.unit = unit;
    this.place = place;
    this.messages = messages;
  }

  /**
   * Opens all. What cannot be opened is warned of, and is missing then.
   *
   * @param busName null if it has none
   */
  void open(@Nullable String busName, Runnable owned, Runnable lost) {
    open = true;
    try {
      if (log == null) {
        log = place.mechanisms().places().log(unit, LogFormat.SVLOGD);
      }
      messages.listen();
    } catch (FileFault fault) {
      place.warn().accept(unit + ": " + fault.getMessage());
    }
    if (name == null && busName != null) {
      name = place.names().watch(busName, owned, lost);
    }
  }

  /** Takes the streams that a caller gives, in place of those before. */
  void take(GivenStreams streams) {
    given.all().forEach(place.mechanisms().files()::close);
    given = streams;
  }

  /** The settings with the streams that a caller has given. */
  ExecSettings exec(ExecSettings settings) {
    if (given.equals(GivenStreams.NONE)) {
      return settings;
    }
    var old = settings.streams();
    return settings.with(
        new StreamSettings(
            or(given.input(), old.input()),
            or(given.output(), old.output()),
            or(given.error(), old.error()),
            old.inputData(),
            old.identifier()));
  }

  private static StreamSettings.Stream or(int descriptor, StreamSettings.Stream old) {
    return descriptor < 0 ? old : new StreamSettings.Stream.Given(descriptor);
  }

  /** The pipe of the log; -1 if there is none. */
  int log() {
    return log == null ? -1 : log.descriptor();
  }

  /**
   * Closes all, but the log only if nobody writes to it any more.
   *
   * @param silent whether no process is left
   */
  void close(boolean silent) {
    open = false;
    take(GivenStreams.NONE);
    messages.close();
    if (name != null) {
      name.run();
      name = null;
    }
    if (silent) {
      emptied();
    }
  }

  /** No process is left. */
  void emptied() {
    if (!open && log != null) {
      log.end(() -> {});
      log = null;
    }
  }
}
