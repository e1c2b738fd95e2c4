package org.usersvc.dbus;

import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusBoundProperty;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.PropertiesEmitsChangedSignal.EmitChangeSignal;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;

@DBusInterfaceName("org.usersvc1.Service")
@Doc(
    """
    One service, or the logger of one, at /org/usersvc1/service/NAME: bytes of NAME that are not \
    letters or digits, and a digit that comes first, are _ and two lower-case hex digits; a logger \
    is foot_2flog. Methods are those of the Manager.\
    """)
public interface Service extends DBusInterface {
  @Doc(
      value = "Starts it, and starts it again whenever it ends. Done when it is ready.",
      errors = {Errors.TIMED_OUT, Errors.FAILED, Errors.GONE})
  Condition<String, UInt32> Up(UInt32 waitMs);

  @Doc(value = "Sends TERM and CONT, and does not start it again.", errors = Errors.TIMED_OUT)
  Condition<String, UInt32> Down(UInt32 waitMs);

  @Doc(
      value = "As Up.",
      errors = {Errors.TIMED_OUT, Errors.FAILED, Errors.GONE})
  Condition<String, UInt32> Start(UInt32 waitMs);

  @Doc(value = "As Down.", errors = Errors.TIMED_OUT)
  Condition<String, UInt32> Stop(UInt32 waitMs);

  @Doc(
      value =
          """
          As Down; if it lives after wait_ms, and that is not 0, it gets KILL, and the answer is \
          the error Killed.\
          """,
      errors = Errors.KILLED)
  Condition<String, UInt32> ForceStop(UInt32 waitMs);

  @Doc(
      value = "Starts it if it is not running, and does not start it again when it ends.",
      errors = {Errors.TIMED_OUT, Errors.GONE})
  Condition<String, UInt32> Once(UInt32 waitMs);

  @Doc(
      value = "Sends TERM and CONT, and starts it again. Done when the new run is ready.",
      errors = {Errors.TIMED_OUT, Errors.FAILED, Errors.GONE})
  Condition<String, UInt32> Restart(UInt32 waitMs);

  @Doc(
      value = "Sends HUP, at which many services read their configuration again.",
      errors = {Errors.TIMED_OUT, Errors.FAILED, Errors.GONE})
  Condition<String, UInt32> Reload(UInt32 waitMs);

  @Doc(
      value = "Stops it and its supervision; if its directory exists, supervision starts again.",
      errors = Errors.TIMED_OUT)
  Condition<String, UInt32> Exit(UInt32 waitMs);

  @Doc(
      value = "Sends a signal, if the service runs: \"HUP\", \"SIGHUP\" or \"1\".",
      errors = Errors.NO_SIGNAL)
  void Signal(String signal);

  @Doc("Sends STOP.")
  void Pause();

  @Doc("Sends CONT.")
  void Continue();

  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.CONST)
  @Doc("Its name, with bytes that cannot be printed as \\xNN.")
  String getName();

  @DBusBoundProperty
  @Doc(
      "down, failed, incomplete (has no run yet), waiting, starting, run, done (a oneshot), finish,"
          + " backoff or gone.")
  String getState();

  @DBusBoundProperty
  @Doc("The wanted state: up, down or exit.")
  String getWanted();

  @DBusBoundProperty
  @Doc(
      """
      Whether it is up: run lives and has reported ready or reports nothing, or is done; and its \
      check, if it was asked, has succeeded the last time.\
      """)
  boolean getReady();

  @DBusBoundProperty
  @Doc("The process of run or finish, 0 if none lives.")
  UInt32 getPid();

  @DBusBoundProperty
  @Doc("When run was started, or went down, in microseconds since 1970.")
  UInt64 getSince();

  @DBusBoundProperty
  @Doc("Exit code of the last run; -1 if a signal ended it, it is unknown, or none has ended.")
  int getExitCode();

  @DBusBoundProperty
  @Doc("The signal that ended the last run, 0 if none did.")
  int getExitSignal();

  @DBusBoundProperty
  @Doc("How often run has ended without a request.")
  UInt32 getDeaths();

  @DBusBoundProperty
  @Doc("How often run has been started.")
  UInt64 getStarts();

  @DBusBoundProperty
  @Doc("Whether it was sent STOP and no CONT after that.")
  boolean getPaused();

  @DBusBoundProperty(emitChangeSignal = EmitChangeSignal.FALSE)
  @Doc("Whether it starts by itself: its directory has no file down, and no schedule.")
  boolean getNormallyUp();

  @DBusBoundProperty
  @Doc("The variables that it needs.")
  List<String> getNeedsEnvironment();

  @DBusBoundProperty
  @Doc("The needed variables that it waits for.")
  List<String> getMissingEnvironment();

  @DBusBoundProperty
  @Doc("What it waits for: variables, services, a login, a file system.")
  List<String> getWaitsFor();

  @DBusBoundProperty
  @Doc("When it starts next by its schedule, in microseconds since 1970; 0 if it does not.")
  UInt64 getNextStart();

  @DBusBoundProperty
  @Doc("When run was started last, if it has a schedule, as NextStart; 0 if it never was.")
  UInt64 getLastStart();

  @DBusBoundProperty
  @Doc("The STATUS that it has sent by sd_notify, empty if none.")
  String getStatusText();

  @DBusBoundProperty
  @Doc("The object of its logger, / if it has none.")
  DBusPath getLog();
}
