package org.usersvc.dbus;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusBoundProperty;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.PropertiesEmitsChangedSignal.EmitChangeSignal;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

@DBusInterfaceName("org.usersvc1.Manager")
@Doc(
    """
    All services and sessions of one usersvcd, at /org/usersvc1. A service is named \
    "foot", its logger "foot/log"; an absolute path of its directory does as well. Bytes \
    that are not UTF-8 are written \\xNN. What is not said to wait answers at once, when \
    the service has been told.\
    """)
public interface Manager extends DBusInterface {
  @Doc(
      value = "Starts it, and starts it again whenever it ends.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Up(String name);

  @Doc(
      value = "Sends TERM and CONT, and does not start it again.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Down(String name);

  @Doc(
      value = "Starts it if it is not running, and does not start it again when it ends.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Once(String name);

  @Doc(
      value = "Sends TERM and CONT, and starts it again.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Restart(String name);

  @Doc(
      value = "Sends HUP, at which many services read their configuration again.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Reload(String name);

  @Doc(
      value =
          """
          Sends a signal, if the service runs: "HUP", "SIGHUP" or "1"; one of HUP INT QUIT \
          KILL USR1 USR2 ALRM TERM CONT STOP.\
          """,
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.NO_SIGNAL})
  void Signal(String name, String signal);

  @Doc(
      value = "Sends STOP.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Pause(String name);

  @Doc(
      value = "Sends CONT.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Continue(String name);

  @Doc(
      value = "Stops it and its supervision; while its directory is there it is taken up again.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  void Exit(String name);

  @Doc(
      value =
          """
          As Up, and waits until it is ready: run lives and check, if there is one, agrees. \
          Answers with its state and process. An error says where it is instead and how it \
          ended last. Callers have to wait as long themselves (25 s unless told otherwise). \
          wait_ms 0: at once, with whatever state it is in.\
          """,
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.TIMED_OUT, Errors.GONE})
  Condition<String, UInt32> Start(String name, UInt32 waitMs);

  @Doc(
      value =
          """
          As Down, and waits until it is down. kill: whatever lives after wait_ms gets KILL, \
          and the answer is the error Killed.\
          """,
      errors = {
        Errors.NO_SUCH_SERVICE,
        Errors.NOT_SUPERVISED,
        Errors.TIMED_OUT,
        Errors.KILLED,
        Errors.GONE
      })
  Condition<String, UInt32> Stop(String name, UInt32 waitMs, boolean kill);

  @Doc(
      """
      Reads environment.d and looks at the scan directory again; answers when all that was \
      found is opened and started.\
      """)
  void Rescan();

  @Doc(
      value = "The object of a service.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED})
  DBusPath GetService(String name);

  @Doc("Name, object, State, Wanted and Pid of every service, by name; without loggers.")
  List<ServiceEntry> ListServices();

  @Doc(
      value =
          """
          Registers a session, or updates the one of the same leader: its variables are given \
          to services that start from now on, until the leader ends. Options: leader (u), a \
          process whose end ends the session, else the display's server or the caller decides; \
          name (s).\
          """,
      errors = {
        Errors.NO_LEADER,
        Errors.TOO_MANY_SESSIONS,
        Errors.INVALID_NAME,
        Errors.INVALID_VALUE
      })
  DBusPath RegisterSession(Map<String, String> variables, Map<String, Variant<?>> options);

  @Doc(value = "Ends a session; its variables go with it.", errors = Errors.NO_SUCH_SESSION)
  void UnregisterSession(DBusPath session);

  @Doc(
      value = "Sets variables that belong to no session, for services that start from now on.",
      errors = {Errors.INVALID_NAME, Errors.INVALID_VALUE})
  void SetEnvironment(Map<String, String> variables);

  @Doc(value = "Removes variables, wherever they came from.", errors = Errors.INVALID_NAME)
  void UnsetEnvironment(List<String> names);

  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.CONST)
  @Doc("Version of the daemon.")
  String getVersion();

  @DBusBoundProperty
  @Doc("The directory whose services are supervised.")
  String getServiceDirectory();

  @DBusBoundProperty
  @Doc("What services that start now are given; bytes that are not UTF-8 are shown as \\xNN.")
  Map<String, String> getEnvironment();

  @DBusBoundProperty
  @Doc("The sessions, oldest first.")
  List<DBusPath> getSessions();

  @Doc("A service, or a logger, has gone from one State to another.")
  final class StateChanged extends DBusSignal {
    private final String name;
    private final String from;
    private final String to;

    public StateChanged(String path, String name, String from, String to) throws DBusException {
      super(path, name, from, to);
      this.name = name;
      this.from = from;
      this.to = to;
    }

    public String name() {
      return name;
    }

    public String from() {
      return from;
    }

    public String to() {
      return to;
    }
  }
}
