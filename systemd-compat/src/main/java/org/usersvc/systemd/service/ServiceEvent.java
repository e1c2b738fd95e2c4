package org.usersvc.systemd.service;

import java.time.Duration;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;

/**
 * Something that happens to one service. Of what one turn of the loop brings, ends of processes
 * come first.
 */
public sealed interface ServiceEvent {
  /**
   * A job asks for a start.
   *
   * @param limited whether the start limit forbids it ({@link org.usersvc.systemd.unit.StartLimit})
   */
  record StartAsked(boolean limited) implements ServiceEvent {}

  /**
   * A job asks for a stop.
   *
   * @param restart whether a start of the same job follows
   */
  record StopAsked(boolean restart) implements ServiceEvent {}

  /** A job asks for a reload. */
  record ReloadAsked() implements ServiceEvent {}

  /** The job that {@link ServiceEffect.EnqueueRestart} asks for cannot be queued. */
  record RestartRefused() implements ServiceEvent {}

  /** A client asks to forget a failure. */
  record ResetFailed() implements ServiceEvent {}

  /** Answer to {@link ServiceEffect.RunCommand}: the program is executed. */
  record CommandStarted(ExecStep step, int pid) implements ServiceEvent {}

  /**
   * Answer to {@link ServiceEffect.RunCommand}: the program cannot be executed.
   *
   * @param status 200 to 243, as in systemd.exec(5), such as 203 for a missing program; 0 if the
   *     command ignores failures
   */
  record CommandFailed(ExecStep step, ExitStatus status) implements ServiceEvent {}

  /** Answer to {@link ServiceEffect.RunCommand}: the system has no process or memory left. */
  record NoResources(ExecStep step) implements ServiceEvent {}

  /** A process has ended and is reaped; those that are neither main nor control are ignored. */
  record Exited(int pid, ExitStatus status) implements ServiceEvent {}

  /**
   * The unit has no process left. It comes each time when the last one ends, after its {@link
   * Exited}, and as the answer to {@link ServiceEffect.SignalUnit} and {@link
   * ServiceEffect.FindMain} when there is none.
   */
  record ProcessesGone() implements ServiceEvent {}

  /** The main process is known: by the PID file, a guess, or MAINPID=. */
  record MainFound(int pid) implements ServiceEvent {}

  /** Answer to {@link ServiceEffect.FindMain}: it cannot be guessed. */
  record MainUnknown() implements ServiceEvent {}

  /** The service has sent READY=1, RELOADING=1 or STOPPING=1. */
  record Notified(Progress progress) implements ServiceEvent {}

  /** The service has sent WATCHDOG=1. */
  record KeptAlive() implements ServiceEvent {}

  /** The service has sent WATCHDOG=trigger. */
  record WatchdogTriggered() implements ServiceEvent {}

  /** The service has sent EXTEND_TIMEOUT_USEC=. */
  record TimeoutExtended(Duration by) implements ServiceEvent {}

  /** The name of the service has got an owner on the bus. */
  record NameOwned() implements ServiceEvent {}

  /** The name of the service has no owner any more. */
  record NameLost() implements ServiceEvent {}

  record TimerFired(ServiceTimer timer) implements ServiceEvent {}
}
