package org.usersvc.daemon.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/**
 * The daemon's own directory, {@code $XDG_RUNTIME_DIR/usersvc}. It may go: elogind unmounts it at
 * the last logout, and mounts another one at the next login; a program removes it; its disk is
 * full. The daemon lives without it. When it is back, or replaced, the residents make their files
 * in it anew. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: its loss and its return are logged once each, and so is trouble in it, whichever
 * resident meets that first.
 */
public final class RuntimeDirectory {
  /** Keeps files in the directory. */
  @FunctionalInterface
  public interface Resident {
    /** Makes its missing files; does nothing if all are there. */
    void settle() throws FileFault;
  }

  /** Calls {@link #changed} when a path may lead elsewhere, or its target has changed. */
  @FunctionalInterface
  public interface Way {
    void follow(String path) throws FileFault;
  }

  /**
   * The means of watching it.
   *
   * @param nextLook not set yet
   * @param log called with a line for the user
   */
  public record Attention(Alarm nextLook, Way way, Consumer<String> log) {}

  private static final int NONE = -1;
  private static final int PRIVATE = 0700;
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final String SHARED = "/tmp/";

  /** Removing all of it may take so long. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);

  private final FileSystem files;
  private final String path;
  private final List<Resident> residents = new ArrayList<>();
  private String spare;
  private int owner;
  private @Nullable ServiceId id;

  /** Of the directory; it keeps the inode number from being reused. */
  private int descriptor = NONE;

  private @Nullable Attention attention;
  private Duration retry = FIRST_RETRY;
  private boolean troubled;

  /** Whether lasting trouble was logged. */
  private boolean lasting;

  /** The directory of that absolute path, which need not exist. */
  public RuntimeDirectory(FileSystem files, String path) {
    this.files = files;
    this.path = path;
    this.spare = path;
  }

  /** Makes it if it is not there. */
  public static RuntimeDirectory make(FileSystem files, String path) throws FileFault {
    var made = new RuntimeDirectory(files, path);
    made.makeDirectories();
    made.descriptor = files.openDirectory(FileSystem.ABSOLUTE, path);
    var found = files.stat(made.descriptor);
    made.id = found.id();
    made.owner = found.uid();
    return made;
  }

  /** Absolute. */
  public String path() {
    return path;
  }

  /** {@code $XDG_RUNTIME_DIR}. */
  public String base() {
    return parentOf(path);
  }

  /** Contains the supervise/ of all services. */
  public String supervise() {
    return path + "/supervise";
  }

  /** Contains the FIFOs for the output of services. */
  public String pipes() {
    return path + "/pipes";
  }

  /** Sets another directory, for files that cannot be made in this one and need no lasting name. */
  public void spare(String directory) {
    spare = directory;
  }

  /** An absolute path; the directory need not exist. */
  public String spare() {
    return spare;
  }

  /** Whether it lies where cleaners remove old files one by one. */
  public boolean isCleaned() {
    return path.startsWith(SHARED) || path.startsWith("/var/tmp/");
  }

  /** Adds a resident, to be settled whenever the directory is replaced; in the order of adding. */
  public void add(Resident resident) {
    residents.add(resident);
  }

  /** Watches it from now on. */
  public void begin(Attention with) {
    attention = with;
    follow(with);
    if (troubled) {
      lookAfter(retry);
    }
  }

  /** It or a file in it has changed. */
  public void changed() {
    lookAfter(PAUSE);
  }

  /**
   * A write to it has failed; all residents try again after a while.
   *
   * @return whether to notify the user: neither its loss nor other trouble has been logged yet
   */
  public boolean failed() {
    boolean news = tryAgain() && !troubled;
    troubled |= news;
    return news;
  }

  /**
   * Like {@link #failed()}, but tries nothing again if that cannot help: a path that is too long
   * stays so.
   */
  public boolean failed(FileFault fault) {
    if (!lasts(fault)) {
      return failed();
    }
    boolean news = !lasting;
    lasting = true;
    return news;
  }

  private static boolean lasts(FileFault fault) {
    return fault.errno().is(Errno.ENAMETOOLONG);
  }

  /**
   * A write to it has failed, and is not logged; all residents try again after a while.
   *
   * @return false if the directory is not there, which has been logged or will be
   */
  public boolean tryAgain() {
    if (id == null) {
      return false;
    }
    if (!isSame()) {
      changed();
      return false;
    }
    lookAfter(retry);
    return true;
  }

  /** Whether the path still leads to the directory of the last look. */
  public boolean isThere() {
    return id != null && isSame();
  }

  private boolean isSame() {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, path);
      return found != null && found.id().equals(id);
    } catch (FileFault ignored) { // the obstacle will be found
      return false;
    }
  }

  private void lookAfter(Duration time) {
    var with = attention;
    if (with != null) {
      with.nextLook().hasten(time, () -> look(with));
    }
  }

  private void look(Attention with) {
    follow(with);
    var before = id;
    String trouble = find();
    if (id == null) {
      if (before != null) {
        with.log().accept(trouble + "; services go on, usersvc and sv find them when it is back");
        troubled = false;
      }
      return;
    }
    trouble = settle();
    boolean logged = logTrouble(with, trouble);
    if (!logged && !id.equals(before)) {
      with.log().accept(printable(path) + " is another one now, all in it has been made anew");
    }
  }

  /** Without watches its loss is noticed by failing writes. */
  private void follow(Attention with) {
    try {
      with.way().follow(path);
    } catch (FileFault ignored) { // a directory on the path is closed to us: it counts as gone
      return;
    }
  }

  /** Whether anything was logged. */
  private boolean logTrouble(Attention with, String trouble) {
    if (!trouble.isEmpty()) {
      lookAfter(retry);
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
      if (!troubled) {
        with.log().accept(trouble + "; trying again until all of " + printable(path) + " is there");
      }
    } else if (troubled) {
      with.log().accept("all of " + printable(path) + " is there again");
    }
    boolean logged = troubled || !trouble.isEmpty();
    retry = trouble.isEmpty() ? FIRST_RETRY : retry;
    troubled = !trouble.isEmpty();
    return logged;
  }

  private String settle() {
    String trouble = "";
    for (var resident : residents) {
      try {
        resident.settle();
      } catch (FileFault fault) {
        boolean counts = trouble.isEmpty() && !lasts(fault);
        trouble = counts ? String.valueOf(fault.getMessage()) : trouble;
      }
    }
    return trouble;
  }

  /** Finds it, or makes it; the reason if that fails, empty if it is there. */
  private String find() {
    var before = id;
    id = null;
    try {
      String flaw = makeBase();
      if (!flaw.isEmpty()) {
        return printable(path) + " is gone, and " + flaw;
      }
      makeDirectories();
      var found = files.linkStat(FileSystem.ABSOLUTE, path);
      if (found == null || !found.isDirectory() || found.uid() != owner) {
        return printable(path) + " is not a directory of your own; remove it";
      }
      id = found.id().equals(before) ? before : hold();
      return "";
    } catch (FileFault fault) {
      if (fault.errno().lacksSpace() || fault.errno().lacksResources()) {
        lookAfter(LAST_RETRY);
      }
      return printable(path) + " is gone: " + fault.getMessage();
    }
  }

  private ServiceId hold() throws FileFault {
    int fresh = files.openDirectory(FileSystem.ABSOLUTE, path);
    if (descriptor != NONE) {
      files.close(descriptor);
    }
    descriptor = fresh;
    return files.stat(fresh).id();
  }

  private void makeDirectories() throws FileFault {
    for (String each : new String[] {path, supervise(), pipes()}) {
      files.makeDirectory(FileSystem.ABSOLUTE, each, PRIVATE);
    }
  }

  /** The trouble with its parent directory; makes it if only the user can. */
  private String makeBase() throws FileFault {
    String base = base();
    if (files.linkStat(FileSystem.ABSOLUTE, base) == null && isOurs(parentOf(base), base)) {
      files.makeDirectory(FileSystem.ABSOLUTE, base, PRIVATE);
    }
    var link = files.linkStat(FileSystem.ABSOLUTE, base);
    var found = files.stat(FileSystem.ABSOLUTE, base);
    if (link == null || found == null || !found.isDirectory()) {
      return printable(base) + " is not there";
    }
    boolean leadsAway = link.kind() == FileStat.Kind.LINK && base.startsWith(SHARED);
    if (leadsAway || found.uid() != owner || (found.permissions() & WRITABLE_BY_OTHERS) != 0) {
      return printable(base) + " is not yours alone";
    }
    return "";
  }

  private boolean isOurs(String parent, String base) throws FileFault {
    var found = files.stat(FileSystem.ABSOLUTE, parent);
    return found != null && (found.uid() == owner || base.startsWith(SHARED + "usersvc-"));
  }

  /** Descriptors were freed: what could not be made for want of them is tried again soon. */
  public void roomier() {
    if (troubled || id == null) {
      retry = FIRST_RETRY;
      changed();
    }
  }

  private static String parentOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String printable(String path) {
    return NativeText.printable(path);
  }
}
