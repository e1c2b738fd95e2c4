package org.usersvc.systemd.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/** What doors can ask of the units. <b>Loop thread only.</b> */
public interface Manager {
  /** A unit that is known, by any of its names; nothing is read for it. */
  Optional<UnitRecord> find(UnitName name);

  /**
   * A unit, read if it is not known. Never fails: {@link UnitRecord#unit} says what became of
   * reading it.
   */
  UnitRecord load(UnitName name);

  /**
   * Something else than a unit file has this name now, or has it no longer: reads the unit, unless
   * it runs.
   */
  void look(UnitName name);

  /** All units that are known, in the order of their names. */
  List<UnitRecord> units();

  /** The units that have a relation, in both directions complete, whichever file says it. */
  Collection<UnitName> related(UnitName unit, Relation relation);

  /** All jobs by their ids. */
  Collection<Job> jobs();

  /** A job that is queued. */
  Optional<Job> job(int id);

  /** The job of a unit. */
  Optional<Job> jobOf(UnitName unit);

  /** The queued jobs that have to end before a job can run. */
  Collection<Job> before(Job job);

  /** The queued jobs that wait for the end of a job. */
  Collection<Job> after(Job job);

  /**
   * Requests a job. A file that is new is seen without {@link #reload}.
   *
   * @param type any; {@link JobType#preferringReload} is up to the caller
   */
  Asked ask(JobType type, UnitName unit, JobMode mode);

  /** As {@link #ask}, but a unit that can be reloaded is reloaded in place of a restart. */
  Asked askPreferringReload(JobType type, UnitName unit, JobMode mode);

  /**
   * Requests the start of a unit that another one triggers, as a socket does: {@code
   * RefuseManualStart=} does not forbid it. Not to be called from orders of a controller.
   */
  default Asked trigger(UnitName unit) {
    return ask(JobType.START, unit, JobMode.REPLACE);
  }

  /**
   * Makes a unit from a text that lasts until it is forgotten, and starts it.
   *
   * @param unit its name and text
   * @param auxiliary other units made with it that are not started
   * @param prepare is given the unit before it is started, to add what no file can say
   */
  Asked startTransient(
      Transient unit, List<Transient> auxiliary, JobMode mode, Consumer<UnitRecord> prepare);

  /**
   * Writes settings of a unit into drop-ins, and reads the unit anew. Those of a transient unit go
   * with it.
   *
   * @param isRuntime whether they last until the last logout only
   * @param texts by the names of properties, each as a unit file has it; later ones count
   * @return why that is impossible; empty: it is done
   */
  Optional<Refusal> set(UnitRecord unit, boolean isRuntime, Map<String, String> texts);

  /** Cancels a job; false if there is none of that id. */
  boolean cancel(int id);

  /** Cancels all jobs. */
  void cancelAll();

  /** Makes a failed unit inactive and lets it start again at once. */
  void resetFailed(UnitRecord unit);

  /** The same for all units. */
  void resetAllFailed();

  /**
   * Reads all files anew, in pieces; what runs goes on.
   *
   * @param done run afterwards
   */
  void reload(Runnable done);

  /**
   * Runs an action as soon as units are read with all that they name: at once if they are. Else
   * they are read in pieces. Actions run in the order in which they came, also those of {@link
   * #reload}.
   *
   * @param units those that the action will load; none, if it only is to come after what came
   *     before
   */
  void whenRead(Collection<UnitName> units, Runnable action);

  /** Keeps a unit from being forgotten until {@link #release}; calls are counted. */
  void hold(UnitRecord unit);

  /** Ends one {@link #hold}. */
  void release(UnitRecord unit);

  /** Notifies a listener of all that happens, until the end. */
  void subscribe(News news);

  /**
   * Stops all units in their order and refuses what would start one. Called once.
   *
   * @param done to be run when no unit runs any more
   */
  void stopAll(Runnable done);

  /** Kills what {@link #stopAll} waits for. */
  void hurry();

  /**
   * A unit without a file of somebody.
   *
   * @param text as a unit file has it
   */
  record Transient(UnitName name, String text) {}
}
