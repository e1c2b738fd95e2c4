package org.usersvc.systemd.run;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.ServiceEvent;

/** Makes events of a service of what happens to its processes. <b>Loop thread only.</b> */
final class ProcessHappenings {
  private final ServiceParts.Listener service;
  private final Runnable whenEmpty;

  /**
   * Passes events on to the service.
   *
   * @param whenEmpty run before the service hears that no process is left
   */
  ProcessHappenings(ServiceParts.Listener service, Runnable whenEmpty) {
    this.service = service;
    this.whenEmpty = whenEmpty;
  }

  /** Ends of processes that were no commands. */
  UnitProcesses.Listener ofProcesses() {
    return new UnitProcesses.Listener() {
      @Override
      public void ended(int pid, ExitStatus status) {
        service.happens(new ServiceEvent.Exited(pid, status));
      }

      @Override
      public void gone() {
        whenEmpty.run();
        service.happens(new ServiceEvent.ProcessesGone());
      }

      @Override
      public void sent() {
        service.signalled();
      }
    };
  }

  Commands.Listener ofCommands() {
    return new Commands.Listener() {
      @Override
      public void started(ExecStep step, int pid) {
        service.happens(new ServiceEvent.CommandStarted(step, pid));
      }

      @Override
      public void failed(ExecStep step, ExitStatus status) {
        service.happens(
            status.equals(ExitStatus.UNKNOWN)
                ? new ServiceEvent.NoResources(step)
                : new ServiceEvent.CommandFailed(step, status));
      }

      @Override
      public void ended(int pid, ExitStatus status) {
        service.happens(new ServiceEvent.Exited(pid, status));
      }
    };
  }

  MainSearch.Listener ofSearch() {
    return new MainSearch.Listener() {
      @Override
      public void found(int pid) {
        service.happens(new ServiceEvent.MainFound(pid));
      }

      @Override
      public void unknown() {
        service.happens(new ServiceEvent.MainUnknown());
      }

      @Override
      public void none() {
        service.happens(new ServiceEvent.ProcessesGone());
      }
    };
  }
}
