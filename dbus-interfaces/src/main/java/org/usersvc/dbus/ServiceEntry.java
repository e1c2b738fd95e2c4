package org.usersvc.dbus;

import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.types.UInt32;

/** One line of {@link Manager#ListServices}. */
public final class ServiceEntry extends Struct {
  @Position(0)
  private final String name;

  @Position(1)
  private final DBusPath path;

  @Position(2)
  private final String state;

  @Position(3)
  private final String wanted;

  @Position(4)
  private final UInt32 pid;

  public ServiceEntry(String name, DBusPath path, String state, String wanted, UInt32 pid) {
    this.name = name;
    this.path = path;
    this.state = state;
    this.wanted = wanted;
    this.pid = pid;
  }

  public String name() {
    return name;
  }

  public DBusPath path() {
    return path;
  }

  public String state() {
    return state;
  }

  public String wanted() {
    return wanted;
  }

  /** 0 if no process lives. */
  public UInt32 pid() {
    return pid;
  }
}
