package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/** A manager that does nothing of what it is told but to keep it. */
public final class FakeManager implements Manager {
  public final List<String> told = new ArrayList<>();

  /** Whom each relation leads to; others to a target with its first letter. */
  public final Map<Relation, List<UnitName>> relations = new EnumMap<>(Relation.class);

  public final Map<UnitName, FakeUnit> files = new HashMap<>();
  private final Map<UnitName, UnitRecord> known = new TreeMap<>();
  private final Map<Integer, Job> jobs = new TreeMap<>();
  private final List<News> news = new ArrayList<>();
  private @Nullable Refusal refusal;
  private int lastId;

  /** A unit that can be loaded. */
  public FakeUnit add(Unit unit) {
    var added = new FakeUnit(unit);
    files.put(unit.id(), added);
    return added;
  }

  /** The next request is refused. */
  public void refuseNext(Refusal reason) {
    refusal = reason;
  }

  /** A job ends. */
  public void end(int id, JobResult result) {
    var job = Objects.requireNonNull(jobs.remove(id));
    news.forEach(each -> each.jobRemoved(job, result));
  }

  /** Tells all who have subscribed. */
  public void tell(Consumer<News> what) {
    news.forEach(what);
  }

  @Override
  public Optional<UnitRecord> find(UnitName name) {
    return Optional.ofNullable(known.get(name));
  }

  @Override
  public UnitRecord load(UnitName name) {
    return known.computeIfAbsent(
        name,
        _ -> {
          var unit = files.get(name);
          return unit == null ? new FakeUnit(Unit.of(name, LoadState.NOT_FOUND)) : unit;
        });
  }

  @Override
  public void look(UnitName name) {}

  @Override
  public List<UnitRecord> units() {
    return List.copyOf(known.values());
  }

  @Override
  public Collection<UnitName> related(UnitName unit, Relation relation) {
    var other = UnitName.of(relation.name().charAt(0) + ".target");
    return relations.getOrDefault(relation, List.of(other));
  }

  @Override
  public Collection<Job> jobs() {
    return jobs.values();
  }

  @Override
  public Optional<Job> job(int id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public Optional<Job> jobOf(UnitName unit) {
    return jobs.values().stream().filter(job -> job.unit().equals(unit)).findFirst();
  }

  @Override
  public Collection<Job> before(Job job) {
    return jobs.values().stream().filter(other -> other.id() < job.id()).toList();
  }

  @Override
  public Collection<Job> after(Job job) {
    return jobs.values().stream().filter(other -> other.id() > job.id()).toList();
  }

  @Override
  public Optional<Refusal> set(UnitRecord unit, boolean isRuntime, Map<String, String> texts) {
    texts.forEach((name, text) -> told.add(name + " " + isRuntime + ": " + text));
    return Optional.empty();
  }

  @Override
  public Asked ask(JobType type, UnitName unit, JobMode mode) {
    told.add(type.word() + " " + unit + " " + mode.word());
    if (refusal != null) {
      var reason = refusal;
      refusal = null;
      return new Asked.Refused(reason);
    }
    load(unit);
    var job = new Job(++lastId, unit, type, JobState.WAITING, false, false);
    jobs.put(job.id(), job);
    news.forEach(each -> each.jobAdded(job));
    return new Asked.Queued(job);
  }

  @Override
  public Asked askPreferringReload(JobType type, UnitName unit, JobMode mode) {
    return ask(type.preferringReload(), unit, mode);
  }

  @Override
  public Asked startTransient(
      Transient unit, List<Transient> auxiliary, JobMode mode, Consumer<UnitRecord> prepare) {
    told.add("transient " + unit.name() + ": " + unit.text().replace("\n", "|"));
    auxiliary.forEach(each -> told.add("with " + each.name() + ": " + each.text()));
    prepare.accept(load(unit.name()));
    return ask(JobType.START, unit.name(), mode);
  }

  @Override
  public boolean cancel(int id) {
    told.add("cancel " + id);
    return jobs.remove(id) != null;
  }

  @Override
  public void cancelAll() {
    told.add("cancel all");
  }

  @Override
  public void resetFailed(UnitRecord unit) {
    told.add("reset " + unit.unit().id());
  }

  @Override
  public void resetAllFailed() {
    told.add("reset all");
  }

  @Override
  public void reload(Runnable done) {
    told.add("reload");
    done.run();
  }

  @Override
  public void whenRead(Collection<UnitName> units, Runnable action) {
    action.run();
  }

  @Override
  public void hold(UnitRecord unit) {
    told.add("hold " + unit.unit().id());
  }

  @Override
  public void release(UnitRecord unit) {
    told.add("release " + unit.unit().id());
  }

  @Override
  public void subscribe(News other) {
    news.add(other);
  }

  @Override
  public void stopAll(Runnable done) {
    throw new AssertionError("no door ends the manager");
  }

  @Override
  public void hurry() {
    throw new AssertionError("no door ends the manager");
  }

  /** What it was told since the last time. */
  public List<String> take() {
    var taken = List.copyOf(told);
    told.clear();
    return taken;
  }
}
