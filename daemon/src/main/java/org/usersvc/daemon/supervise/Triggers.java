package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.trigger.StartTimes;
import org.usersvc.daemon.trigger.Subject;
import org.usersvc.daemon.trigger.Timekeeper;
import org.usersvc.daemon.trigger.Timetable;
import org.usersvc.daemon.trigger.WatchedPaths;

/**
 * Starts one service at its times ({@code schedule}) and when its paths change ({@code watch}).
 * Most services have neither. <b>Loop thread only.</b>
 */
final class Triggers implements Subject {
  private final ServiceProcess run;
  private final Timekeeper keeper;
  private @Nullable Timetable times;
  private @Nullable WatchedPaths paths;

  /** Whether a path has changed while it runs: it is run again after its end. */
  private boolean again;

  private boolean ended;

  Triggers(ServiceProcess run, Timekeeper keeper) {
    this.run = run;
    this.keeper = keeper;
  }

  /** Follows the definition that was read last. */
  void follow(Timetable.Beginning beginning) {
    var definition = run.definition().triggers();
    if (ended || run.isLogger()) {
      return;
    }
    if (times == null && definition.schedule() != null) {
      times = keeper.timetable(this);
    }
    if (times != null) {
      times.follow(definition.schedule(), beginning);
    }
    if (paths == null && !definition.watch().isEmpty()) {
      paths = keeper.paths(this);
    }
    if (paths != null) {
      paths.follow(absolute(definition.watch()));
    }
  }

  private List<String> absolute(List<String> named) {
    String own = run.directoryPath();
    String home = run.parts().environment().now().value("HOME");
    return own == null
        ? List.of()
        : named.stream().map(path -> RunPlace.path(path, own, home)).toList();
  }

  /** The phase is another one now. */
  void moved(Phase before) {
    boolean runs = run.state().phase() instanceof Phase.Running;
    boolean ran = before instanceof Phase.Running;
    if (runs != ran && times != null) {
      if (runs) {
        times.started();
      } else {
        times.ended(run.history().lastExit());
      }
    }
    if (runs && !ran) {
      follow(Timetable.Beginning.LATER); // the definition was read for this start
    }
    if (again && isAtRest()) {
      again = false;
      run.afterwards(this::startByChange);
    }
  }

  /** Something was mounted, or changes were lost. */
  void lookAgain() {
    if (paths != null) {
      paths.lookAgain();
    }
  }

  StartTimes times() {
    return times == null ? StartTimes.NONE : times;
  }

  /** It is to end: nothing starts it any more. */
  void end() {
    ended = true;
    again = false;
    if (times != null) {
      times.end();
    }
    if (paths != null) {
      paths.end();
    }
  }

  @Override
  public String name() {
    return run.name();
  }

  @Override
  public String nativeName() {
    return run.nativeName();
  }

  @Override
  public boolean startByTime() {
    if (!isAtRest()) {
      return false;
    }
    start();
    return true;
  }

  private boolean isAtRest() {
    return switch (run.state().phase()) {
      case Phase.Down _, Phase.Incomplete _, Phase.Completed _ -> true;
      case Phase.Waiting _, Phase.BackingOff _, Phase.Settling _, Phase.Preparing _ -> false;
      case Phase.Starting _, Phase.Running _, Phase.FinishStarting _ -> false;
      case Phase.Finishing _, Phase.Gone _ -> false;
    };
  }

  /** TERM undoes a oneshot that has run, and it runs again. */
  private void start() {
    boolean completed = run.state().phase() instanceof Phase.Completed;
    run.command(completed ? Command.TERM : Command.UP);
  }

  /** A longrun is restarted; what runs to its end is run again after that. */
  @Override
  public void startByChange() {
    if (ended) {
      return;
    }
    switch (run.state().phase()) {
      case Phase.Down _, Phase.Incomplete _, Phase.Completed _ -> start();
      case Phase.BackingOff _ -> run.command(Command.UP);
      case Phase.Running _ when staysUp() -> run.command("tc");
      case Phase.Running _, Phase.FinishStarting _, Phase.Finishing _ -> again = true;
      // its start is at hand
      case Phase.Waiting _, Phase.Settling _, Phase.Preparing _, Phase.Starting _ -> {}
      case Phase.Gone _ -> {}
    }
  }

  private boolean staysUp() {
    var definition = run.definition();
    return !definition.oneshot() && !definition.isScheduled() && run.state().wanted() == Wanted.UP;
  }

  @Override
  public Duration untilStart() {
    var history = run.history();
    return history.starts() == 0 ? Duration.ZERO : history.untilNextStart();
  }

  @Override
  public void changed() {
    run.changed();
  }
}
