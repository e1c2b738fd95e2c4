package org.usersvc.daemon.supervise;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.os.PosixFileSystem;

/** Real watches that can be made to run out, or to lose what has happened. */
final class FakeWatches implements Watches {
  private final Watches real;
  private final FileSystem files = new PosixFileSystem();
  private final Set<String> refused = new HashSet<>();
  private final ArrayDeque<Change> keptBack = new ArrayDeque<>();
  private boolean usedUp;
  private boolean losing;
  private boolean onePerTurn;

  FakeWatches(Watches real) {
    this.real = real;
  }

  /** Has all watches fail from now on. */
  void refuseAll() {
    usedUp = true;
  }

  /** Has watches of the directory fail as if the user had too many of them. */
  void refuse(Path directory) {
    refused.add(directory.toString());
  }

  void refuseNoMore() {
    usedUp = false;
    refused.clear();
  }

  /** Has the changes that come next be lost, and told of as lost. */
  void lose() {
    losing = true;
  }

  /** Has changes come one in each turn, as if the kernel had told of each when it was read. */
  void onePerTurn() {
    onePerTurn = true;
  }

  @Override
  public int add(int directory) throws FileFault {
    check(directory);
    return real.add(directory);
  }

  @Override
  public int addSelf(int directory) throws FileFault {
    check(directory);
    return real.addSelf(directory);
  }

  private void check(int directory) throws FileFault {
    String path = String.valueOf(files.pathOf(directory));
    if (usedUp || refused.contains(path)) {
      throw new FileFault("watch", path, new Errno(Errno.ENOSPC));
    }
  }

  @Override
  public int addForWrites(int directory) throws FileFault {
    check(directory);
    return real.addForWrites(directory);
  }

  @Override
  public int addForRemoval(int directory) throws FileFault {
    check(directory);
    return real.addForRemoval(directory);
  }

  @Override
  public void remove(int watch) {
    real.remove(watch);
  }

  @Override
  public int descriptor() {
    return real.descriptor();
  }

  @Override
  public void drain(Consumer<Change> taker) throws FileFault {
    if (losing) {
      losing = false;
      real.drain(_ -> {});
      taker.accept(new Change(-1, ""));
    } else if (onePerTurn) {
      real.drain(keptBack::add);
      if (!keptBack.isEmpty()) {
        taker.accept(keptBack.remove());
      }
    } else {
      real.drain(taker);
    }
  }
}
