package org.usersvc.daemon.mounts;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.Watches;

/** Watches of the loop; on a mount that may hang they are set by the mount's thread. */
public final class PatientWatches implements Watches {
  private final Watches local;
  private final Supplier<Watches> others;
  private final PatientFiles files;
  private final Map<FileThread, Watches> adders = new WeakHashMap<>();

  /**
   * Watches directories that the files have opened.
   *
   * @param others sets watches of the same instance from another thread
   */
  public PatientWatches(Watches local, Supplier<Watches> others, PatientFiles files) {
    this.local = local;
    this.others = others;
    this.files = files;
  }

  @Override
  public int add(int directory) throws FileFault {
    var thread = files.threadOf(directory);
    if (thread == null) {
      return local.add(directory);
    }
    var adder = of(thread);
    return thread.call("a directory", _ -> adder.add(directory), _ -> {});
  }

  @Override
  public int addForRemoval(int directory) throws FileFault {
    var thread = files.threadOf(directory);
    if (thread == null) {
      return local.addForRemoval(directory);
    }
    var adder = of(thread);
    return thread.call("a directory", _ -> adder.addForRemoval(directory), _ -> {});
  }

  @Override
  public int addForWrites(int directory) throws FileFault {
    var thread = files.threadOf(directory);
    if (thread == null) {
      return local.addForWrites(directory);
    }
    var adder = of(thread);
    return thread.call("a directory", _ -> adder.addForWrites(directory), _ -> {});
  }

  @Override
  public int addSelf(int directory) throws FileFault {
    var thread = files.threadOf(directory);
    if (thread == null) {
      return local.addSelf(directory);
    }
    var adder = of(thread);
    return thread.call("a directory", _ -> adder.addSelf(directory), _ -> {});
  }

  /** Each thread has its own, and one call at a time. */
  private Watches of(FileThread thread) {
    return adders.computeIfAbsent(thread, _ -> others.get());
  }

  @Override
  public void remove(int watch) {
    local.remove(watch);
  }

  @Override
  public int descriptor() {
    return local.descriptor();
  }

  @Override
  public void drain(Consumer<Change> taker) throws FileFault {
    local.drain(taker);
  }
}
