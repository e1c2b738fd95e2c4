package org.usersvc.daemon.runtime;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/**
 * A socket with a name in the file system. It is made anew when its name has gone. <b>Loop thread
 * only.</b>
 */
public final class NamedSocket {
  private static final int NONE = -1;
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LAST_REST = Duration.ofSeconds(60);

  /** Makes a socket of that name, replacing any file of that name. */
  @FunctionalInterface
  public interface Maker {
    int make(String path) throws FileFault;
  }

  /**
   * Its parts.
   *
   * @param warn called with a line for the user
   */
  public record Parts(FileSystem files, EventLoop loop, Consumer<String> warn) {}

  private final Parts parts;
  private final String path;
  private final Maker maker;
  private final Runnable reader;
  private int descriptor = NONE;
  private @Nullable ServiceId bound;
  private final Alarm rest;
  private Duration nextRest = FIRST_REST;
  private boolean reading;

  /**
   * Makes no socket yet.
   *
   * @param path absolute
   * @param reader run when the socket is readable
   */
  public NamedSocket(Parts parts, String path, Maker maker, Runnable reader) {
    this.parts = parts;
    this.path = path;
    this.maker = maker;
    this.reader = reader;
    this.rest = new Alarm(parts.loop().timers());
  }

  public int descriptor() {
    return descriptor;
  }

  /**
   * Makes it if it is not there, or its name does not lead to it any more.
   *
   * @throws FileFault if it cannot be made; the old one stays
   */
  public void settle() throws FileFault {
    if (descriptor != NONE && bound != null && bound.equals(found())) {
      return;
    }
    int fresh = maker.make(path);
    boolean goesOn = reading || rest.isSet() || descriptor == NONE;
    close();
    descriptor = fresh;
    bound = found();
    read(goesOn);
  }

  private @Nullable ServiceId found() {
    try {
      var found = parts.files().linkStat(FileSystem.ABSOLUTE, path);
      return found == null ? null : found.id();
    } catch (FileFault ignored) { // its directory is not visible to us
      return null;
    }
  }

  /** Makes the reader run from now on, or not. */
  public void read(boolean on) {
    rest.clear();
    if (on != reading && descriptor != NONE) {
      reading = on;
      if (on) {
        parts.loop().onReadable(descriptor, reader);
      } else {
        parts.loop().forget(descriptor);
      }
    }
  }

  /** A read has failed: tries again after a while, and logs the first failure. */
  public void restAfter(FileFault fault) {
    if (nextRest.equals(FIRST_REST)) {
      parts.warn().accept(NativeText.printable(path) + ": " + fault.getMessage() + ", retrying");
    }
    read(false);
    rest.set(nextRest, () -> read(true));
    var twice = nextRest.multipliedBy(2);
    nextRest = twice.compareTo(LAST_REST) < 0 ? twice : LAST_REST;
  }

  /** A read has succeeded. */
  public void worked() {
    nextRest = FIRST_REST;
  }

  /** Stops listening; the name stays. */
  public void close() {
    if (descriptor != NONE) {
      read(false);
      parts.files().close(descriptor);
      descriptor = NONE;
    }
  }

  /** Like {@link #close}, and removes the name if it is still its own. */
  public void remove() {
    close();
    if (bound != null && bound.equals(found())) {
      try {
        parts.files().remove(FileSystem.ABSOLUTE, path);
      } catch (FileFault ignored) { // messages to it are lost
        bound = null;
      }
    }
  }
}
