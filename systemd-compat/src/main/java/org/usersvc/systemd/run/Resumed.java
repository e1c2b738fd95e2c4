package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.Progress;
import org.usersvc.systemd.service.ServiceEvent;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.service.ServiceState;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.ServiceType;

/** A service of an earlier daemon: what has happened to it while no daemon lived. */
record Resumed(
    ServiceState left,
    ServiceSettings settings,
    ServiceParts parts,
    Turns turns,
    Consumer<ServiceEvent> happens) {
  /**
   * The state of a service whose processes live, and of which there is no record: it runs; a
   * oneshot is in its start.
   */
  static ServiceState unrecorded(ServiceType type, int main) {
    return new ServiceState(
        type == ServiceType.ONESHOT ? new Phase.Start(0) : new Phase.Running(),
        main == 0 ? null : new Child.Alive(main),
        null,
        null,
        ServiceResult.SUCCESS,
        Progress.READY,
        Set.of(),
        null,
        0);
  }

  /**
   * Whether the unit still has the command that the state is about.
   *
   * @throws RecordFault if it does not
   */
  void check() throws RecordFault {
    var step = left.phase().step();
    if (step != null && left.phase().command() >= settings.commands().of(step).size()) {
      throw new RecordFault("names a command that the unit lacks");
    }
  }

  /**
   * Reports as events what has happened, later in this turn.
   *
   * @param restartDue run if the restart job may not have been queued
   */
  void catchUp(Runnable restartDue) {
    turns.soon(this::tellEnds);
    if (left.phase() instanceof Phase.AutoRestartQueued) {
      turns.soon(restartDue);
    }
    if (left.main() instanceof Child.Ordered || left.control() instanceof Child.Ordered) {
      parts.processes().census(this::tellOrdered);
    } else if (!(left.phase() instanceof Phase.Down)) {
      turns.soon(parts.processes()::look);
    }
  }

  private void tellEnds() {
    for (var slot : Slot.values()) {
      int pid = left.pid(slot);
      if (pid != 0 && !parts.processes().lives(pid)) {
        happens.accept(new ServiceEvent.Exited(pid, ExitStatus.UNKNOWN));
      }
    }
    boolean searches =
        settings.type() == ServiceType.FORKING
            && left.main() == null
            && left.control() == null
            && left.phase() instanceof Phase.Starting;
    if (searches) {
      parts.search().begin(settings.main());
    }
  }

  /** A command that was ordered when the daemon ended runs, or it has not been executed. */
  private void tellOrdered(ProcessTable table, Set<Integer> found) {
    var leaders = new ArrayList<Integer>();
    for (int pid : found) {
      var entry = table.find(pid);
      boolean isOther = pid == left.pid(Slot.MAIN) || pid == left.pid(Slot.CONTROL);
      if (entry != null && entry.session() == pid && !isOther) {
        leaders.add(pid);
      }
    }
    for (var slot : Slot.values()) {
      if (left.in(slot) instanceof Child.Ordered) {
        tellOrdered(slot, leaders.isEmpty() ? 0 : leaders.removeLast());
      }
    }
    parts.processes().look();
  }

  private void tellOrdered(Slot slot, int pid) {
    var phase = left.phase().step();
    var step = slot == Slot.MAIN || phase == null ? ExecStep.START : phase;
    if (pid == 0 && step == ExecStep.START && parts.runHeldBack()) {
      return;
    } else if (pid == 0) {
      happens.accept(new ServiceEvent.CommandFailed(step, ExitStatus.UNKNOWN));
    } else {
      parts.commands().resume(slot, pid);
      happens.accept(new ServiceEvent.CommandStarted(step, pid));
    }
  }
}
