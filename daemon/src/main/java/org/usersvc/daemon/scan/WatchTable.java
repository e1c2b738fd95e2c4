package org.usersvc.daemon.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.platform.Platform;

/**
 * Who wants to know of changes in which directory; the kernel has one watch for each. Where it has
 * none left, {@link DirectoryPoll} looks for changes. <b>Loop thread only.</b>
 */
public final class WatchTable {
  /** In place of a watch: the directory is polled, or of no interest any more. */
  private static final int NONE = -1;

  /** What is of interest in a directory. */
  enum Kind {
    ENTRIES,
    REMOVALS,
    SELF
  }

  /** One interest in one directory. */
  public static final class Interest {
    private final Kind kind;

    /** The entry that matters; null: every one; empty: none but the directory itself. */
    private final @Nullable String only;

    private final Consumer<String> taker;
    private int watch = NONE;

    private Interest(Kind kind, @Nullable String only, Consumer<String> taker) {
      this.kind = kind;
      this.only = only;
      this.taker = taker;
    }

    Kind kind() {
      return kind;
    }

    @Nullable String only() {
      return only;
    }

    boolean isWatched() {
      return watch != NONE;
    }

    /** The empty name is the directory's own. */
    void tell(String name) {
      if (only == null || name.isEmpty() || name.equals(only)) {
        taker.accept(name);
      }
    }
  }

  private final Map<Integer, List<Interest>> interests = new HashMap<>();
  private final List<Runnable> whenLost = new ArrayList<>();
  private final Platform platform;
  private final Watches watches;
  private final DirectoryPoll poll;
  private boolean begun;
  private boolean listening;

  public WatchTable(Platform platform) {
    this.platform = platform;
    this.watches = platform.watches();
    this.poll = new DirectoryPoll(platform, this);
  }

  /** Tells of changes as soon as they come in, from now on. */
  public void begin() {
    begun = true;
    listen();
  }

  private void listen() {
    if (begun && !listening && watches.descriptor() >= 0) {
      listening = true;
      platform.loop().onReadable(watches.descriptor(), this::ready);
    }
  }

  private void ready() {
    try {
      drain();
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + ", scanning all");
      lookAtAll();
    }
  }

  /** Nothing is polled any more. */
  public void end() {
    poll.end();
  }

  /** Tells the taker the name of each entry that changes; the empty name is the directory's own. */
  public Interest add(int directory, Consumer<String> taker) throws FileFault {
    return add(directory, new Interest(Kind.ENTRIES, null, taker));
  }

  /** As {@link #add}, and tells only of entries that are removed. */
  public Interest addForRemoval(int directory, Consumer<String> taker) throws FileFault {
    return add(directory, new Interest(Kind.REMOVALS, null, taker));
  }

  /** Runs the action when the entry of that name changes, or the directory itself is moved. */
  Interest addEntry(int directory, String name, Runnable action) throws FileFault {
    return add(directory, new Interest(Kind.ENTRIES, name, _ -> action.run()));
  }

  /** Runs the action when the directory itself is moved or removed. */
  Interest addSelf(int directory, Runnable action) throws FileFault {
    return add(directory, new Interest(Kind.SELF, "", _ -> action.run()));
  }

  private Interest add(int directory, Interest interest) throws FileFault {
    try {
      watch(directory, interest);
    } catch (FileFault fault) {
      if (!fault.errno().lacksResources() && !fault.errno().lacksSpace()) {
        throw fault;
      }
      poll.add(directory, interest, fault);
    }
    return interest;
  }

  /** Has the kernel watch the directory for it. */
  void watch(int directory, Interest interest) throws FileFault {
    interest.watch =
        switch (interest.kind) {
          case ENTRIES -> watches.add(directory);
          case REMOVALS -> watches.addForRemoval(directory);
          case SELF -> watches.addSelf(directory);
        };
    interests.computeIfAbsent(interest.watch, _ -> new ArrayList<>(1)).add(interest);
    listen();
  }

  public void remove(Interest interest) {
    int watch = interest.watch;
    interest.watch = NONE;
    poll.remove(interest);
    var others = interests.get(watch);
    if (others != null && others.remove(interest) && others.isEmpty()) {
      interests.remove(watch);
      watches.remove(watch);
    }
  }

  /** Runs the action when the kernel has dropped changes. */
  public void onLoss(Runnable action) {
    whenLost.add(action);
  }

  /** Everything has to be looked at: changes were lost, or something was mounted. */
  public void lookAtAll() {
    whenLost.forEach(Runnable::run);
  }

  void drain() throws FileFault {
    watches.drain(this::deliver);
  }

  private void deliver(Watches.Change change) {
    if (change.watch() < 0) {
      lookAtAll();
      return;
    }
    var takers = interests.get(change.watch());
    if (takers != null) {
      for (var interest : List.copyOf(takers)) {
        if (interest.isWatched()) { // nobody before it has ended it
          interest.tell(change.name());
        }
      }
    }
  }
}
