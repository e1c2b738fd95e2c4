package org.usersvc.systemd.socket;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;

/** Something that happens to one socket unit. */
public sealed interface SocketEvent {
  /**
   * A job asks for a start.
   *
   * @param impossible whether its service is missing, or is up already without its sockets
   */
  record StartAsked(boolean impossible) implements SocketEvent {}

  /** A start comes too soon after too many others. */
  record StartLimited() implements SocketEvent {}

  /** A job asks for a stop. */
  record StopAsked() implements SocketEvent {}

  /** A client asks to forget a failure. */
  record ResetFailed() implements SocketEvent {}

  /** Answer to {@link SocketEffect.Open}: all sockets listen. */
  record Opened() implements SocketEvent {}

  /** Answer to {@link SocketEffect.Open}: one cannot listen, so none does. */
  record NotOpened() implements SocketEvent {}

  /** Answer to {@link SocketEffect.RunCommand}: the program is executed. */
  record CommandStarted(ExecStep step, int pid) implements SocketEvent {}

  /**
   * Answer to {@link SocketEffect.RunCommand}: the program cannot be executed.
   *
   * @param status 200 to 243, as in systemd.exec(5)
   */
  record CommandFailed(ExecStep step, ExitStatus status) implements SocketEvent {}

  /** A process has ended; one that is not its command is ignored. */
  record Exited(int pid, ExitStatus status) implements SocketEvent {}

  /**
   * Something came to a socket that is watched.
   *
   * @param limited whether the trigger limit forbids one more start of the service
   */
  record Arrived(boolean limited) implements SocketEvent {}

  /** The service cannot be started. */
  record TriggerRefused() implements SocketEvent {}

  /** The service runs, and has the sockets. */
  record ServiceUp() implements SocketEvent {}

  /** The service is down, and no job starts it. */
  record ServiceDown() implements SocketEvent {}

  /** The service failed, as it was started too often. */
  record ServiceLimited() implements SocketEvent {}

  record TimerFired() implements SocketEvent {}
}
