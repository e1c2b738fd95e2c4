package org.usersvc.daemon.bus;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.wire.Call;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Service of one service or logger. <b>Loop thread only.</b> */
final class ServiceObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Service");

  private final Commanded service;
  private final ServiceView view;
  private final ServiceVerbs verbs;

  /**
   * The published values of one moment.
   *
   * @param values those of the properties whose changes are signalled
   */
  record Signalled(String nativeName, Map<String, Object> values) {
    String path() {
      return ServicePath.of(nativeName);
    }
  }

  ServiceObject(Commanded service, ServiceVerbs verbs) {
    this.service = service;
    this.view = service.view();
    this.verbs = verbs;
  }

  String path() {
    return ServicePath.of(view.nativeName());
  }

  /** The values as they are now. */
  Signalled signalled() {
    var values = new LinkedHashMap<String, Object>();
    TYPE.signalled().forEach(name -> values.put(name, value(name)));
    return new Signalled(view.nativeName(), values);
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public void call(Call call) {
    verbs.perform(call, service, call.arguments());
  }

  @Override
  public Object value(String property) {
    return switch (property) {
      case "Name" -> view.name();
      case "State" -> view.state();
      case "Wanted" -> view.wanted();
      case "Ready" -> view.isFine();
      case "Pid" -> new UInt32(view.pid());
      case "Since" -> micros(view.since());
      case "ExitCode" -> view.lastExit() == null ? -1 : code(view.lastExit());
      case "ExitSignal" -> view.lastExit() == null ? 0 : view.lastExit().signal();
      case "Deaths" -> new UInt32(view.deaths());
      case "Starts" -> new UInt64(view.starts());
      case "Paused" -> view.isPaused();
      case "NormallyUp" -> view.isNormallyUp();
      case "NeedsEnvironment" -> view.needed();
      case "MissingEnvironment" -> view.missing();
      case "WaitsFor" -> view.waitsFor();
      case "NextStart" -> micros(view.nextStart());
      case "LastStart" -> micros(view.lastStart());
      case "StatusText" -> view.statusText();
      case "Log" -> logger();
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }

  private static int code(ExitStatus exit) {
    return exit.signal() == 0 ? exit.code() : -1;
  }

  private DBusPath logger() {
    var logger = view.logger();
    return new DBusPath(logger == null ? "/" : ServicePath.of(view.nativeName() + "/log"));
  }

  /** Microseconds since 1970, the usual time of D-Bus; 0: there is none. */
  static UInt64 micros(@Nullable Instant time) {
    return new UInt64(
        time == null ? 0 : Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, time)));
  }
}
