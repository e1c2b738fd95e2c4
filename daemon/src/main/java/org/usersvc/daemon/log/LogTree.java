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
 * All log directories of this user: their root, the limits they share, which of them are open, and
 * what goes first where there is too much. <b>Logger's thread only.</b>
 */
final class LogTree {
  private static final int LABEL_FILE = 27;

  /** The name of the file of limits, which no directory has. */
  private static final String CONFIG = "config";

  /** So often at most the limits are read anew. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A file that was {@code current} once. */
  private record Rotated(String directory, String name, long size) {
    String path() {
      return directory + "/" + name;
    }
  }

  /**
   * Which directories are looked into: those of one file system that may hang, or of those that do
   * not.
   *
   * @param fileSystem null: of those that do not
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

  /** The bytes of all logs, too many rather than too few; -1: not counted yet. */
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
   * The path of the directory of that name. A service that is called like the file of limits has
   * one with a dot, which no service's name begins with.
   */
  String path(String name) {
    return path(root, name);
  }

  static String path(String root, String name) {
    return root + "/" + (name.equals(CONFIG) ? "." + CONFIG : name);
  }

  /** The directory of that path, if somebody here has it open. */
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

  /** The limits of one directory, for {@code limits}. */
  LogConfig config(String directory) {
    return new LogConfig(files, directory + "/" + CONFIG, warn);
  }

  /** Whether the limits that were read then may have changed. */
  boolean isOld(long whenRead) {
    return clock.nanos() - whenRead >= LOOK.toNanos();
  }

  Clock clock() {
    return clock;
  }

  /** What holds where a directory says nothing. */
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
   * The label of a file that is rotated now: of this moment, or the next after all that are there,
   * as labels of a time when the clock was ahead would make the newest file the oldest.
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
   * To be called after each rotation: removes what is over the limits, but not the newest file.
   *
   * @param newest name of the file that was rotated
   * @param keep how many rotated files that directory keeps; 0: all
   * @param bytes how long the newest one is
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

  /** Labels of the future say nothing of an age: such files go first. */
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
   * The disk is full: removes the oldest rotated file of this directory, or if it has to keep what
   * it has, of another one.
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
