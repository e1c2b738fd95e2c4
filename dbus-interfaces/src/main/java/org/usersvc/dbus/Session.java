package org.usersvc.dbus;

import java.util.Map;
import org.freedesktop.dbus.annotations.DBusBoundProperty;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.PropertiesEmitsChangedSignal.EmitChangeSignal;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;

@DBusInterfaceName("org.usersvc1.Session")
@Doc("A registered session, at /org/usersvc1/session/ID.")
public interface Session extends DBusInterface {
  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.CONST)
  @Doc("Its number, which is never reused.")
  UInt32 getId();

  @DBusBoundProperty
  @Doc("The name that it was registered with.")
  String getName();

  @DBusBoundProperty
  @Doc("Its kind, by its variables: wayland, x11, tty, or bus if it has nothing but a bus.")
  String getKind();

  @DBusBoundProperty
  @Doc("The process whose end ends the session.")
  UInt32 getLeader();

  @DBusBoundProperty
  @Doc("The address of its bus, empty if it has none.")
  String getBus();

  @DBusBoundProperty
  @Doc("Its variables; bytes that are not UTF-8 are shown as \\xNN.")
  Map<String, String> getVariables();

  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.CONST)
  @Doc("When it was registered, in microseconds since 1970.")
  UInt64 getSince();
}
