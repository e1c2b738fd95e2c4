package org.usersvc.systemd.load;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitFile;

/** Reads files of units, and never waits for one. <b>Loop thread only.</b> */
public final class UnitText {
  /** A link to it disables what it is named after. */
  public static final String NOTHING = "/dev/null";

  /** The longest file, in bytes. */
  public static final int LONGEST = UnitFile.LARGEST;

  /** What a path leads to. */
  public enum Kind {
    MISSING,
    MASK,
    TEXT,
    OTHER
  }

  /**
   * What is known of a file before it is read.
   *
   * @param written the last change of its content in nanoseconds since 1970, 0 if there is none
   * @param changed the last change of its content, or of anything else about it
   */
  public record Seen(Kind kind, long size, long written, long changed) {}

  private static final Seen MISSING = new Seen(Kind.MISSING, 0, 0, 0);

  private final FileSystem files;

  public UnitText(FileSystem files) {
    this.files = files;
  }

  /** Looks at a file through links; an empty file and a link to {@link #NOTHING} are masks. */
  public Seen look(String path) {
    try {
      var stat = files.stat(FileSystem.ABSOLUTE, path);
      if (stat == null) {
        return MISSING;
      }
      return new Seen(kind(stat), stat.size(), stat.written(), stat.changed());
    } catch (FileFault ignored) { // a loop of links, a directory that may not be searched
      return MISSING;
    }
  }

  private Kind kind(FileStat stat) throws FileFault {
    return switch (stat.kind()) {
      case REGULAR -> stat.size() == 0 ? Kind.MASK : Kind.TEXT;
      case OTHER -> isNothing(stat) ? Kind.MASK : Kind.OTHER;
      case DIRECTORY, FIFO, LINK -> Kind.OTHER;
    };
  }

  private boolean isNothing(FileStat stat) throws FileFault {
    var nothing = files.stat(FileSystem.ABSOLUTE, NOTHING);
    return nothing != null && nothing.id().equals(stat.id());
  }

  /** Whether a link or an empty file disables what the path is the name of. */
  public boolean isMask(String path) {
    return isMask(path, look(path));
  }

  /** The same for a file that was looked at. */
  boolean isMask(String path, Seen seen) {
    return switch (seen.kind()) {
      case MASK -> true;
      case TEXT -> false;
      case MISSING, OTHER -> NOTHING.equals(link(path));
    };
  }

  /** Where a link leads, as it is written; null for what is none. */
  public @Nullable String link(String path) {
    try {
      return files.readLink(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // no link
      return null;
    }
  }

  /**
   * The content of a file.
   *
   * @throws UnreadableException if it is no regular file, too long, or cannot be read
   */
  public SourceFile read(String path) throws UnreadableException {
    return read(path, look(path));
  }

  /** The same for a file that was looked at. */
  SourceFile read(String path, Seen seen) throws UnreadableException {
    if (seen.kind() == Kind.MISSING) {
      throw new UnreadableException(path, "there is no such file");
    }
    if (seen.kind() == Kind.OTHER) {
      throw new UnreadableException(path, "this is no regular file");
    }
    if (seen.size() > LONGEST) {
      throw new UnreadableException(path, "the file is longer than " + LONGEST + " bytes");
    }
    try {
      byte[] bytes = files.read(FileSystem.ABSOLUTE, path, LONGEST);
      return new SourceFile(UnitFile.read(path, bytes), bytes.length, seen.written());
    } catch (FileFault fault) {
      throw new UnreadableException(path, String.valueOf(fault.getMessage()));
    }
  }
}
