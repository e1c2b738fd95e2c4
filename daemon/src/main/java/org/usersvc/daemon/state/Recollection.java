package org.usersvc.daemon.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier daemon has left behind. Immutable.
 *
 * @param earlier whether there was one that did not come to its regular end
 * @param complete whether nothing is missing but the last moment
 * @param processes in the order in which they were opened
 * @param sessions oldest first
 * @param byHand changes of the environment by command; null for what is unset
 * @param lastSession the highest id that a session has had
 * @param unsettled {@link #SETTLED} if what is not recorded was started after all that is; else it
 *     was started at that time or later, in clock ticks since boot: that daemon had not taken
 *     everything over yet
 */
public record Recollection(
    boolean earlier,
    boolean complete,
    List<ProcessMemory> processes,
    List<SessionMemory> sessions,
    Map<String, @Nullable String> byHand,
    int lastSession,
    long unsettled) {
  /** There was an earlier daemon that did not come to its end, and nothing is known of it. */
  public static final Recollection LOST =
      new Recollection(true, false, List.of(), List.of(), Map.of(), 0, 0);

  /** All was taken over. */
  public static final long SETTLED = -1;

  /** No earlier daemon, or one that came to its regular end. */
  public static final Recollection NOTHING =
      new Recollection(false, true, List.of(), List.of(), Map.of(), 0, SETTLED);
}
