package org.usersvc.daemon.bus;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Supervised;

/**
 * What callers are told of a service that changes by itself, at one moment.
 *
 * @param nativeName {@code foot} or {@code foot/log}
 * @param pid 0 if no process lives
 * @param exitCode -1 if run was ended by a signal or has not ended yet
 * @param hasLogger whether it has a log service
 */
record ServiceView(
    String nativeName,
    String state,
    String wanted,
    boolean ready,
    int pid,
    Instant since,
    int exitCode,
    int exitSignal,
    int deaths,
    long starts,
    boolean paused,
    List<String> needed,
    List<String> missing,
    List<String> waitsFor,
    String statusText,
    boolean hasLogger) {

  static ServiceView of(Supervised process) {
    var state = process.state();
    var exit = process.lastExit();
    return new ServiceView(
        process.nativeName(),
        state.phase().word(),
        state.wanted().word(),
        state.phase().isUp(),
        state.phase().pidOrZero(),
        process.since(),
        exit == null || exit.signal() != 0 ? -1 : exit.code(),
        exit == null ? 0 : exit.signal(),
        process.deaths(),
        process.starts(),
        state.paused(),
        process.neededNames(),
        process.missingVariables(),
        process.missing(),
        statusText(process),
        !process.isLogger() && process.logger() != null);
  }

  private static String statusText(Supervised process) {
    String text = process.said().status();
    return text == null ? "" : NativeText.printable(text);
  }

  String path() {
    return ServicePath.of(nativeName);
  }

  String name() {
    return NativeText.printable(nativeName);
  }

  /** The value of a property of org.usersvc1.Service. */
  Object value(String property) {
    return switch (property) {
      case "Name" -> name();
      case "State" -> state;
      case "Wanted" -> wanted;
      case "Ready" -> ready;
      case "Pid" -> new UInt32(pid);
      case "Since" -> micros(since);
      case "ExitCode" -> exitCode;
      case "ExitSignal" -> exitSignal;
      case "Deaths" -> new UInt32(deaths);
      case "Starts" -> new UInt64(starts);
      case "Paused" -> paused;
      case "NeedsEnvironment" -> needed;
      case "MissingEnvironment" -> missing;
      case "WaitsFor" -> waitsFor;
      case "StatusText" -> statusText;
      case "Log" -> new DBusPath(hasLogger ? ServicePath.of(nativeName + "/log") : "/");
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  /** Microseconds since 1970, as D-Bus has times. */
  static UInt64 micros(Instant time) {
    return new UInt64(Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, time)));
  }
}
