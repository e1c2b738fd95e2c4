package org.usersvc.daemon.bus;

import java.util.Objects;
import org.freedesktop.dbus.types.UInt32;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.WireText;
import org.usersvc.dbus.Errors;

/** org.usersvc1.Session of one session, as it was when this object was made. */
final class SessionObject implements Served {
  static final Interface TYPE = Interface.load(Errors.class, "org.usersvc1.Session");

  private static final String ROOT = "/org/usersvc1/session/";

  private final Session session;

  SessionObject(Session session) {
    this.session = session;
  }

  static String path(int id) {
    return ROOT + id;
  }

  /** The id in the last element of a path, -1 if it is none. */
  static int id(String element) {
    return element.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(element) : -1;
  }

  /** The id in a path, -1 if it is not the path of a session. */
  static int idOfPath(String path) {
    return path.startsWith(ROOT) ? id(path.substring(ROOT.length())) : -1;
  }

  @Override
  public Interface type() {
    return TYPE;
  }

  @Override
  public void call(Call call) {
    throw new IllegalStateException("a session has no method " + call.member());
  }

  @Override
  public Object value(String property) {
    return switch (property) {
      case "Id" -> new UInt32(session.id());
      case "Name" -> WireText.of(session.name());
      case "Kind" -> session.kind();
      case "Leader" -> new UInt32(session.leader().pid());
      case "Bus" -> WireText.of(Objects.requireNonNullElse(session.bus(), ""));
      case "Variables" -> WireText.of(session.variables().variables());
      case "Since" -> ServiceObject.micros(session.since());
      default -> throw new IllegalArgumentException("no property " + property);
    };
  }
}
