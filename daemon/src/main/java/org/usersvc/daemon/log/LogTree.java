package org.usersvc.daemon.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;

/**
 * All log directories of this user: their root, the limits they share, and what goes first where
 * there is too much. <b>Logger's thread only.</b>
 */
final class LogTree {
  private static final int PRIVATE = 0700;
  private static final int CONFIG_LIMIT = 64 * 1024;
  private static final int LABEL_FILE = 27;

  /** A file that was {@code current} once. */
  private record Rotated(String directory, String name, long size) {
    String path() {
      return directory + "/" + name;
    }
  }

  private final FileSystem files;
  private final String root;
  private final Consumer<String> warn;
  private @Nullable LogLimits defaults;

  /** The bytes of all logs, too many rather than too few; -1: not counted yet. */
  private long known = -1;

  /**
   * @param root absolute path of the directory that holds a directory for each service
   */
  LogTree(FileSystem files, String root, Consumer<String> warn) {
    this.files = files;
    this.root = root;
    this.warn = warn;
  }

  /** The path of the directory of that name, which exists from now on. */
  String makeDirectory(String name) throws FileFault {
    String path = root + "/" + name;
    if (files.stat(FileSystem.ABSOLUTE, path) == null) {
      for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
        makeOne(path.substring(0, end));
      }
      makeOne(path);
    }
    return path;
  }

  private void makeOne(String path) throws FileFault {
    if (files.stat(FileSystem.ABSOLUTE, path) == null) {
      files.makeDirectory(FileSystem.ABSOLUTE, path, PRIVATE);
    }
  }

  /** The path of the newest file of that directory. */
  String current(String name) {
    return root + "/" + name + "/current";
  }

  /** What holds for that directory; its file is read anew each time. */
  LogLimits limits(String directory) {
    return read(directory + "/config", defaults(), warn);
  }

  private LogLimits defaults() {
    if (defaults == null) {
      defaults = read(root + "/config", LogLimits.USUAL, warn);
    }
    return defaults;
  }

  private LogLimits read(String path, LogLimits otherwise, Consumer<String> told) {
    try {
      if (files.stat(FileSystem.ABSOLUTE, path) == null) {
        return otherwise;
      }
      byte[] content = files.read(FileSystem.ABSOLUTE, path, CONFIG_LIMIT);
      return otherwise.with(NativeText.decode(content), NativeText.printable(path), told);
    } catch (FileFault fault) {
      told.accept(fault.getMessage() + ", ignoring");
      return otherwise;
    }
  }

  /** Names of the rotated files of a directory, the oldest first. */
  List<String> rotated(String directory) throws FileFault {
    var names = new ArrayList<String>();
    for (String name : files.list(FileSystem.ABSOLUTE, directory)) {
      if (name.startsWith("@") && name.length() == LABEL_FILE) {
        names.add(name);
      }
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  /**
   * To be called after each rotation: removes what is over the limits.
   *
   * @param keep how many rotated files that directory keeps; 0: all
   * @param bytes how long the newest one is
   */
  void rotated(String directory, long keep, long bytes) {
    try {
      var names = rotated(directory);
      for (int i = 0; keep > 0 && i < names.size() - keep; i++) {
        files.remove(FileSystem.ABSOLUTE, directory + "/" + names.get(i));
      }
      grown(bytes);
    } catch (FileFault fault) {
      warn.accept(fault.getMessage() + "; old logs may be more than they should, going on");
    }
  }

  private void grown(long bytes) throws FileFault {
    long limit = defaults().total();
    known += bytes;
    if (limit == 0 || (known >= bytes && known <= limit)) {
      return;
    }
    var all = new ArrayList<Rotated>();
    known = 0;
    for (String directory : directories()) {
      known += size(directory + "/current");
      for (String name : rotated(directory)) {
        var file = new Rotated(directory, name, size(directory + "/" + name));
        known += file.size();
        all.add(file);
      }
    }
    all.sort(Comparator.comparing(Rotated::name));
    for (var file : all) {
      if (known <= limit) {
        break;
      }
      files.remove(FileSystem.ABSOLUTE, file.path());
      known -= file.size();
    }
  }

  /**
   * The disk is full: removes the oldest rotated file of this directory, or if it has to keep what
   * it has, of another one.
   *
   * @return false if nothing may be removed any more
   */
  boolean makeRoom(String name) throws FileFault {
    var victim = spare(root + "/" + name);
    if (victim == null) {
      for (String other : directories()) {
        var spare = spare(other);
        if (spare != null && (victim == null || spare.name().compareTo(victim.name()) < 0)) {
          victim = spare;
        }
      }
    }
    if (victim == null) {
      return false;
    }
    files.remove(FileSystem.ABSOLUTE, victim.path());
    return true;
  }

  private @Nullable Rotated spare(String directory) throws FileFault {
    if (files.stat(FileSystem.ABSOLUTE, directory) == null) {
      return null;
    }
    var names = rotated(directory);
    long keep = read(directory + "/config", defaults(), line -> {}).keepFull();
    return names.size() > keep ? new Rotated(directory, names.getFirst(), 0) : null;
  }

  private List<String> directories() throws FileFault {
    var found = new ArrayList<String>();
    for (String name : files.list(FileSystem.ABSOLUTE, root)) {
      var stat = files.stat(FileSystem.ABSOLUTE, root + "/" + name);
      if (stat != null && stat.isDirectory()) {
        found.add(root + "/" + name);
      }
    }
    return found;
  }

  private long size(String path) throws FileFault {
    var stat = files.stat(FileSystem.ABSOLUTE, path);
    return stat == null ? 0 : stat.size();
  }
}
