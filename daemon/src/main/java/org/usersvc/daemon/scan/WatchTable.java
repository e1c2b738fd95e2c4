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
 * The interests in changes of directories; the kernel has one watch for each directory. Without a
 * watch, {@link DirectoryPoll} looks for changes. <b>Loop thread only.</b>
 */
public final class WatchTable {
  /** In place of a watch: the directory is polled, or its interest has ended. */
  private static final int NONE = -1;

  /** The changes of interest in a directory. */
  enum Kind {
    ENTRIES,
    /** As ENTRIES, and each write to one of them. */
    WRITES,
    REMOVALS,
    SELF
  }

  /** One interest in one directory. */
  public static final class Interest {
    private final Kind kind;

    /** The relevant entry; null: every one; empty: only the directory itself. */
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
    void changed(String name) {
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

  /** Reports changes as soon as they come in, from now on. */
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

  /** Ends all polling. */
  public void end() {
    poll.end();
  }

  /** Calls the taker with the name of each entry that changes, empty for the directory itself. */
  public Interest add(int directory, Consumer<String> taker) throws FileFault {
    return add(directory, new Interest(Kind.ENTRIES, null, taker));
  }

  /** Like {@link #add}, but reports only removed entries. */
  public Interest addForRemoval(int directory, Consumer<String> taker) throws FileFault {
    return add(directory, new Interest(Kind.REMOVALS, null, taker));
  }

  /** Runs the action when any entry changes, or the directory itself. */
  Interest addEntries(int directory, boolean writes, Runnable action) throws FileFault {
    return add(directory, new Interest(kind(writes), null, _ -> action.run()));
  }

  private static Kind kind(boolean writes) {
    return writes ? Kind.WRITES : Kind.ENTRIES;
  }

  /**
   * Runs the action when the entry of that name changes, or the directory itself is moved.
   *
   * @param writes whether each write to a file there is a change
   */
  Interest addEntry(int directory, String name, boolean writes, Runnable action) throws FileFault {
    return add(directory, new Interest(kind(writes), name, _ -> action.run()));
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

  /** Makes the kernel watch the directory for it. */
  void watch(int directory, Interest interest) throws FileFault {
    interest.watch =
        switch (interest.kind) {
          case ENTRIES -> watches.add(directory);
          case WRITES -> watches.addForWrites(directory);
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

  /** Changes were lost, or something was mounted: everything has to be looked at. */
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
        boolean matters = !change.isWrite() || interest.kind == Kind.WRITES;
        if (matters && interest.isWatched()) { // no earlier taker has ended it
          interest.changed(change.name());
        }
      }
    }
  }
}
