package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.state.ProcessIdentity;

/** Watches for the end of processes that end sessions. <b>Loop thread only.</b> */
final class EndWatches {
  private final Map<Integer, Watched> sessions = new HashMap<>();
  private final Map<Integer, List<Watch>> watches = new HashMap<>();
  private final Processes processes;
  private final FileSystem files;

  /**
   * A session, and the processes whose end ends it.
   *
   * @param companion the other such process; {@link ProcessIdentity#NONE} if there is none
   */
  record Watched(int session, ProcessIdentity leader, ProcessIdentity companion) {}

  /** The watch of one process. */
  private static final class Watch {
    private @Nullable Runnable off;

    void end() {
      if (off != null) {
        off.run();
      }
    }
  }

  EndWatches(Processes processes, FileSystem files) {
    this.processes = processes;
    this.files = files;
  }

  /**
   * Begins to watch for the end of these processes.
   *
   * @param onEnd called with the session and the reason
   * @return false if one of them has ended
   */
  boolean begin(Watched watched, BiConsumer<Integer, String> onEnd) {
    int id = watched.session();
    watches.put(id, new ArrayList<>());
    boolean lives =
        watch(watched.leader(), id, () -> onEnd.accept(id, "its leader has ended"))
            && (watched.companion().isNone()
                || watch(
                    watched.companion(), id, () -> onEnd.accept(id, "what began it has ended")));
    if (lives) {
      sessions.put(id, watched);
    } else {
      end(id);
    }
    return lives;
  }

  private boolean watch(ProcessIdentity process, int id, Runnable onEnd) {
    var watch = new Watch();
    watch.off =
        processes.onEndOf(
            process.pid(),
            (_, _) -> {
              watch.off = null; // it has ended by itself
              onEnd.run();
            });
    watches.getOrDefault(id, new ArrayList<>()).add(watch);
    return watch.off != null && process.isThere(files);
  }

  /** Ends the watches of a session. */
  void end(int session) {
    sessions.remove(session);
    var gone = watches.remove(session);
    if (gone != null) {
      gone.forEach(Watch::end);
    }
  }

  /** The other process whose end ends a session; {@link ProcessIdentity#NONE} if there is none. */
  ProcessIdentity companionOf(int session) {
    var watched = sessions.get(session);
    return watched == null ? ProcessIdentity.NONE : watched.companion();
  }
}
