package org.usersvc.daemon.platform;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * A FIFO of the runtime directory, open for reading and writing: a writer does not notice when the
 * daemon ends, and the next daemon finds its content.
 */
public final class Fifo {
  /** How names of FIFOs begin that are no service directory's. */
  public static final String OF_UNIT = "unit-";

  private static final int MODE = 0600;

  private final FileSystem files;
  private final String path;
  private final int descriptor;

  private Fifo(FileSystem files, String path, int descriptor) {
    this.files = files;
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Opens the FIFO of that name; makes it, or makes it anew over another file. If no name can be
   * made, it has none: it is found through a process that has it open.
   */
  public static Fifo open(Platform platform, String name) throws FileFault {
    var files = platform.files();
    String path = platform.runtime().pipes() + "/" + name;
    try {
      return new Fifo(files, path, files.openOwnFifo(FileSystem.ABSOLUTE, path, MODE));
    } catch (FileFault fault) {
      platform.runtime().tryAgain();
      return new Fifo(files, path, openNameless(platform, name, fault));
    }
  }

  private static int openNameless(Platform platform, String name, FileFault otherwise)
      throws FileFault {
    var files = platform.files();
    String path = platform.runtime().spare() + "/pipes";
    try {
      files.makeDirectory(FileSystem.ABSOLUTE, path, 0700);
      int descriptor = files.openOwnFifo(FileSystem.ABSOLUTE, path + "/" + name, MODE);
      files.remove(FileSystem.ABSOLUTE, path + "/" + name);
      return descriptor;
    } catch (FileFault ignored) { // the first fault shows what to mend
      throw otherwise;
    }
  }

  /**
   * Opens a FIFO whose name has gone.
   *
   * @param from a path that opens it
   */
  public static Fifo open(Platform platform, String name, String from) throws FileFault {
    var files = platform.files();
    String path = platform.runtime().pipes() + "/" + name;
    return new Fifo(files, path, files.openFifo(FileSystem.ABSOLUTE, from));
  }

  /** Discards the content of the FIFO of that name. */
  public static void discard(Platform platform, String name) throws FileFault {
    platform.files().remove(FileSystem.ABSOLUTE, platform.runtime().pipes() + "/" + name);
  }

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public int descriptor() {
    return descriptor;
  }

  /** Closes and removes it; its content is lost unless a reader still has it open. */
  public void remove() {
    files.close(descriptor);
    try {
      files.remove(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // the next one of that name is made anew
      return;
    }
  }
}
