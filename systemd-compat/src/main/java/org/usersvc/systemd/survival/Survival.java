package org.usersvc.systemd.survival;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.run.Claims;
import org.usersvc.systemd.syntax.UnitName;

/** Lets units outlive the daemon, in both directions. <b>Loop thread only.</b> */
public final class Survival {
  private final Engine engine;
  private final Mechanisms mechanisms;
  private final UnitIndex index;
  private final Consumer<String> warn;
  private final Strays strays;
  private final Set<UnitName> named = new LinkedHashSet<>();
  private final Set<UnitName> resumed = new LinkedHashSet<>();

  /**
   * Takes nothing over yet.
   *
   * @param index the names of units
   * @param claims which processes scopes have taken in
   * @param own whether a process is of this daemon's units, and not of another one's
   * @param warn logs a line about records that cannot be used
   */
  public Survival(
      Engine engine,
      Mechanisms mechanisms,
      UnitIndex index,
      Claims claims,
      IntPredicate own,
      Consumer<String> warn) {
    this.engine = engine;
    this.mechanisms = mechanisms;
    this.index = index;
    this.warn = warn;
    this.strays =
        new Strays(engine, mechanisms.processes(), this::names, claims::without, own, warn);
  }

  /** Whether an earlier daemon has left units or their directories. */
  public static boolean isNeeded(Mechanisms mechanisms) {
    return mechanisms.records().all().keySet().stream().anyMatch(Survival::isOurs)
        || !mechanisms.places().left().isEmpty();
  }

  private static boolean isOurs(String key) {
    return key.startsWith(Memory.UNIT) || key.startsWith(Memory.JOB);
  }

  /**
   * Takes over what an earlier daemon has left, and keeps records from now on. To be called once,
   * when all types of units can run, and before the first request. If something is left, requests
   * are carried out when all processes are found.
   */
  public void begin() {
    boolean isLeft = isNeeded(mechanisms);
    if (isLeft) {
      engine.takeover().hold();
    }
    var memory = new Memory(engine, mechanisms.records(), mechanisms.turns());
    resumeUnits();
    engine.takeover().resume(resumeJobs());
    engine.manager().subscribe(memory);
    named.forEach(memory::touch);
    mechanisms
        .census()
        .ask(table -> {
          strays.look(table);
          mechanisms.places().settle();
          if (isLeft) {
            engine.takeover().proceed();
          }
        });
  }

  private Map<String, String> take(String prefix) {
    var found = new LinkedHashMap<String, String>();
    mechanisms
        .records()
        .all()
        .forEach((key, text) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), text);
          }
        });
    return found;
  }

  private void resumeUnits() {
    take(Memory.UNIT)
        .forEach((name, text) -> {
          try {
            resumeUnit(RecordTexts.name(name), text);
          } catch (RecordFault fault) {
            damaged(Memory.UNIT + name, fault);
          }
        });
  }

  private void resumeUnit(UnitName name, String text) throws RecordFault {
    named.add(name);
    var unit = engine.takeover().load(name);
    var fields = Fields.parse(text);
    engine.takeover().resume(name, RecordTexts.readHistory(fields), fields);
    var own = new Fields();
    unit.controller().record(own);
    if (!own.isEmpty()) { // others do not know what was ordered
      resumed.add(name);
    }
  }

  private List<Job> resumeJobs() {
    var jobs = new ArrayList<Job>();
    take(Memory.JOB)
        .forEach((id, text) -> {
          try {
            var number = (int) Fields.number("its id", id);
            jobs.add(inOrder(RecordTexts.readJob(number, Fields.parse(text))));
          } catch (RecordFault fault) {
            damaged(Memory.JOB + id, fault);
          }
        });
    return jobs;
  }

  /** A job whose unit begins anew begins anew, too. */
  private Job inOrder(Job job) {
    boolean goesOn = job.state() == JobState.WAITING || resumed.contains(job.unit());
    return goesOn
        ? job
        : new Job(
            job.id(),
            job.unit(),
            job.type(),
            JobState.WAITING,
            job.irreversible(),
            job.ignoresOrder());
  }

  private void damaged(String key, RecordFault fault) {
    warn.accept("the record of " + key + " " + fault.getMessage() + ", ignoring it");
    mechanisms.records().remove(key);
  }

  /** All names of units that may have processes. */
  private Collection<UnitName> names() {
    var all = new LinkedHashSet<>(named);
    mechanisms.places().left().forEach(name -> UnitName.parse(name).ifPresent(all::add));
    index.refresh();
    all.addAll(index.entries().keySet());
    return all;
  }
}
