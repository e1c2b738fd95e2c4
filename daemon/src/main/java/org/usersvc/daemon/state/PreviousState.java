package org.usersvc.daemon.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of an earlier daemon. Immutable.
 *
 * @param earlier whether there was one that did not come to its regular end
 * @param complete whether only the last moment may be missing
 * @param processes in the order in which they were opened
 * @param sessions oldest first
 * @param byHand changes of the environment by command; null for unset
 * @param lastSession the highest id that a session has had
 * @param unsettled {@link #SETTLED} if unrecorded processes are younger than all recorded ones;
 *     else they were started at that time or later, in clock ticks since boot: that daemon had not
 *     taken everything over yet
 */
public record PreviousState(
    boolean earlier,
    boolean complete,
    List<RecordedProcess> processes,
    List<RecordedSession> sessions,
    Map<String, @Nullable String> byHand,
    int lastSession,
    long unsettled) {
  /** An earlier daemon did not come to its regular end, and left no records. */
  public static final PreviousState LOST =
      new PreviousState(true, false, List.of(), List.of(), Map.of(), 0, 0);

  /** All was taken over. */
  public static final long SETTLED = -1;

  /** No earlier daemon, or one that came to its regular end. */
  public static final PreviousState NOTHING =
      new PreviousState(false, true, List.of(), List.of(), Map.of(), 0, SETTLED);
}
