package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.Watches;

/** Who wants to know of changes in which directory; the kernel has one watch for each. */
final class WatchTable {
  /** One interest in one directory. */
  record Interest(int watch, Consumer<String> taker) {}

  private final Map<Integer, List<Interest>> interests = new HashMap<>();
  private final List<Runnable> whenLost = new ArrayList<>();
  private final Watches watches;

  WatchTable(Watches watches) {
    this.watches = watches;
  }

  /** Tells of changes as soon as they come in, from now on. */
  void begin(Platform platform) {
    platform.loop().onReadable(watches.descriptor(), () -> ready(platform.messages()));
  }

  private void ready(Messages messages) {
    try {
      drain();
    } catch (FileFault fault) {
      messages.warn(fault.getMessage() + ", scanning all");
      lookAtAll();
    }
  }

  /** Tells the taker the name of each entry that changes; the empty name is the directory's own. */
  Interest add(int directory, Consumer<String> taker) throws FileFault {
    return enter(new Interest(watches.add(directory), taker));
  }

  /** As {@link #add}, and tells only of entries that are removed. */
  Interest addForRemoval(int directory, Consumer<String> taker) throws FileFault {
    return enter(new Interest(watches.addForRemoval(directory), taker));
  }

  private Interest enter(Interest interest) {
    interests.computeIfAbsent(interest.watch(), watch -> new ArrayList<>(1)).add(interest);
    return interest;
  }

  void remove(Interest interest) {
    var others = interests.get(interest.watch());
    if (others != null && others.remove(interest) && others.isEmpty()) {
      interests.remove(interest.watch());
      watches.remove(interest.watch());
    }
  }

  /** Runs the action when the kernel has dropped changes. */
  void onLoss(Runnable action) {
    whenLost.add(action);
  }

  /** Everything has to be looked at: changes were lost, or something was mounted. */
  void lookAtAll() {
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
      List.copyOf(takers).forEach(interest -> interest.taker().accept(change.name()));
    }
  }
}
