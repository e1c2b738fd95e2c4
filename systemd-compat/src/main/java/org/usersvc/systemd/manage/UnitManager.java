package org.usersvc.systemd.manage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobQueue;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;

/** The one implementation of {@link Manager}. */
final class UnitManager implements Manager {
  private final Units units;
  private final Jobs jobs;
  private final WrittenFiles written;
  private final NewsList news;
  private final ReadAhead ahead;
  private final Runnable wake;
  private @Nullable Runnable stopped;

  /** Those that {@link #stopAll} has asked to stop, as long as they are not at rest. */
  private final Set<KnownUnit> asked = new HashSet<>();

  UnitManager(
      Units units, Jobs jobs, WrittenFiles written, NewsList news, Turns turns, Runnable wake) {
    this.units = units;
    this.jobs = jobs;
    this.written = written;
    this.news = news;
    this.wake = wake;
    ahead = new ReadAhead(units, turns, name -> units.find(name).ifPresent(this::consider));
  }

  private JobQueue queue() {
    return jobs.queue();
  }

  @Override
  public Optional<UnitRecord> find(UnitName name) {
    return units.find(name).map(unit -> unit);
  }

  @Override
  public UnitRecord load(UnitName name) {
    units.refresh();
    var unit = units.load(name);
    consider(unit);
    return unit;
  }

  @Override
  public void look(UnitName name) {
    units.look(name);
    consider(units.load(name));
  }

  @Override
  public List<UnitRecord> units() {
    return List.copyOf(units.all());
  }

  @Override
  public Collection<UnitName> related(UnitName unit, Relation relation) {
    return units.related(unit, relation);
  }

  @Override
  public Collection<Job> jobs() {
    return queue().jobs();
  }

  @Override
  public Optional<Job> job(int id) {
    return queue().find(id);
  }

  @Override
  public Optional<Job> jobOf(UnitName unit) {
    return units.find(unit).flatMap(found -> queue().jobOf(found.id()));
  }

  @Override
  public Collection<Job> before(Job job) {
    return queue().before(job);
  }

  @Override
  public Collection<Job> after(Job job) {
    return queue().after(job);
  }

  @Override
  public Asked ask(JobType type, UnitName unit, JobMode mode) {
    if (unit.isTemplate()) {
      return new Asked.Refused(new Refusal.NoInstance(unit));
    }
    units.refresh();
    return ask(type, units.load(unit), mode);
  }

  private Asked ask(JobType type, KnownUnit unit, JobMode mode) {
    if (units.find(unit.id()).isEmpty()) {
      return new Asked.Refused(new Refusal.TooManyUnits(unit.id()));
    }
    return ask(JobRequest.manual(type, unit.id(), mode));
  }

  private Asked ask(JobRequest request) {
    jobs.catchUp();
    var asked = jobs.ask(request);
    wake.run();
    return asked;
  }

  @Override
  public Asked trigger(UnitName unit) {
    units.refresh();
    var loaded = units.load(unit);
    return ask(JobRequest.own(JobType.START, loaded.id(), JobMode.REPLACE));
  }

  @Override
  public Asked askPreferringReload(JobType type, UnitName unit, JobMode mode) {
    if (unit.isTemplate()) {
      return new Asked.Refused(new Refusal.NoInstance(unit));
    }
    units.refresh();
    var loaded = units.load(unit);
    boolean canReload = loaded.controller().canReload();
    return ask(canReload ? type.preferringReload() : type, loaded, mode);
  }

  @Override
  public Asked startTransient(
      Transient unit, List<Transient> auxiliary, JobMode mode, Consumer<UnitRecord> prepare) {
    units.refresh();
    var all = new ArrayList<>(auxiliary);
    all.add(unit);
    for (var each : all) {
      var refusal = refusal(each.name());
      if (refusal.isPresent()) {
        return new Asked.Refused(refusal.get());
      }
    }
    for (var each : all) {
      try {
        written.write(each.name(), each.text());
      } catch (FileFault fault) {
        String why = String.valueOf(fault.getMessage());
        return new Asked.Refused(new Refusal.NotWritten(each.name(), why));
      }
    }
    auxiliary.forEach(each -> made(each.name()));
    var made = made(unit.name());
    if (made.unit().loadState() == LoadState.ERROR) {
      return new Asked.Refused(new Refusal.TooManyUnits(unit.name()));
    }
    prepare.accept(made);
    return ask(JobType.START, made, mode);
  }

  private Optional<Refusal> refusal(UnitName name) {
    if (name.isTemplate()) {
      return Optional.of(new Refusal.NoInstance(name));
    }
    var unit = units.load(name);
    if (units.find(name).isEmpty()) {
      return Optional.of(new Refusal.TooManyUnits(name));
    }
    consider(unit);
    boolean isFree =
        unit.unit().origin().fragment() == null
            && (unit.unit().loadState() == LoadState.NOT_FOUND || needsNoFile(unit))
            && unit.state().active().isInactiveOrFailed()
            && queue().jobOf(unit.id()).isEmpty();
    return isFree ? Optional.empty() : Optional.of(new Refusal.Exists(name));
  }

  private static boolean needsNoFile(KnownUnit unit) {
    return switch (unit.id().type()) {
      case SLICE -> unit.unit().loadState() == LoadState.LOADED;
      case SERVICE, SCOPE, SOCKET, TARGET, TIMER, PATH, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
    };
  }

  private KnownUnit made(UnitName name) {
    var unit = units.load(name);
    units.reload(unit);
    consider(unit);
    return unit;
  }

  @Override
  public Optional<Refusal> set(UnitRecord record, boolean isRuntime, Map<String, String> texts) {
    var unit = units.load(record.unit().id());
    try {
      written.write(unit, isRuntime, texts);
    } catch (FileFault fault) {
      return Optional.of(new Refusal.NotWritten(unit.id(), String.valueOf(fault.getMessage())));
    }
    units.reload(unit);
    news.unitChanged(unit);
    consider(unit);
    return Optional.empty();
  }

  @Override
  public boolean cancel(int id) {
    boolean isQueued = queue().find(id).isPresent();
    jobs.catchUp();
    queue().cancel(id);
    wake.run();
    return isQueued;
  }

  @Override
  public void cancelAll() {
    jobs.catchUp();
    queue().cancelAll();
    wake.run();
  }

  @Override
  public void resetFailed(UnitRecord record) {
    units.find(record.unit().id()).ifPresent(this::resetFailed);
  }

  private void resetFailed(KnownUnit unit) {
    unit.starts().reset();
    unit.controller().resetFailed();
    consider(unit);
  }

  @Override
  public void resetAllFailed() {
    units.all().forEach(this::resetFailed);
  }

  @Override
  public void whenRead(Collection<UnitName> names, Runnable action) {
    ahead.after(names, action);
  }

  @Override
  public void reload(Runnable done) {
    news.reloading(true);
    ahead.again(() -> {
      jobs.catchUp();
      jobs.aftermath().related(units.units());
      units.all().forEach(this::consider);
      units.all().forEach(news::unitChanged);
      news.reloading(false);
      done.run();
    });
  }

  private void consider(KnownUnit unit) {
    jobs.collector().consider(unit.id());
    wake.run();
  }

  @Override
  public void hold(UnitRecord record) {
    units.find(record.unit().id()).ifPresent(KnownUnit::hold);
  }

  @Override
  public void release(UnitRecord record) {
    units
        .find(record.unit().id())
        .ifPresent(unit -> {
          unit.release();
          consider(unit);
        });
  }

  @Override
  public void subscribe(News listener) {
    news.add(listener);
  }

  @Override
  public void stopAll(Runnable done) {
    stopped = done;
    jobs.catchUp();
    queue().cancelAll();
    jobs.beginStopping();
    rest();
    wake.run();
  }

  /** What is no unit's of ours is left to the daemon, also if it becomes known only now. */
  private boolean isAtRest(KnownUnit unit) {
    return unit.isForeign()
        || (unit.state().active().isInactiveOrFailed() && queue().jobOf(unit.id()).isEmpty());
  }

  @Override
  public void hurry() {
    for (var unit : units.all()) {
      if (!unit.state().active().isInactiveOrFailed()) {
        unit.controller().kill(Controller.Who.ALL, Signal.KILL);
      }
    }
    finish();
  }

  /**
   * Nothing is left to do for now: goes on with {@link #stopAll}. A unit may come up without a job
   * meanwhile, as those of a bus do that is found only now.
   *
   * @return whether there is something to do again
   */
  boolean rest() {
    if (stopped == null) {
      return false;
    }
    var left = units.all().stream().filter(unit -> !isAtRest(unit)).toList();
    asked.retainAll(left);
    var fresh = left.stream().filter(asked::add).toList();
    for (var unit : fresh) {
      jobs.ask(JobRequest.own(JobType.STOP, unit.id(), JobMode.REPLACE_IRREVERSIBLY));
    }
    if (left.isEmpty()) {
      finish();
    }
    return left.isEmpty() || !fresh.isEmpty();
  }

  private void finish() {
    var done = stopped;
    stopped = null;
    if (done != null) {
      done.run();
    }
  }
}
