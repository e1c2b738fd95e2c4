package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/**
 * inotify(7). A directory is named by its descriptor, so that a rename cannot interfere. The number
 * of instances per user is limited; without one, each watch tries again to get it.
 */
public final class InotifyWatches implements Watches {
  private static final Libc.Function INIT = function("inotify_init1");
  private static final Libc.Function ADD = function("inotify_add_watch");
  private static final Libc.Function REMOVE = function("inotify_rm_watch");
  private static final Libc.Function READ = function("read");
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int MODIFY = 0x2;
  private static final int ATTRIB = 0x4;
  private static final int CLOSE_WRITE = 0x8;
  private static final int MOVED_FROM = 0x40;
  private static final int MOVED_TO = 0x80;
  private static final int CREATE = 0x100;
  private static final int DELETE = 0x200;
  private static final int DELETE_SELF = 0x400;
  private static final int MOVE_SELF = 0x800;
  private static final int OVERFLOW = 0x4000;
  private static final int IGNORED = 0x8000;
  private static final int ONLYDIR = 0x01000000;
  private static final int MASK_ADD = 0x20000000;

  /** A watch that is shared keeps the events of its other users. */
  private static final int SELF = DELETE_SELF | MOVE_SELF | ONLYDIR | MASK_ADD;

  private static final int MASK =
      ATTRIB | CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | SELF;

  private static final int BLOCK = 16 * 1024;

  private final Libc libc = new Libc();
  private final Scratch names = new Scratch(64);
  private final Scratch scratch = new Scratch(BLOCK);
  private int descriptor;

  public InotifyWatches() {
    this.descriptor = libc.call(INIT, CLOEXEC | NONBLOCK);
  }

  private InotifyWatches(int descriptor) {
    this.descriptor = descriptor;
  }

  /** The same instance, for another thread that sets watches. */
  public Watches forOtherThread() {
    return new InotifyWatches(descriptor);
  }

  @Override
  public int add(int directory) throws FileFault {
    return add(directory, MASK);
  }

  @Override
  public int addForRemoval(int directory) throws FileFault {
    return add(directory, DELETE | ONLYDIR | MASK_ADD);
  }

  @Override
  public int addForWrites(int directory) throws FileFault {
    return add(directory, MASK | MODIFY);
  }

  @Override
  public int addSelf(int directory) throws FileFault {
    return add(directory, SELF);
  }

  private int add(int directory, int mask) throws FileFault {
    if (descriptor < 0) {
      descriptor = libc.call(INIT, CLOEXEC | NONBLOCK);
    }
    if (descriptor < 0) {
      throw libc.fault("make", "an inotify instance");
    }
    String path = "/proc/self/fd/" + directory;
    int watch = libc.call(ADD, descriptor, names.reset().path(path), mask);
    if (watch < 0) {
      var errno = new Errno(libc.errno());
      throw new FileFault("watch", target(path), errno);
    }
    return watch;
  }

  private static String target(String path) {
    try {
      return Files.readSymbolicLink(Path.of(path)).toString();
    } catch (IOException ignored) { // the link only makes the message better
      return path;
    }
  }

  @Override
  public void remove(int watch) {
    libc.call(REMOVE, descriptor, watch);
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public void drain(Consumer<Change> taker) throws FileFault {
    long buffer = scratch.reset().take(BLOCK);
    int length = libc.call(READ, descriptor, buffer, BLOCK);
    if (length < 0 && libc.errno() != Errno.EAGAIN) {
      throw libc.fault("read", "inotify");
    }
    int at = 0;
    while (at < length) {
      int nameLength = scratch.getInt(buffer + at + 12);
      var change = change(buffer + at, nameLength);
      at += 16 + nameLength;
      if (change != null) {
        taker.accept(change);
      }
    }
  }

  private @org.jspecify.annotations.Nullable Change change(long event, int nameLength) {
    int mask = scratch.getInt(event + 4);
    if ((mask & OVERFLOW) != 0) {
      return new Change(-1, "");
    }
    if ((mask & IGNORED) != 0) {
      return null;
    }
    long name = event + 16;
    int length = scratch.lengthAt(name, nameLength);
    String entry = NativeText.decode(scratch.bytes(name, length));
    return new Change(scratch.getInt(event), entry, (mask & MODIFY) != 0);
  }
}
