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
    All services and sessions of one usersvcd, at /org/usersvc1. The name of a service is \
    "foot", of its logger "foot/log"; the absolute path of its directory works, too. Bytes \
    that are not UTF-8 are written \\xNN. Methods do the same as the verbs of usersvc(1). \
    Those with wait_ms answer with State and Pid when the request is done. If it is not done \
    within wait_ms, the answer is an error with the present state of the service and its last \
    end; the request stays in force. Up, Start, Restart and Reload look for 0.3 s at a run that \
    gives no sign of being ready; the error Failed says that it has ended, or cannot be started. \
    Callers must wait as long themselves (25 s is the usual default). With wait_ms 0 they answer \
    at once, with the present State.\
    """)
public interface Manager extends DBusInterface {
  @Doc(
      value =
          """
          Starts it, and starts it again whenever it ends. Done when it is ready: run lives and \
          check, if there is one, succeeds.\
          """,
      errors = {
        Errors.NO_SUCH_SERVICE,
        Errors.NOT_SUPERVISED,
        Errors.TIMED_OUT,
        Errors.FAILED,
        Errors.GONE
      })
  Condition<String, UInt32> Up(String name, UInt32 waitMs);

  @Doc(
      value =
          """
          Sends TERM and CONT, and does not start it again. Done when neither run nor finish \
          lives.\
          """,
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.TIMED_OUT})
  Condition<String, UInt32> Down(String name, UInt32 waitMs);

  @Doc(
      value = "As Up.",
      errors = {
        Errors.NO_SUCH_SERVICE,
        Errors.NOT_SUPERVISED,
        Errors.TIMED_OUT,
        Errors.FAILED,
        Errors.GONE
      })
  Condition<String, UInt32> Start(String name, UInt32 waitMs);

  @Doc(
      value = "As Down.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.TIMED_OUT})
  Condition<String, UInt32> Stop(String name, UInt32 waitMs);

  @Doc(
      value =
          """
          As Down; if it lives after wait_ms, and that is not 0, it gets KILL, and the answer is \
          the error Killed.\
          """,
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.KILLED})
  Condition<String, UInt32> ForceStop(String name, UInt32 waitMs);

  @Doc(
      value = "Starts it if it is not running, and does not start it again when it ends.",
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.TIMED_OUT, Errors.GONE})
  Condition<String, UInt32> Once(String name, UInt32 waitMs);

  @Doc(
      value = "Sends TERM and CONT, and starts it again. Done when the new run is ready.",
      errors = {
        Errors.NO_SUCH_SERVICE,
        Errors.NOT_SUPERVISED,
        Errors.TIMED_OUT,
        Errors.FAILED,
        Errors.GONE
      })
  Condition<String, UInt32> Restart(String name, UInt32 waitMs);

  @Doc(
      value =
          """
          Sends HUP, at which many services read their configuration again. Done when check, if \
          there is one, succeeds.\
          """,
      errors = {
        Errors.NO_SUCH_SERVICE,
        Errors.NOT_SUPERVISED,
        Errors.TIMED_OUT,
        Errors.FAILED,
        Errors.GONE
      })
  Condition<String, UInt32> Reload(String name, UInt32 waitMs);

  @Doc(
      value =
          """
          Stops it and its supervision; if its directory still exists, supervision starts again. \
          Done when neither the service nor its logger is supervised.\
          """,
      errors = {Errors.NO_SUCH_SERVICE, Errors.NOT_SUPERVISED, Errors.TIMED_OUT})
  Condition<String, UInt32> Exit(String name, UInt32 waitMs);

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
      """
      Reads environment.d and the scan directory again; answers when all new services are \
      opened and started.\
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
          Registers a session, or updates the one of the same leader: services that start from \
          now on get its variables, until the leader ends. Options: leader (u), the process \
          whose end ends the session, by default the display's server or one found from the \
          caller; name (s).\
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

  @Doc(value = "Removes variables of any origin.", errors = Errors.INVALID_NAME)
  void UnsetEnvironment(List<String> names);

  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.CONST)
  @Doc("Version of the daemon.")
  String getVersion();

  @DBusBoundProperty
  @Doc("The directory whose entries are the services.")
  String getScanDirectory();

  @DBusBoundProperty
  @Doc("The variables of services that start now; bytes that are not UTF-8 are shown as \\xNN.")
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
