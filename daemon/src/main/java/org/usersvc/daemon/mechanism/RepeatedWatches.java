package org.usersvc.daemon.mechanism;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.PathWatches;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.scan.PathWatch;

/** The {@link PathWatches} of the daemon: follows a path anew after each change of it. */
public final class RepeatedWatches implements PathWatches {
  /** Makes watches. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes one.
     *
     * @param onWay what it runs if something changes on the way to a path
     * @param onContent what it runs if something changes there
     */
    PathWatch make(Runnable onWay, Runnable onContent);
  }

  private final Maker maker;
  private final Consumer<String> warn;

  /** Watches that have ended and can be used again: their makers never forget one. */
  private final Queue<Watch> free = new ArrayDeque<>();

  /**
   * @param warn called with a line for the user
   */
  public RepeatedWatches(Maker maker, Consumer<String> warn) {
    this.maker = maker;
    this.warn = warn;
  }

  @Override
  public Runnable watch(String path, boolean into, Runnable onChange) {
    return begin(new Task(path, into ? Reach.ENTRIES : Reach.PATH, _ -> onChange.run()));
  }

  @Override
  public Runnable watchContent(String path, boolean everyWrite, Listener listener) {
    return begin(new Task(path, everyWrite ? Reach.WRITES : Reach.ENTRIES, listener));
  }

  private Runnable begin(Task task) {
    var found = free.poll();
    var watch = found == null ? new Watch() : found;
    watch.begin(task);
    return () -> watch.end(task);
  }

  /** What matters. */
  private enum Reach {
    PATH,
    ENTRIES,
    WRITES
  }

  /** One path to be watched; each is another one. */
  private static final class Task {
    private final String path;
    private final Reach reach;
    private final Listener listener;

    Task(String path, Reach reach, Listener listener) {
      this.path = path;
      this.reach = reach;
      this.listener = listener;
    }
  }

  private final class Watch {
    private final PathWatch watch = maker.make(() -> changed(false), () -> changed(true));
    private @Nullable Task task;
    private boolean failed;

    void begin(Task begun) {
      task = begun;
      failed = false;
      follow(begun);
    }

    void end(Task ended) {
      if (task == ended) {
        task = null;
        watch.forget();
        free.add(this);
      }
    }

    private void changed(boolean content) {
      var now = task;
      if (now != null) {
        follow(now);
        now.listener.changed(content);
      }
    }

    private void follow(Task now) {
      try {
        switch (now.reach) {
          case PATH -> watch.follow(now.path);
          case ENTRIES -> watch.followInto(now.path);
          case WRITES -> watch.followInto(now.path, true);
        }
        failed = false;
      } catch (FileFault fault) {
        if (!failed) {
          warn.accept(fault.getMessage() + "; changes of " + now.path + " are not noticed");
        }
        failed = true;
      }
    }
  }
}
