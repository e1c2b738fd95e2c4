package org.usersvc.systemd.view;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.ServiceType;
import org.usersvc.systemd.unit.Settings;

/**
 * A unit as doors command it. Two of the same name are equal: the engine may forget a unit and load
 * it again while a client waits for it. <b>Loop thread only.</b>
 */
final class UnitService implements Commanded {
  private final UnitName id;
  private final Surroundings surroundings;
  private UnitFacts last;

  UnitService(Surroundings surroundings, UnitFacts facts) {
    this.id = facts.unit().unit().id();
    this.surroundings = surroundings;
    this.last = facts;
  }

  UnitName id() {
    return id;
  }

  /** What is known of it; what was known last, if the engine has forgotten it since. */
  private UnitFacts facts() {
    last = surroundings.facts(id, last);
    return last;
  }

  @Override
  public ServiceView view() {
    return new UnitView(facts(), surroundings);
  }

  @Override
  public void command(String letters) {
    facts().command();
    int next = 0;
    while (next < letters.length()) {
      if (letters.startsWith("tcu", next)) {
        ask(JobType.RESTART);
        next += 3;
      } else if (letters.startsWith("tc", next)) {
        ask(JobType.TRY_RESTART);
        next += 2;
      } else {
        command(letters.charAt(next));
        next++;
      }
    }
  }

  private void command(char letter) {
    switch (letter) {
      case 'u', 'o' -> ask(JobType.START);
      case 'd', 'x' -> ask(JobType.STOP);
      case 'h' -> hangUp();
      default -> {
        var signal = signal(letter);
        if (signal != null) {
          signal(signal);
        }
      }
    }
  }

  private static @Nullable Signal signal(char letter) {
    return switch (letter) {
      case 't' -> Signal.TERM;
      case 'k' -> Signal.KILL;
      case 'p' -> Signal.STOP;
      case 'c' -> Signal.CONT;
      case 'a' -> Signal.ALRM;
      case 'i' -> Signal.INT;
      case 'q' -> Signal.QUIT;
      case '1' -> Signal.USR1;
      case '2' -> Signal.USR2;
      default -> null;
    };
  }

  private void hangUp() {
    if (facts().unit().controller().canReload()) {
      ask(JobType.RELOAD);
    } else {
      signal(Signal.HUP);
    }
  }

  private void ask(JobType type) {
    switch (surroundings.manager().ask(type, id, JobMode.REPLACE)) {
      case Asked.Queued _ -> facts(); // those of this job, which may be over before the next look
      case Asked.Refused(var reason) -> {
        facts().refused(reason.message());
        surroundings.changed(id);
      }
    }
  }

  private void signal(Signal signal) {
    var controller = facts().unit().controller();
    var killed = controller.kill(Controller.Who.MAIN, signal);
    if (killed != Controller.Killed.SENT) {
      killed = controller.kill(Controller.Who.ALL, signal);
    }
    if (killed == Controller.Killed.SENT) {
      facts().signalled(signal);
      surroundings.changed(id);
    }
  }

  @Override
  public void kill() {
    facts().unit().controller().kill(Controller.Who.ALL, Signal.KILL);
  }

  @Override
  public void afterwards(Runnable action) {
    surroundings.mechanisms().turns().soon(action);
  }

  @Override
  public boolean reached(Goal goal, long startsBefore) {
    var facts = facts();
    boolean settled = facts.job().isEmpty();
    boolean isNew = facts.starts() > startsBefore;
    return settled
        && switch (goal) {
          case NONE, CHECKED -> true;
          case UP -> facts.isUp() || hasRun(facts, isNew);
          case ONCE -> facts.isUp() || isNew;
          case RESTARTED -> facts.isUp() ? isNew : facts.isIdle();
          case DOWN, GONE -> facts.isIdle();
        };
  }

  /** A oneshot is down again when it is done. */
  private static boolean hasRun(UnitFacts facts, boolean isNew) {
    return isNew
        && facts.isIdle()
        && facts.unit().state().active() == ActiveState.INACTIVE
        && facts.unit().unit().settings() instanceof Settings.Service service
        && service.own().type() == ServiceType.ONESHOT;
  }

  @Override
  public boolean lost(Goal goal, long startsBefore) {
    var facts = facts();
    boolean isRefused = facts.refusal() != null;
    boolean isNew = facts.starts() > startsBefore;
    boolean hasFailed = facts.unit().state().active() == ActiveState.FAILED;
    return switch (goal) {
      case NONE -> false;
      case UP ->
          facts.isIdle() && (isRefused || isNew || facts.startFailed()) && !hasRun(facts, isNew);
      case ONCE -> facts.isIdle() && (isRefused || facts.startFailed()) && !isNew;
      case RESTARTED ->
          isRefused
              || (facts.isIdle()
                  && ((isNew && hasFailed) || facts.startFailed())
                  && !hasRun(facts, isNew));
      case CHECKED, DOWN, GONE -> isRefused;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnitService service && service.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
