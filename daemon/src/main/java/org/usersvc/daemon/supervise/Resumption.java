package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Backoff;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Effect;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Lifecycle;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.state.RecordedProcess.Past;

/**
 * Puts one process into the state in which an earlier daemon has left it. Living processes are not
 * touched; the end of the others happens now.
 */
public final class Resumption {
  private final ServiceProcess process;
  private final EffectPerformer performer;
  private final Circumstances found;

  /** The facts about the earlier daemon and its legacy. */
  public interface Circumstances {
    /** Whether the earlier daemon did not end, but executed this one in its own process. */
    boolean isGoingOn();

    /** Whether a FIFO of that name was there when the daemon began. */
    boolean hasPipe(String name);

    Instant now();

    /** When the process was started. */
    Instant startOf(ProcessIdentity process);

    /** The environment that a process was started with, null if it cannot be read. */
    @Nullable Environment environmentOf(int pid);

    /** Gives it the waiting letters as soon as all its dependents are open. */
    void commandLater(ServiceProcess process, String letters);
  }

  public Resumption(ServiceProcess process, Circumstances found) {
    this.process = process;
    this.performer = process.parts().performer();
    this.found = found;
  }

  /** Resumes a living run or finish; false, with nothing done, if it has ended. */
  public boolean goesOn(RecordedProcess memory) {
    var identity = memory.living().process();
    if (!adopt(memory.state().phase(), identity)) {
      return false;
    }
    restore(memory, found.environmentOf(identity.pid()));
    enter(memory.state());
    goOn(memory.state().phase());
    resumeScript(memory);
    return true;
  }

  private boolean adopt(Phase phase, ProcessIdentity identity) {
    return switch (phase) {
      case Phase.Running _ -> performer.adoptRun(identity);
      case Phase.Finishing _ -> performer.adoptFinish(identity);
      case Phase.Down _, Phase.Incomplete _, Phase.Waiting _, Phase.Preparing _ -> false;
      case Phase.Starting _, Phase.Completed _, Phase.FinishStarting _ -> false;
      case Phase.BackingOff _, Phase.Settling _, Phase.Gone _ -> false;
    };
  }

  private void goOn(Phase phase) {
    if (phase instanceof Phase.Running running) {
      process.parts().readiness().resume(process.definition(), running.ready());
    }
    Lifecycle.resume(process.state(), process.rules()).forEach(performer::perform);
  }

  /** Takes a process that was not recorded as its own. */
  public void take(Strays.Stray stray, @Nullable RecordedProcess memory) {
    var identity = stray.identity();
    int pid = identity.pid();
    boolean lives = stray.finish() ? performer.adoptFinish(identity) : performer.adoptRun(identity);
    boolean ready = !found.hasPipe(process.keyText() + "-ready");
    var phase =
        stray.finish()
            ? new Phase.Finishing(pid, Next.AGAIN)
            : new Phase.Running(pid, false, ready);
    process.history().restore(past(memory, found.startOf(identity)));
    given(found.environmentOf(pid), Map.of());
    enter(state(memory, phase));
    if (lives) {
      goOn(phase);
    } else {
      end(phase);
    }
  }

  private static Past past(@Nullable RecordedProcess memory, Instant since) {
    if (memory == null) {
      return new Past(since, since, 1, 0, null, null, null);
    }
    var past = memory.past();
    return new Past(since, since, past.starts() + 1, past.deaths(), past.lastExit(), null, null);
  }

  private ServiceState state(@Nullable RecordedProcess memory, Phase phase) {
    var wanted = memory == null ? freshlyWanted() : memory.state().wanted();
    int quickDeaths = memory == null ? 0 : memory.state().quickDeaths();
    return new ServiceState(phase, wanted, false, null, quickDeaths);
  }

  /** All its processes have ended; the next step comes now. */
  public void hasEnded(RecordedProcess memory) {
    restore(memory, null);
    enter(memory.state());
    var restartAt = memory.past().restartAt();
    if (process.state().phase().isDelayed() && restartAt != null) {
      performer.perform(new Effect.ArmRestart(untilRestart(restartAt)));
    } else {
      end(process.state().phase());
    }
    resumeScript(memory);
  }

  /** Ends another process that was found to be a copy of run. */
  public void endCopy(int pid) {
    process.parts().group().end(pid);
  }

  private void end(Phase phase) {
    switch (phase) {
      case Phase.Running running ->
          process.parts().runEnd().ended(running.pid(), ExitStatus.UNKNOWN);
      case Phase.Finishing _ -> process.feed(new Event.FinishEnded(false));
      case Phase.Completed _ when process.state().wanted() == Wanted.UP -> {}
      case Phase.Preparing _ -> {} // the end of its control script is reported next
      case Phase.Down _, Phase.Incomplete _, Phase.Waiting _, Phase.Starting _ -> begin();
      case Phase.Completed _, Phase.FinishStarting _, Phase.Gone _ -> begin();
      case Phase.BackingOff _, Phase.Settling _ -> begin();
    }
  }

  private void begin() {
    if (process.state().wanted() == Wanted.UP) {
      process.feed(new Event.Asked(Command.UP));
    }
  }

  private void restore(RecordedProcess memory, @Nullable Environment given) {
    process.history().restore(memory.past());
    process.parts().group().resume(memory.living().lastRun());
    found.commandLater(process, memory.letters());
    given(given, memory.needs());
  }

  private void given(@Nullable Environment given, Map<String, @Nullable String> needs) {
    process.parts().environment().resume(given, needs);
  }

  /** An exit, or the end of the daemon, does not bind the next daemon. */
  private void enter(ServiceState left) {
    var wanted = left.wanted().leaves() && !found.isGoingOn() ? freshlyWanted() : left.wanted();
    boolean idle =
        switch (left.phase()) {
          case Phase.BackingOff _, Phase.Settling _ -> wanted != Wanted.UP;
          case Phase.Preparing _ -> left.script() == null;
          case Phase.Starting _, Phase.FinishStarting _, Phase.Gone _ -> true;
          case Phase.Down _, Phase.Incomplete _, Phase.Waiting _, Phase.Running _ -> false;
          case Phase.Completed _, Phase.Finishing _ -> false;
        };
    var phase = idle ? new Phase.Down() : left.phase();
    process.resume(
        new ServiceState(phase, wanted, left.paused(), left.script(), left.quickDeaths()));
  }

  /** The wall clock may have been set meanwhile. */
  private Duration untilRestart(Instant restartAt) {
    var left = Duration.between(found.now(), restartAt);
    var longest = Backoff.delay(Math.max(1, process.state().quickDeaths()));
    return left.isNegative() ? Duration.ZERO : left.compareTo(longest) > 0 ? longest : left;
  }

  private Wanted freshlyWanted() {
    return process.directory().isDown() ? Wanted.DOWN : Wanted.UP;
  }

  private void resumeScript(RecordedProcess memory) {
    var command = memory.state().script();
    if (command != null && !performer.scripts().adopt(command, memory.living().script())) {
      process.feed(new Event.ScriptEnded(false));
    }
  }
}
