package org.usersvc.daemon.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Mounts;
import org.usersvc.daemon.loop.Clock;

/**
 * All log directories of this user: their root, their common limits, the open ones, and the order
 * in which files are removed. <b>Logger's thread only.</b>
 */
final class LogTree {
  private static final int LABEL_FILE = 27;

  /** The name of the file of limits, so no directory has it. */
  private static final String CONFIG = "config";

  /** The shortest time between two readings of the limits. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A rotated file. */
  private record Rotated(String directory, String name, long size) {
    String path() {
      return directory + "/" + name;
    }
  }

  /**
   * The directories that this tree manages: those on one file system that may hang, or on all
   * others.
   *
   * @param fileSystem null for those that always answer
   */
  record Place(Mounts mounts, @Nullable String fileSystem) {
    private boolean holds(String path) {
      return Objects.equals(mounts.of(path), fileSystem);
    }
  }

  private final FileSystem files;
  private final String root;
  private final Clock clock;
  private final Consumer<String> warn;
  private final LogConfig config;
  private final Place place;
  private final Map<String, LogDirectory> open = new HashMap<>();
  private LogLimits defaults = LogLimits.USUAL;
  private long looked;

  /** An upper bound of the bytes of all logs; -1: not counted yet. */
  private long known = -1;

  /**
   * @param root absolute path of the directory that holds a directory for each service
   */
  LogTree(FileSystem files, String root, Clock clock, Consumer<String> warn, Place place) {
    this.files = files;
    this.root = root;
    this.clock = clock;
    this.warn = warn;
    this.place = place;
    this.config = new LogConfig(files, root + "/" + CONFIG, warn);
    this.looked = clock.nanos() - LOOK.toNanos();
  }

  /**
   * The path of the directory of that name. A service named like the file of limits gets one with a
   * dot, with which no service's name begins.
   */
  String path(String name) {
    return path(root, name);
  }

  static String path(String root, String name) {
    return root + "/" + (name.equals(CONFIG) ? "." + CONFIG : name);
  }

  /** The directory of that path if it is open here, else null. */
  @Nullable LogDirectory opened(String path) {
    return open.get(path);
  }

  void opened(LogDirectory directory) {
    open.put(directory.path(), directory);
  }

  void closed(LogDirectory directory) {
    open.remove(directory.path(), directory);
  }

  /** The path of the newest file of that directory. */
  String current(String name) {
    return path(name) + "/current";
  }

  /** The file of limits of one directory. */
  LogConfig config(String directory) {
    return new LogConfig(files, directory + "/" + CONFIG, warn);
  }

  /** Whether limits that were read at that time are to be read again. */
  boolean isOld(long whenRead) {
    return clock.nanos() - whenRead >= LOOK.toNanos();
  }

  Clock clock() {
    return clock;
  }

  /** The limits that a directory's own file does not set. */
  LogLimits defaults() {
    if (isOld(looked)) {
      looked = clock.nanos();
      defaults = config.read(LogLimits.USUAL);
    }
    return defaults;
  }

  /** Names of the rotated files of a directory, the oldest first. */
  private List<String> rotated(String directory) throws FileFault {
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
   * The label of a file that is rotated now: that of this moment, or the next after all labels
   * there, which may be later if the clock was ahead. So the newest file always sorts last.
   */
  String nextLabel(String directory) throws FileFault {
    String label = LogFormat.tai64n(clock.wall());
    var names = rotated(directory);
    if (!names.isEmpty() && names.getLast().compareTo(label) > 0) {
      String after = LogFormat.after(names.getLast().substring(0, label.length()));
      return after == null ? label : after;
    }
    return label;
  }

  /**
   * Removes files over the limits, but not the newest one; to be called after each rotation.
   *
   * @param newest name of the file that was rotated
   * @param keep how many rotated files that directory keeps; 0: all
   * @param bytes the length of the newest one
   */
  void rotated(String directory, String newest, long keep, long bytes) {
    try {
      var names = rotated(directory);
      long surplus = keep == 0 ? 0 : names.size() - keep;
      names.remove(newest);
      for (int i = 0; i < surplus && i < names.size(); i++) {
        files.remove(FileSystem.ABSOLUTE, directory + "/" + names.get(i));
      }
      grown(bytes, directory + "/" + newest);
    } catch (FileFault fault) {
      warn.accept(fault.getMessage() + "; old logs may be more than they should, going on");
    }
  }

  /** The order of removal; files with labels of the future go first, as their age is unknown. */
  private static Comparator<Rotated> oldestFirst(Instant now) {
    String after = LogFormat.tai64n(now) + "~";
    return Comparator.comparing((Rotated file) -> file.name().compareTo(after) < 0)
        .thenComparing(Rotated::name);
  }

  private void grown(long bytes, String newest) throws FileFault {
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
    all.sort(oldestFirst(clock.wall()));
    for (var file : all) {
      if (known <= limit) {
        break;
      }
      if (file.path().equals(newest)) {
        continue;
      }
      files.remove(FileSystem.ABSOLUTE, file.path());
      known -= file.size();
    }
  }

  /**
   * Removes, as the disk is full, the oldest rotated file of this directory. If the directory must
   * keep all its files, the oldest that another one can spare goes.
   *
   * @return false if nothing may be removed any more
   */
  boolean makeRoom(String name) throws FileFault {
    var order = oldestFirst(clock.wall());
    var victim = spare(path(name));
    if (victim == null) {
      for (String other : directories()) {
        var spare = spare(other);
        if (spare != null && (victim == null || order.compare(spare, victim) < 0)) {
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
    var limits = new LogConfig(files, directory + "/" + CONFIG, line -> {}).read(defaults());
    long keep = limits.keepFull();
    return names.size() > keep ? new Rotated(directory, names.getFirst(), 0) : null;
  }

  private List<String> directories() throws FileFault {
    var found = new ArrayList<String>();
    place.mounts().look();
    for (String name : files.list(FileSystem.ABSOLUTE, root)) {
      boolean here = place.holds(root + "/" + name);
      var stat = here ? files.stat(FileSystem.ABSOLUTE, root + "/" + name) : null;
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
