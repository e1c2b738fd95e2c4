package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.process.Mark;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.state.ProcessIdentity;

/**
 * Processes of services that no record names: their daemon was killed before it wrote, or its
 * record is lost. The daemon gives each process a session of its own without a terminal, and a
 * {@link Mark}; a process with a mark may have got a terminal since. A process that has thrown its
 * environment away is known by a FIFO of the runtime directory, removed or not, that it writes to
 * or reads. Else it is known by the service directory that it is in, unless that has a file {@code
 * directory}: there run is elsewhere.
 */
public final class Strays {
  private static final int MOST_ARGUMENTS = 4096;
  private static final int MOST_RUN = 64 * 1024;
  private static final long UNMARKED = -1;
  private static final long NOBODY = -1;

  /** The path of a FIFO of ours, removed or not, with a {@link ServiceId#asFileName}. */
  private static final Pattern PIPE =
      Pattern.compile(".*/pipes/([0-9a-f]+-[0-9a-f]+(?:-out)?)(?: \\(deleted\\))?", Pattern.DOTALL);

  private final Map<String, Set<Stray>> marked = new HashMap<>();
  private final Map<ServiceId, Set<Stray>> byDirectory = new HashMap<>();
  private final Map<String, Set<Stray>> byInput = new HashMap<>();
  private final Map<String, Set<Stray>> byOutput = new HashMap<>();
  private final FileSystem files;

  /** Null until it is asked for. */
  private @Nullable Map<Integer, String> hidden;

  /**
   * One of them; older ones come first.
   *
   * @param parent the process that it is a child of now
   * @param marked the time in its mark, {@link #UNMARKED} without one
   */
  public record Stray(ProcessIdentity identity, boolean finish, int parent, long marked)
      implements Comparable<Stray> {
    public boolean isMarked() {
      return marked != UNMARKED;
    }

    @Override
    public int compareTo(Stray other) {
      int byStart = Long.compare(identity.start(), other.identity.start());
      return byStart != 0 ? byStart : Integer.compare(identity.pid(), other.identity.pid());
    }
  }

  public Strays(FileSystem files) {
    this.files = files;
  }

  /**
   * Looks through all processes of the user.
   *
   * @param known processes that are recorded, or are this daemon's own
   */
  public void search(int uid, IntPredicate known) throws FileFault {
    for (int pid : ProcessStat.pids(files)) {
      if (!known.test(pid) && ownerOf(pid) == uid) {
        consider(pid);
      }
    }
  }

  private long ownerOf(int pid) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, "/proc/" + pid);
      return found == null ? NOBODY : found.uid();
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return NOBODY;
    }
  }

  /** Adds the process if it looks like a stray. */
  public void consider(int pid) {
    consider(pid, false);
  }

  /**
   * The same.
   *
   * @param shown whether the service itself says so: a run may have started it late, and gone
   */
  public void consider(int pid, boolean shown) {
    var stat = ProcessStat.of(files, pid);
    if (stat == null || stat.session() != pid || stat.isZombie()) {
      return;
    }
    var identity = new ProcessIdentity(pid, stat.startTime());
    var mark = markOf(files, pid);
    if (mark == null && stat.tty() == 0) {
      considerUnmarked(identity, stat.parent());
    } else if (mark != null && (shown || mark.isOfProcessStartedAt(stat.startTime()))) {
      boolean finish = mark.program().equals(Script.FINISH.name());
      if (finish || mark.program().equals(Script.RUN.name())) {
        note(marked, mark.process(), new Stray(identity, finish, stat.parent(), mark.time()));
      }
    }
  }

  /**
   * Processes of the user that show him neither their environment nor their files, as ssh-agent
   * does, and lead a session without a terminal; by pid, with their names.
   */
  public Map<Integer, String> hidden(int uid) {
    if (hidden == null) {
      hidden = findHidden(uid);
    }
    return hidden;
  }

  private Map<Integer, String> findHidden(int uid) {
    var found = new TreeMap<Integer, String>();
    try {
      for (int pid : ProcessStat.pids(files)) {
        if (isHidden(pid, uid)) {
          found.put(pid, nameOf(files, pid));
        }
      }
    } catch (FileFault ignored) { // no /proc: no process is known
      return Map.of();
    }
    return found;
  }

  /**
   * Whether it is a session leader that hides its files. The owner of its directory in /proc does
   * not show this: the user may own it and still not read it (proc(5), /proc/pid).
   */
  private boolean isHidden(int pid, int uid) {
    var stat = ProcessStat.of(files, pid);
    return stat != null
        && stat.session() == pid
        && stat.tty() == 0
        && !stat.isZombie()
        && !showsEnvironment(pid)
        && isOf(files, pid, uid);
  }

  /** Whether it is a process of that user, who need not own its directory in /proc. */
  public static boolean isOf(FileSystem files, int pid, int uid) {
    String path = "/proc/" + pid + "/status";
    String status = text(files, FileSystem.ABSOLUTE, path, MOST_ARGUMENTS);
    return status.contains("\nUid:\t" + uid + "\t");
  }

  private boolean showsEnvironment(int pid) {
    try {
      ProcessEnvironment.block(files, pid);
      return true;
    } catch (FileFault ignored) { // it is hidden from us
      return false;
    }
  }

  private static String text(FileSystem files, int at, String path, int most) {
    try {
      return NativeText.decode(files.read(at, path, most));
    } catch (FileFault ignored) { // it has ended, or cannot be read
      return "";
    }
  }

  /** The name of a process in the kernel; empty if it has ended. */
  static String nameOf(FileSystem files, int pid) {
    return text(files, FileSystem.ABSOLUTE, "/proc/" + pid + "/comm", MOST_ARGUMENTS).strip();
  }

  /** The arguments of a process, each ended by a NUL; empty if none can be read. */
  public static String argumentsOf(FileSystem files, int pid) {
    return text(files, FileSystem.ABSOLUTE, "/proc/" + pid + "/cmdline", MOST_ARGUMENTS);
  }

  /** The text of run in an open service directory, empty if it has none. */
  public static String runIn(FileSystem files, int directory) {
    return text(files, directory, "run", MOST_RUN);
  }

  /** The mark that the daemon has given a process; null if there is none, or it cannot be read. */
  public static @Nullable Mark markOf(FileSystem files, int pid) {
    try {
      return Mark.in(ProcessEnvironment.block(files, pid));
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return null;
    }
  }

  private void considerUnmarked(ProcessIdentity identity, int parent) {
    int pid = identity.pid();
    var script = scriptOf(pid);
    boolean finish = Script.FINISH.equals(script);
    if (!finish && !Script.RUN.equals(script)) {
      return;
    }
    var stray = new Stray(identity, finish, parent, UNMARKED);
    boolean input = note(byInput, pipeOf(files, pid, 0), stray);
    boolean output = note(byOutput, pipeOf(files, pid, 1), stray);
    boolean error = note(byOutput, pipeOf(files, pid, 2), stray);
    if (!input && !output && !error) {
      note(byDirectory, directoryOf(pid), stray);
    }
  }

  /** Adds the stray under the key; false without a key. */
  private static <K> boolean note(Map<K, Set<Stray>> by, @Nullable K key, Stray stray) {
    if (key != null) {
      by.computeIfAbsent(key, _ -> new HashSet<>()).add(stray);
    }
    return key != null;
  }

  private @Nullable ServiceId directoryOf(int pid) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, "/proc/" + pid + "/cwd");
      return found == null ? null : found.id();
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return null;
    }
  }

  /** The name of our FIFO behind the descriptor of a process, also of a removed one. */
  public static @Nullable String pipeOf(FileSystem files, int pid, int descriptor) {
    try {
      String path = files.readLink(FileSystem.ABSOLUTE, "/proc/" + pid + "/fd/" + descriptor);
      var pipe = PIPE.matcher(path);
      return pipe.matches() ? pipe.group(1) : null;
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return null;
    }
  }

  /** The script of the daemon's that it is, run if unknown, null if it has ended. */
  private @Nullable Script scriptOf(int pid) {
    try {
      return Script.among(
          NativeText.decodeEach(
              files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/cmdline", MOST_ARGUMENTS)));
    } catch (FileFault ignored) { // it has ended
      return null;
    }
  }

  /**
   * Strays that are that process of a service for sure, oldest first. A process that one of them
   * has started at once has the same mark, and is younger.
   */
  public List<Stray> marked(String process) {
    var sorted = sorted(marked.getOrDefault(process, Set.of()));
    var times = new HashSet<Long>();
    sorted.removeIf(stray -> !times.add(stray.marked()));
    return sorted;
  }

  /** The last one that the daemon has started; without marks the eldest, their ancestor. */
  public static Stray likeliest(List<Stray> sorted) {
    var best = sorted.getFirst();
    for (var stray : sorted) {
      best = stray.marked() > best.marked() ? stray : best;
    }
    return best;
  }

  /** Whether the two processes are the same program with the same arguments. */
  public boolean executeTheSame(int one, int other) {
    try {
      String program = files.readLink(FileSystem.ABSOLUTE, "/proc/" + one + "/exe");
      String words = argumentsOf(files, one);
      return !words.isEmpty()
          && words.equals(argumentsOf(files, other))
          && program.equals(files.readLink(FileSystem.ABSOLUTE, "/proc/" + other + "/exe"));
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return false;
    }
  }

  /**
   * Strays without a mark that may be that process of a service, oldest first.
   *
   * @param notBefore in clock ticks since boot: an older process is another one
   */
  public List<Stray> unmarked(
      ServiceId service, ServiceId directory, boolean logger, long notBefore) {
    var found = new HashSet<Stray>(byDirectory.getOrDefault(directory, Set.of()));
    found.removeIf(stray -> !stray.finish() && isPlaceOfAnother(stray.identity().pid()));
    String pipe = service.asFileName();
    if (logger) {
      found.addAll(byInput.getOrDefault(pipe, Set.of()));
    } else {
      found.addAll(byOutput.getOrDefault(pipe, Set.of()));
      found.addAll(byOutput.getOrDefault(pipe + "-out", Set.of()));
    }
    found.removeIf(stray -> stray.identity().start() < notBefore);
    return sorted(found);
  }

  /** Whether the service directory that a process is in has a run that starts elsewhere. */
  private boolean isPlaceOfAnother(int pid) {
    try {
      return files.linkStat(FileSystem.ABSOLUTE, "/proc/" + pid + "/cwd/directory") != null;
    } catch (FileFault ignored) { // it has ended, or is hidden from us
      return false;
    }
  }

  /** Strays without a mark that have the daemon's FIFO of that name open. */
  public List<Stray> withPipe(String name, boolean asInput) {
    return sorted((asInput ? byInput : byOutput).getOrDefault(name, Set.of()));
  }

  /** The process of that pid, if there is one. */
  public List<Stray> shown(int pid) {
    var stat = ProcessStat.of(files, pid);
    if (stat == null) {
      return new ArrayList<>();
    }
    var identity = new ProcessIdentity(pid, stat.startTime());
    return sorted(Set.of(new Stray(identity, false, stat.parent(), UNMARKED)));
  }

  private static List<Stray> sorted(Set<Stray> strays) {
    var sorted = new ArrayList<>(strays);
    sorted.sort(null);
    return sorted;
  }
}
