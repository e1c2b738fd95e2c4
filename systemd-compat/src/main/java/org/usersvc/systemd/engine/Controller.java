package org.usersvc.systemd.engine;

import java.util.Collection;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.unit.Unit;

/**
 * Carries out what jobs order of one unit, whatever its type, and tells its {@link Reports} what
 * became of it. It is made when the unit is loaded and lives until the unit is forgotten; making
 * one costs nothing. <b>Loop thread only.</b>
 */
public interface Controller {
  /** How the unit is now. Jobs see a new state only when its report is processed. */
  UnitState state();

  /** Whether the unit can be reloaded, by its type and its settings. */
  default boolean canReload() {
    return false;
  }

  /** Whether {@code StartLimit…=} bounds the starts of units of this type. */
  default boolean isStartLimited() {
    return false;
  }

  /**
   * Starts the unit. Its conditions hold. If it is activating already, nothing changes but that the
   * job waits for the end.
   *
   * @param invocation the new id of this run of the unit, 32 hexadecimal digits; the old one if it
   *     is activating
   */
  void start(String invocation);

  /** A start comes too soon after too many others: the unit fails without a process. */
  default void refuseStart() {}

  /** The job for {@code Restart=} cannot be queued: the unit fails. */
  default void restartRefused() {}

  /** The job for {@code Restart=} has ended, and the unit did not start: it stays down. */
  default void restartFailed() {}

  /**
   * Stops the unit.
   *
   * @param restart whether it is started again after that
   */
  void stop(boolean restart);

  /** Reloads the unit; asked only if {@link #canReload}. */
  default void reload() {}

  /** Makes a failed unit inactive; one in another state stays as it is. */
  default void resetFailed() {}

  /** Sends a signal to processes of the unit. */
  default Killed kill(Who who, Signal signal) {
    return Killed.NO_PROCESSES;
  }

  /** The files of the unit were read anew; what runs goes on. */
  void adopt(Unit unit);

  /** A unit that this one triggers has another state, or a job of it has ended. */
  default void triggeredChanged(UnitRecord triggered) {}

  /** Writes what the next daemon has to know of the unit; nothing: it begins anew there. */
  default void record(Fields to) {}

  /**
   * Goes on where an earlier daemon was. Called before any order; {@link #state} is the state by
   * the record then, and what has happened meanwhile is reported later.
   *
   * @throws RecordFault if the record is damaged; nothing has changed then
   */
  default void resume(Fields from) throws RecordFault {}

  /**
   * Processes of the unit live of which there is no record: the unit has them from now on, or ends
   * them.
   *
   * @param invocation the id of the run to which they belong
   * @param leader the one that has a session of its own and no other as its parent; 0 if that is
   *     not exactly one
   * @return whether the unit goes on by that run
   */
  default boolean recover(String invocation, Collection<Integer> pids, int leader) {
    return false;
  }

  /** The unit is forgotten; it is inactive or failed. */
  default void forgotten() {}

  /** Which processes get a signal. */
  enum Who {
    MAIN,
    CONTROL,
    ALL
  }

  /** What became of a signal. */
  enum Killed {
    SENT,
    /** The unit never has a process of that kind. */
    NO_PROCESSES,
    /** The unit has no such process now. */
    NO_SUCH_PROCESS
  }
}
