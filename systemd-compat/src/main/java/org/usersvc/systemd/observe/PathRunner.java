package org.usersvc.systemd.observe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.PathController;
import org.usersvc.systemd.engine.RateLimit;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.Triggering;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.path.PathEffect;
import org.usersvc.systemd.path.PathEvent;
import org.usersvc.systemd.path.PathEvent.Sight;
import org.usersvc.systemd.path.PathMachine;
import org.usersvc.systemd.path.PathResult;
import org.usersvc.systemd.path.PathState;
import org.usersvc.systemd.path.PathState.Phase;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.Unit;

/** One path unit at run time. <b>Loop thread only.</b> */
public final class PathRunner implements PathController {
  private final Workplace place;
  private final UnitName id;
  private final Reports reports;
  private final Triggering triggering;
  private final RateLimit triggers = new RateLimit();
  private final EventQueue<PathEvent> events = new EventQueue<>(this::step);
  private @Nullable PathSettings settings;
  private List<Lookout> lookouts = List.of();
  private PathState state = PathState.INITIAL;
  private int watches;

  /** A unit that was not started yet. */
  public PathRunner(Unit unit, Reports reports, Workplace place) {
    this.place = place;
    this.id = unit.id();
    this.reports = reports;
    this.triggering = new Triggering(unit::id, place.manager(), place.warn());
    read(unit);
  }

  /** One that cannot be read any more keeps what it was. */
  private void read(Unit unit) {
    if (unit.loadState() == LoadState.LOADED && unit.settings() instanceof PathSettings read) {
      settings = read;
    }
  }

  @Override
  public UnitState state() {
    return UnitState.of(state.phase());
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String invocation) {
    handle(new PathEvent.StartAsked(isImpossible()));
  }

  private boolean isImpossible() {
    return settings == null || triggering.isImpossible(settings.unit());
  }

  @Override
  public void refuseStart() {
    handle(new PathEvent.StartLimited());
  }

  @Override
  public void stop(boolean restart) {
    handle(new PathEvent.StopAsked());
  }

  @Override
  public void resetFailed() {
    triggers.reset();
    handle(new PathEvent.ResetFailed());
  }

  @Override
  public void adopt(Unit unit) {
    read(unit);
    handle(new PathEvent.Reread());
  }

  @Override
  public void triggeredChanged(UnitRecord unit) {
    if (settings == null || !unit.unit().names().contains(settings.unit())) {
      return;
    }
    if (Triggering.isLimited(unit)) {
      handle(new PathEvent.UnitLimited());
    } else if (triggering.isSettled(unit)) {
      handle(unit.state().isDown() ? new PathEvent.UnitDown() : new PathEvent.UnitUp());
    }
  }

  @Override
  public void record(Fields to) {
    to.put("phase", state.phase()).put("result", state.result());
    to.putAll("existed", lookouts.stream().map(each -> each.existed() ? "yes" : "no").toList());
  }

  /** What has changed while no daemon lived is seen if a path has come or gone. */
  @Override
  public void resume(Fields from) throws RecordFault {
    state =
        new PathState(
            from.constant(Phase.class, "phase"), from.constant(PathResult.class, "result"));
    if (state.phase() == Phase.WAITING) {
      watch();
      var existed = from.words("existed");
      for (int i = 0; i < Math.min(existed.size(), lookouts.size()); i++) {
        lookouts.get(i).resume(existed.get(i).equals("yes"));
      }
    } else if (state.phase() == Phase.RUNNING) {
      place.mechanisms().turns().atEnd(this::review);
    }
  }

  /** The unit may have ended while no daemon lived. */
  private void review() {
    if (settings != null) {
      triggeredChanged(place.manager().load(settings.unit()));
    }
  }

  @Override
  public void forgotten() {
    unwatch();
  }

  @Override
  public String result() {
    return state.result().word();
  }

  private void handle(PathEvent event) {
    events.add(event);
  }

  private void step(PathEvent event) {
    var step = PathMachine.step(state, event);
    state = step.next();
    step.effects().forEach(this::perform);
  }

  private void perform(PathEffect effect) {
    switch (effect) {
      case PathEffect.MakeDirectories _ -> makeDirectories();
      case PathEffect.Watch _ -> watch();
      case PathEffect.Unwatch _ -> unwatch();
      case PathEffect.Trigger _ -> trigger();
      case PathEffect.Entered(var phase) -> reports.changed(UnitState.of(phase));
      case PathEffect.Finished(var request, var result) -> reports.finished(request, result);
    }
  }

  private void makeDirectories() {
    if (settings != null && settings.makesDirectory()) {
      int mode = settings.directoryMode();
      settings.watches().forEach(each -> new Lookout(place, each).makeDirectory(mode));
    }
  }

  private void watch() {
    unwatch();
    if (settings == null) {
      return;
    }
    var all = new ArrayList<Lookout>();
    settings.watches().forEach(each -> all.add(new Lookout(place, each)));
    lookouts = List.copyOf(all);
    lookouts.forEach(each -> each.begin(this::look));
    int begun = watches;
    place
        .mechanisms()
        .turns()
        .soon(() -> {
          if (watches == begun) {
            look(false);
          }
        });
  }

  private void unwatch() {
    watches++;
    lookouts.forEach(Lookout::end);
  }

  /** Looks at all paths; an occasion of its own is that something there was changed. */
  private void look(boolean changed) {
    if (settings != null && state.phase() == Phase.WAITING) {
      boolean occasion = changed;
      for (var lookout : lookouts) {
        occasion |= lookout.isOccasion();
      }
      handle(new PathEvent.Looked(sight(occasion, settings)));
    }
  }

  private Sight sight(boolean occasion, PathSettings own) {
    var unit = place.manager().find(own.unit());
    if (unit.isPresent() && !unit.get().state().isDown()) {
      return Sight.RUNS;
    }
    if (!occasion) {
      return Sight.NOTHING;
    }
    if (place.manager().jobOf(id).filter(job -> job.type() == JobType.STOP).isPresent()) {
      return Sight.STOPPING;
    }
    long now = place.mechanisms().turns().clock().nanos();
    return triggers.take(now, own.triggerLimit()) ? Sight.OCCASION : Sight.LIMITED;
  }

  private void trigger() {
    if (settings != null && !triggering.start(settings.unit())) {
      handle(new PathEvent.TriggerRefused());
    }
  }
}
