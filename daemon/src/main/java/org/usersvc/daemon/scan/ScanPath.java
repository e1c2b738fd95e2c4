package org.usersvc.daemon.scan;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.Platform;

/**
 * The path of the scan directory and the directory that it leads to. A directory that is made,
 * replaced or re-pointed is taken up at once. While the path leads nowhere, the old directory stays
 * in use.
 */
public final class ScanPath {
  private static final int NONE = -1;

  private final Platform platform;
  private final WatchTable watchTable;
  private final PathWatch way;
  private String path;
  private int descriptor = NONE;
  private @Nullable ServiceId id;
  private WatchTable.@Nullable Interest entries;
  private @Nullable String complaint;

  /**
   * @param onChange run when the path may lead elsewhere
   */
  ScanPath(Platform platform, WatchTable watchTable, String path, Runnable onChange) {
    this.platform = platform;
    this.watchTable = watchTable;
    this.path = path;
    this.way = new PathWatch(platform.files(), watchTable, onChange);
  }

  /** The open directory; negative before there was one. */
  public int descriptor() {
    return descriptor;
  }

  public boolean isOpen() {
    return descriptor != NONE;
  }

  /** The reason why the path cannot be followed now, null if it can. */
  public @Nullable String complaint() {
    return complaint;
  }

  /** Uses another path from now on; if the path is a link, the link is re-pointed instead. */
  public void point(String target) throws FileFault {
    var files = platform.files();
    int fresh = files.openDirectory(FileSystem.ABSOLUTE, target);
    files.close(fresh);
    var self = files.linkStat(FileSystem.ABSOLUTE, path);
    if (self != null && self.kind() == FileStat.Kind.LINK) {
      files.remove(FileSystem.ABSOLUTE, path + ".new");
      files.makeLink(target, FileSystem.ABSOLUTE, path + ".new");
      files.rename(FileSystem.ABSOLUTE, path + ".new", path);
    } else {
      path = target;
    }
  }

  /**
   * Follows the path again.
   *
   * @param taker called with the names of changed entries
   */
  void follow(java.util.function.Consumer<String> taker) {
    String old = complaint;
    try {
      way.follow(path);
      open(taker);
      complaint = null;
    } catch (FileFault fault) {
      complaint = fault.getMessage() + remedy(fault);
    }
    if (complaint != null && !complaint.equals(old)) {
      platform.messages().warn(complaint);
    }
  }

  private static String remedy(FileFault fault) {
    return fault.errno().is(Errno.EACCES)
        ? "; chmod u+rx it, then usersvc rescan"
        : "; make it a directory of services (mkdir) to have it taken up";
  }

  private void open(java.util.function.Consumer<String> taker) throws FileFault {
    int fresh = platform.files().openDirectory(FileSystem.ABSOLUTE, path);
    boolean taken = false;
    try {
      var freshId = platform.files().stat(fresh).id();
      if (!freshId.equals(id)) {
        var freshEntries = watchTable.add(fresh, taker);
        close();
        descriptor = fresh;
        id = freshId;
        entries = freshEntries;
        taken = true;
      }
    } finally {
      if (!taken) {
        platform.files().close(fresh);
      }
    }
  }

  private void close() {
    if (entries != null) {
      watchTable.remove(entries);
    }
    if (descriptor != NONE) {
      platform.files().close(descriptor);
    }
  }

  @Override
  public String toString() {
    return NativeText.printable(path);
  }

  /** The name of an existing entry, null if the path does not name one. */
  public @Nullable String nameOf(@Nullable String path) {
    String own = platform.files().pathOf(descriptor());
    if (path == null || own == null || !path.startsWith(own + "/")) {
      return null;
    }
    String name = path.substring(own.length() + 1);
    boolean isEntry = !name.startsWith(".") && name.indexOf('/') < 0;
    return isEntry ? name : null;
  }

  /** Whether a directory of that name or absolute path is there. */
  public boolean leadsToDirectory(String name) {
    try {
      var found =
          platform.files().stat(name.startsWith("/") ? FileSystem.ABSOLUTE : descriptor, name);
      return found != null && found.isDirectory();
    } catch (FileFault ignored) { // an unreadable path counts as absent
      return false;
    }
  }
}
