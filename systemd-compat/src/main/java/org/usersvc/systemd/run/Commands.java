package org.usersvc.systemd.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.Execution;
import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.systemd.engine.ServiceController.Main;
import org.usersvc.systemd.engine.Stamps.Stamp;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.prepare.CommandOrder;
import org.usersvc.systemd.prepare.ExecFailure;
import org.usersvc.systemd.prepare.ExecFault;
import org.usersvc.systemd.prepare.Preparation.Prepared;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.syntax.CommandLine;

/** Executes the commands of one unit, one in each slot. <b>Loop thread only.</b> */
final class Commands {
  private final String unit;
  private final Workplace place;
  private final UnitProcesses processes;
  private final Listener listener;

  /** The commands whose end matters. */
  private final Map<Slot, Run> current = new EnumMap<>(Slot.class);

  private final Map<Key, Main> statuses = new LinkedHashMap<>();

  /** Is notified of the outcome of a command. */
  interface Listener {
    void started(ExecStep step, int pid);

    /** It cannot be executed; the status is unknown if the system lacks resources. */
    void failed(ExecStep step, ExitStatus status);

    void ended(int pid, ExitStatus status);
  }

  /** The place of a command in its unit. */
  record Key(ExecStep step, int index) {}

  /** Composes what a command is given; called when it is about to be executed. */
  @FunctionalInterface
  interface Composer {
    CommandOrder compose() throws ExecFault;
  }

  Commands(String unit, Workplace place, UnitProcesses processes, Listener listener) {
    this.unit = unit;
    this.place = place;
    this.processes = processes;
    this.listener = listener;
  }

  /** Executes a command, perhaps not before the gate is open. */
  void run(Key key, CommandLine command, Slot slot, Gate gate, Composer composer) {
    var run = new Run(key, failure -> failure.status(command));
    current.put(slot, run);
    gate.pass(() -> launch(run, composer));
  }

  private void launch(Run run, Composer composer) {
    if (run.abandoned) {
      return;
    }
    try {
      var prepared = place.preparation().prepare(composer.compose(), this::tellRefused);
      run.opened.addAll(prepared.opened());
      run.execution = launch(prepared, run);
    } catch (ExecFault fault) {
      place.warn().accept(unit + ": " + fault.getMessage());
      run.fail(fault.failure());
    }
  }

  private Execution launch(Prepared prepared, Run run) {
    return place.mechanisms().launcher().launch(prepared.launch(), run);
  }

  private void tellRefused(List<Refusal> refusals) {
    refusals.forEach(refusal -> place.warn().accept(unit + ": " + refusal.describe()));
  }

  /** Reports nothing more of the command in a slot; one that does not run yet is killed. */
  void abandon(Slot slot, boolean kill) {
    var run = current.remove(slot);
    if (run == null) {
      return;
    }
    run.abandoned = true;
    if (run.execution != null && run.pid == 0) {
      run.execution.end();
    } else if (kill) {
      processes.signal(run.pid, List.of(Signal.KILL));
    }
  }

  /** A process that an earlier daemon has begun is in a slot; others report its end. */
  void resume(Slot slot, int pid) {
    var run = new Run(new Key(ExecStep.START, 0), _ -> ExitStatus.UNKNOWN);
    run.pid = pid;
    current.put(slot, run);
  }

  /** The last execution of a command in this run of the unit. */
  Optional<Main> status(ExecStep step, int index) {
    return Optional.ofNullable(statuses.get(new Key(step, index)));
  }

  /** Forgets the executions of an earlier run of the unit. */
  void forgetStatuses() {
    statuses.clear();
  }

  private Stamp now() {
    return Stamp.of(place.mechanisms().turns().clock());
  }

  /** One execution. */
  private final class Run implements Launcher.Listener {
    private final Key key;
    private final Function<ExecFailure, ExitStatus> statusOf;
    private final List<Integer> opened = new ArrayList<>();
    private @Nullable Execution execution;
    private int pid;
    private boolean abandoned;

    Run(Key key, Function<ExecFailure, ExitStatus> statusOf) {
      this.key = key;
      this.statusOf = statusOf;
    }

    private void close() {
      opened.forEach(place.mechanisms().files()::close);
      opened.clear();
    }

    @Override
    public void started(int child) {
      close();
      pid = child;
      statuses.put(key, Main.began(child, now()));
      processes.started(child);
      if (!abandoned) {
        listener.started(key.step(), child);
      }
    }

    @Override
    public void failed(Launcher.Step step, Errno errno) {
      close();
      place.warn().accept(unit + ": " + key.step().directive() + "=: " + text(step, errno));
      fail(ExecFailure.of(step, errno));
    }

    private static String text(Launcher.Step step, Errno errno) {
      return switch (step) {
            case DIRECTORY -> "cannot enter the working directory: ";
            case INPUT -> "cannot open the standard input: ";
            case OUTPUT -> "cannot open the standard output: ";
            case ERROR -> "cannot open the standard error: ";
            case PROGRAM -> "cannot execute the program: ";
          }
          + errno.describe();
    }

    private void fail(ExecFailure failure) {
      var now = now();
      var status = statusOf.apply(failure);
      statuses.put(key, Main.began(0, now).ended(now, status));
      if (!abandoned) {
        listener.failed(key.step(), status);
      }
    }

    @Override
    public void ended(int child, ExitStatus status) {
      statuses.computeIfPresent(key, (_, before) -> before.ended(now(), status));
      processes.ended(child);
      listener.ended(child, status);
    }
  }
}
