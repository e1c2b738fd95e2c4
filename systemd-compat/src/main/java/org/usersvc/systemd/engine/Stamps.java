package org.usersvc.systemd.engine;

import java.time.Instant;
import java.util.Optional;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.unit.ActiveState;

/**
 * When a unit came into and out of states, each the last time. Immutable.
 *
 * @param stateChange of its active state
 */
public record Stamps(
    Optional<Stamp> inactiveExit,
    Optional<Stamp> activeEnter,
    Optional<Stamp> activeExit,
    Optional<Stamp> inactiveEnter,
    Optional<Stamp> stateChange) {
  /** Nothing has happened yet. */
  public static final Stamps NONE =
      new Stamps(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A moment by both clocks. Immutable.
   *
   * @param nanos of the monotonic clock
   */
  public record Stamp(Instant wall, long nanos) {
    private static final int PARTS = 3;

    /**
     * The moment that a text of a record is.
     *
     * @throws RecordFault if it is none
     */
    public static Stamp parse(String text) throws RecordFault {
      var parts = text.split(":", -1);
      if (parts.length != PARTS) {
        throw new RecordFault("has a damaged moment");
      }
      var wall =
          Instant.ofEpochSecond(
              Fields.number("a moment", parts[0]), Fields.number("a moment", parts[1]));
      return new Stamp(wall, Fields.number("a moment", parts[2]));
    }

    /** The text for a record: seconds and nanoseconds of the day's clock, and the other clock. */
    public String text() {
      return wall.getEpochSecond() + ":" + wall.getNano() + ":" + nanos;
    }

    /** The present moment. */
    public static Stamp of(Clock clock) {
      return new Stamp(clock.wall(), clock.nanos());
    }
  }

  /** The stamps after a change of the active state; the same for one that stays as it was. */
  public Stamps after(ActiveState from, ActiveState to, Stamp now) {
    boolean wasDown = from.isInactiveOrFailed();
    boolean isDown = to.isInactiveOrFailed();
    var moment = Optional.of(now);
    return new Stamps(
        wasDown && !isDown ? moment : inactiveExit,
        !from.isActive() && to.isActive() ? moment : activeEnter,
        from.isActive() && !to.isActive() ? moment : activeExit,
        !wasDown && isDown ? moment : inactiveEnter,
        from == to ? stateChange : moment);
  }
}
