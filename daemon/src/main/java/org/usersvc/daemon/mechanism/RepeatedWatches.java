package org.usersvc.daemon.mechanism;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.PathWatches;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.scan.PathWatch;

/** The {@link PathWatches} of the daemon: follows a path anew after each change of it. */
public final class RepeatedWatches implements PathWatches {
  private final Function<Runnable, PathWatch> maker;
  private final Consumer<String> warn;

  /** Watches that have ended and can be used again: their makers never forget one. */
  private final Queue<Watch> free = new ArrayDeque<>();

  /**
   * @param maker makes a watch that runs that action
   * @param warn called with a line for the user
   */
  public RepeatedWatches(Function<Runnable, PathWatch> maker, Consumer<String> warn) {
    this.maker = maker;
    this.warn = warn;
  }

  @Override
  public Runnable watch(String path, boolean into, Runnable onChange) {
    var found = free.poll();
    var watch = found == null ? new Watch() : found;
    var task = new Task(path, into, onChange);
    watch.begin(task);
    return () -> watch.end(task);
  }

  /** One path to be watched; each is another one. */
  private static final class Task {
    private final String path;
    private final boolean into;
    private final Runnable onChange;

    Task(String path, boolean into, Runnable onChange) {
      this.path = path;
      this.into = into;
      this.onChange = onChange;
    }
  }

  private final class Watch {
    private final PathWatch watch = maker.apply(this::changed);
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

    private void changed() {
      var now = task;
      if (now != null) {
        follow(now);
        now.onChange.run();
      }
    }

    private void follow(Task now) {
      try {
        if (now.into) {
          watch.followInto(now.path);
        } else {
          watch.follow(now.path);
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
