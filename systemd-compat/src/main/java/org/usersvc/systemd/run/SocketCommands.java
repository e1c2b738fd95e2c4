package org.usersvc.systemd.run;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.UnitPlaces.Log;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.listen.UnitCommands;
import org.usersvc.systemd.prepare.CommandOrder;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.syntax.UnitName;

/** The commands of one socket unit, as processes. <b>Loop thread only.</b> */
public final class SocketCommands implements UnitCommands {
  private final String unit;
  private final Workplace place;
  private final Listener listener;
  private final Gate gate = new Gate();
  private final UnitProcesses processes;
  private final Commands commands;

  /** Open from the first command until no process is left. */
  private @Nullable Log log;

  /** The command that runs; 0 if there is none. */
  private int pid;

  /** Whether a command was ordered that has not begun to run. */
  private boolean awaited;

  /** Begins without any process. */
  public SocketCommands(UnitName unit, Workplace place, Listener listener) {
    this.unit = unit.toString();
    this.place = place;
    this.listener = listener;
    processes =
        new UnitProcesses(
            place, (table, known) -> place.claims().without(table.of(known), table), new Ends());
    commands = new Commands(this.unit, place, processes, new Executions());
  }

  @Override
  public void run(Order order) {
    pid = 0;
    awaited = true;
    processes.begin(order.invocation());
    var key = new Commands.Key(order.step(), 0);
    commands.run(key, order.command(), Slot.CONTROL, gate, () -> composed(order));
  }

  private CommandOrder composed(Order order) {
    var variables = new ServiceVariables(order.invocation(), place.self());
    variables.passed(order.passed());
    return new CommandOrder(
        order.command(),
        order.exec(),
        variables.values(),
        variables.pidNames(),
        openLog(),
        order.passed());
  }

  /** The pipe of the log; -1 if it cannot be opened. */
  private int openLog() {
    try {
      if (log == null) {
        log = place.mechanisms().places().log(unit, LogFormat.SVLOGD);
      }
      return log.descriptor();
    } catch (FileFault fault) {
      place.warn().accept(unit + ": " + fault.getMessage());
      return -1;
    }
  }

  private void closeLog() {
    if (log != null && !awaited) {
      log.end(() -> {});
      log = null;
    }
  }

  @Override
  public void abandon(boolean kill) {
    commands.abandon(Slot.CONTROL, kill);
    pid = 0;
    awaited = false;
  }

  @Override
  public boolean signal(boolean all, List<Signal> signals) {
    if (!all) {
      processes.signal(pid, signals);
      return pid != 0;
    }
    boolean some = !processes.isEmpty();
    if (some) {
      gate.hold();
      processes.signalAll(signals, Set.of(), gate::release);
    }
    return some;
  }

  /** Ends of processes that commands have left. */
  private final class Ends implements UnitProcesses.Listener {
    @Override
    public void ended(int process, ExitStatus status) {
      // none of them is waited for
    }

    @Override
    public void gone() {
      closeLog();
    }
  }

  private final class Executions implements Commands.Listener {
    @Override
    public void started(ExecStep step, int process) {
      pid = process;
      awaited = false;
      listener.started(step, process);
    }

    @Override
    public void failed(ExecStep step, ExitStatus status) {
      awaited = false;
      processes.look();
      listener.failed(step, status);
    }

    @Override
    public void ended(int process, ExitStatus status) {
      if (process == pid) {
        pid = 0;
        listener.ended(process, status);
      }
    }
  }
}
