package org.usersvc.systemd.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.usersvc.systemd.syntax.UnitName;

/** The queued jobs, by id and by unit. */
final class JobTable implements QueuedJobs {
  private final Map<Integer, Job> byId = new TreeMap<>();
  private final Map<UnitName, Integer> ofUnit = new HashMap<>();
  private final Map<UnitName, Integer> nops = new HashMap<>();
  private int lastId;

  @Override
  public Optional<Job> jobOf(UnitName unit) {
    return Optional.ofNullable(ofUnit.get(unit)).map(byId::get);
  }

  /** The job with which one of that type shares its place. */
  Optional<Job> inPlaceOf(UnitName unit, JobType type) {
    return Optional.ofNullable(places(type).get(unit)).map(byId::get);
  }

  @Override
  public Collection<Job> jobs() {
    return List.copyOf(byId.values());
  }

  Optional<Job> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The type of a unit's job; {@code NOP} if it has none. */
  JobType typeOf(UnitName unit) {
    return jobOf(unit).map(Job::type).orElse(JobType.NOP);
  }

  int newId() {
    return ++lastId;
  }

  /** Adds a job or puts it in the place of the one with its id. */
  void put(Job job) {
    lastId = Math.max(lastId, job.id());
    byId.put(job.id(), job);
    places(job.type()).put(job.unit(), job.id());
  }

  void remove(Job job) {
    byId.remove(job.id());
    places(job.type()).remove(job.unit());
  }

  private Map<UnitName, Integer> places(JobType type) {
    return type == JobType.NOP ? nops : ofUnit;
  }
}
