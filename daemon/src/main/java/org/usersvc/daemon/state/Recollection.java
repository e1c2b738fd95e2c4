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
 */
public record Recollection(
    boolean earlier,
    boolean complete,
    List<ProcessMemory> processes,
    List<SessionMemory> sessions,
    Map<String, @Nullable String> byHand,
    int lastSession) {
  /** No earlier daemon, or one that came to its regular end. */
  public static final Recollection NOTHING =
      new Recollection(false, true, List.of(), List.of(), Map.of(), 0);
}
