package org.usersvc.daemon.servicedir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Hang;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/**
 * One service directory, or the log/ in it, held open: it stays readable after it was renamed or
 * unlinked. Each method reads the disk as it is now, except where a {@link #look} spares that.
 */
public final class ServiceDirectory {
  /** The file that bounds a stop, in milliseconds. */
  public static final String STOP_BOUND = "timeout-kill";

  /** The file with the variables that others get while the service is up. */
  public static final String EXPORTS = "exports";

  /** The file with the times at which the service starts. */
  public static final String SCHEDULE = "schedule";

  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final int LONGEST_NUMBER = 32;
  private static final int MOST_TEXT = 16 * 1024;
  private static final Set<String> ASKING =
      Set.of("sv", "svc", "svok", "svstat", "usersvc", "supervise", ".", "source");
  private static final int MOST_NEEDS = 64 * 1024;
  private static final int MOST_VALUE = 128 * 1024;

  /** The most of all variables in env/ together, in bytes; a process can be given twice as much. */
  private static final int MOST_VARIABLES = 1024 * 1024;

  private final FileSystem files;
  private final int descriptor;

  /** The value of {@link #currentLook} outside of a look. */
  public static final long NO_LOOK = 0;

  /** The entries at the beginning of a look, null outside of one. */
  private @Nullable Set<String> seen;

  private long looks;

  /** A period for which the directory is listed only once. */
  public interface Look extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param descriptor the open directory; the caller closes it
   */
  public ServiceDirectory(FileSystem files, int descriptor) {
    this.files = files;
    this.descriptor = descriptor;
  }

  public int descriptor() {
    return descriptor;
  }

  /** Its present path, native text; null if it has been removed. */
  public @Nullable String path() {
    return files.pathOf(descriptor);
  }

  /** The hang that the last methods have met, null if the file system answers. */
  public @Nullable Hang hang() {
    return files.hang(descriptor);
  }

  FileSystem files() {
    return files;
  }

  /**
   * Lists the entries. Until this look is closed, entries that were absent stay absent, and the
   * disk is not asked for them: most directories lack most of the possible files. The caller has to
   * notice new entries in another way.
   */
  public Look look() {
    if (seen != null) {
      return () -> {};
    }
    try {
      seen = list();
      looks++;
    } catch (FileFault ignored) { // each method asks the disk
      seen = null;
    }
    return () -> seen = null;
  }

  /** The number of the present look, {@link #NO_LOOK} if there is none. */
  public long currentLook() {
    return seen == null ? NO_LOOK : looks;
  }

  /** The names of its entries. */
  Set<String> entries() throws FileFault {
    return seen == null ? list() : seen;
  }

  private Set<String> list() throws FileFault {
    return new HashSet<>(files.list(descriptor, "."));
  }

  /** Whether log is an empty file: run writes to the daemon's own output. */
  public boolean isUnlogged() {
    var found = stat("log");
    return found != null && !found.isDirectory();
  }

  public boolean hasRun() {
    return exists("run");
  }

  /**
   * Whether run, as far as its first 16 KiB show, may query or command other services: it names a
   * program or a file for that, or another text beside it, which may.
   */
  public boolean runMayLookAtOthers() {
    try {
      return Words.anyIn(files.read(descriptor, "run", MOST_TEXT), ASKING);
    } catch (FileFault ignored) { // it is unreadable or absent
      return false;
    }
  }

  /** Whether the service is not to start by itself. */
  public boolean isDown() {
    return exists("down") || exists(SCHEDULE);
  }

  public boolean hasCheck() {
    return exists("check");
  }

  /** Whether this entry is a directory. */
  public boolean hasDirectory(String name) {
    var found = stat(name);
    return found != null && found.isDirectory();
  }

  /** The kind of this entry, if it is neither a file nor a link to one; else empty. */
  public String oddKind(String name) {
    var found = stat(name);
    return switch (found == null ? FileStat.Kind.REGULAR : found.kind()) {
      case DIRECTORY -> "a directory";
      case FIFO -> "a FIFO";
      case OTHER -> "a socket or a device";
      case REGULAR, LINK -> "";
    };
  }

  /** Whether this entry was that directory and is not any more: it was removed or replaced. */
  public boolean hasLost(String name, ServiceDirectory was) {
    try {
      var found = files.stat(descriptor, name);
      return found == null || !found.id().equals(files.stat(was.descriptor).id());
    } catch (FileFault ignored) { // an unreadable entry may exist
      return false;
    }
  }

  /** finish counts as soon as it is readable (runsv.c:562). */
  public boolean hasFinish() {
    return files.readable(descriptor, "finish");
  }

  /** Whether log is a directory with a run, so that a log service belongs to this one. */
  public boolean hasLogService() {
    return hasDirectory("log") && stat("log/run") != null;
  }

  /** Whether the second entry's last change came before the first one's or not long after it. */
  public boolean wasMadeWithin(Duration bound, String first, String second) {
    var one = stat(first);
    var other = stat(second);
    return one != null && other != null && other.changed() - one.changed() < bound.toNanos();
  }

  /**
   * The time since the last entry was made or removed. Null if the directory has changed otherwise
   * since, for example by a move, or if its time lies in the future. The clock of a file server may
   * be ahead by a second.
   */
  public @Nullable Duration sinceLastEntry(Instant now) {
    try {
      var found = files.stat(descriptor);
      var age = Duration.between(Instant.ofEpochSecond(0, found.written()), now);
      if (found.written() != found.changed() || age.compareTo(AHEAD.negated()) < 0) {
        return null;
      }
      return age.isNegative() ? Duration.ZERO : age;
    } catch (FileFault ignored) { // waiting is of no use then
      return null;
    }
  }

  /** Whether control/LETTER is there for its owner to execute (runsv.c:208). */
  public boolean hasControl(char letter) {
    return isExecutable(Script.control(letter).name());
  }

  /** Whether its owner may execute that program, as far as its mode says. */
  public boolean isExecutable(String program) {
    var found = stat(program);
    return found != null && found.ownerMayExecute();
  }

  boolean hasStopBound() {
    return exists(STOP_BOUND);
  }

  /** Whether timeout-kill is a link: its content changes without a change in this directory. */
  public boolean linksToStopBound() {
    try {
      boolean absent = seen != null && !seen.contains(STOP_BOUND);
      var found = absent ? null : files.linkStat(descriptor, STOP_BOUND);
      return found != null && found.kind() == FileStat.Kind.LINK;
    } catch (FileFault ignored) { // what cannot be examined cannot be read either
      return false;
    }
  }

  /**
   * The content of a small file, without blanks around it.
   *
   * @return null if there is no such file
   * @throws FileFault if it cannot be read
   */
  public @Nullable String text(String name) throws FileFault {
    return exists(name)
        ? new String(files.read(descriptor, name, LONGEST_NUMBER), ISO_8859_1).strip()
        : null;
  }

  /**
   * The content of needs-env.
   *
   * @throws FileFault if it cannot be read
   */
  public NeededEnvironment neededEnvironment() throws FileFault {
    return exists("needs-env")
        ? NeededEnvironment.parse(
            NativeText.decode(files.read(descriptor, "needs-env", MOST_NEEDS)))
        : NeededEnvironment.NOTHING;
  }

  /**
   * The content of exports, null if there is no such file.
   *
   * @throws FileFault if it cannot be read, or is longer than 64 KiB
   */
  public byte @Nullable [] exports() throws FileFault {
    if (!exists(EXPORTS)) {
      return null;
    }
    byte[] content = files.read(descriptor, EXPORTS, 2 * MOST_NEEDS);
    if (content.length > MOST_NEEDS) {
      throw new FileFault("read", EXPORTS, new Errno(Errno.EFBIG));
    }
    return content;
  }

  /**
   * The content of env/, as envdir(8) reads it: a file for each variable, whose value is its first
   * line without blanks at the end, with NUL for a newline; an empty file removes the variable
   * (null). Names that no variable can have are left out.
   *
   * @param leftOut called for each entry that is left out: it is unreadable, or has 128 KiB
   * @throws FileFault if the directory cannot be read, or has more than 1 MiB of variables
   */
  public Map<String, @Nullable String> environmentChanges(Consumer<FileFault> leftOut)
      throws FileFault {
    if (!hasDirectory("env")) {
      return Map.of();
    }
    var changes = new LinkedHashMap<String, @Nullable String>();
    int size = 0;
    for (String name : new TreeSet<>(files.list(descriptor, "env"))) {
      if (!name.startsWith(".") && name.indexOf('=') < 0) {
        size += take(name, changes, leftOut);
      }
      if (size > MOST_VARIABLES) {
        throw new FileFault("read", "env/", new Errno(Errno.EFBIG));
      }
    }
    return changes;
  }

  /** Adds the variable of that name; returns its size. */
  private int take(
      String name, Map<String, @Nullable String> changes, Consumer<FileFault> leftOut) {
    try {
      String value = value(name, files.read(descriptor, "env/" + name, MOST_VALUE));
      changes.put(name, value);
      return Environment.sizeOf(Collections.singletonMap(name, value));
    } catch (FileFault fault) {
      leftOut.accept(new FileFault("read", "env/" + name, fault.errno()));
      return 0;
    }
  }

  private static @Nullable String value(String name, byte[] content) throws FileFault {
    if (content.length >= MOST_VALUE) {
      throw new FileFault("read", "env/" + name, new Errno(Errno.EFBIG));
    }
    if (content.length == 0) {
      return null;
    }
    String line = NativeText.decode(content).split("\n", 2)[0].stripTrailing();
    return line.replace('\0', '\n');
  }

  private boolean exists(String name) {
    return stat(name) != null;
  }

  private @Nullable FileStat stat(String name) {
    if (seen != null && !seen.contains(firstOf(name))) {
      return null;
    }
    try {
      return files.stat(descriptor, name);
    } catch (FileFault ignored) { // an unreadable entry counts as absent
      return null;
    }
  }

  private static String firstOf(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}
