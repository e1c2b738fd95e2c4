package org.usersvc.dbus.introspection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.utils.DBusNamingUtil;
import org.usersvc.dbus.Manager;
import org.usersvc.dbus.Service;
import org.usersvc.dbus.Session;

/** Writes {@code org.usersvc1.*.xml} into the given directory. */
public final class WriteInterfaces {
  static final List<Class<?>> INTERFACES = List.of(Manager.class, Service.class, Session.class);

  private WriteInterfaces() {}

  public static void main(String[] arguments) throws IOException, DBusException {
    var directory = Files.createDirectories(Path.of(arguments[0]));
    for (var type : INTERFACES) {
      var file = directory.resolve(DBusNamingUtil.getInterfaceName(type) + ".xml");
      Files.writeString(file, InterfaceXml.of(type));
    }
  }
}
