package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.usersvc.daemon.os.Libc.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.model.Signal;

/** Reads and changes the daemon's own process. */
public final class SelfProcess {
  private static final int FIRST = 3;
  private static final int F_GETFD = 1;
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private static final int DEFAULT_ACTION = 0;

  /** The sender of a HUP when a terminal is closed. */
  public static final String KERNEL = "the kernel";

  private SelfProcess() {}

  public static int uid() {
    return new Libc().call(function("getuid"), 0);
  }

  public static int pid() {
    return new Libc().call(function("getpid"), 0);
  }

  /**
   * Closes descriptors inherited from the starter of this process: a lock among them would be held
   * for as long as this process lives. The files of this program and the JVM are close-on-exec,
   * except for the JVM's own files and those of the class path.
   */
  public static void closeInherited(FileSystem files) throws FileFault {
    var libc = new Libc();
    String jvm = System.getProperty("java.home") + "/";
    var classPath = classPath(files);
    for (String name : files.list(FileSystem.ABSOLUTE, "/proc/self/fd")) {
      int descriptor = Integer.parseInt(name);
      if (descriptor >= FIRST
          && libc.call(function("fcntl"), descriptor, F_GETFD) == 0
          && !files.readLink(FileSystem.ABSOLUTE, "/proc/self/fd/" + name).startsWith(jvm)
          && !classPath.contains(files.stat(descriptor).id())) {
        libc.call(function("close"), descriptor);
      }
    }
  }

  private static Set<ServiceId> classPath(FileSystem files) throws FileFault {
    var found = new HashSet<ServiceId>();
    for (String each : System.getProperty("java.class.path").split(":", -1)) {
      var stat = files.stat(FileSystem.ABSOLUTE, each);
      if (stat != null && stat.kind() == FileStat.Kind.REGULAR) {
        found.add(stat.id());
      }
    }
    return found;
  }

  /** Orphans of services become children of the daemon instead of init's. */
  public static void becomeSubreaper() {
    new Libc().call(function("prctl"), PR_SET_CHILD_SUBREAPER, 1);
  }

  /**
   * The last {@code count} arguments of this process as native text; those that main was given have
   * been decoded by the locale, which loses bytes.
   */
  public static List<String> arguments(int count) throws IOException {
    var all = NativeText.decodeEach(Files.readAllBytes(Path.of("/proc/self/cmdline")));
    return all.subList(all.size() - count, all.size());
  }

  /**
   * The value of {@code -Dname=} on this process's command line, as native text; the JVM's own copy
   * was decoded by the locale.
   *
   * @return null if it is not there
   */
  public static @Nullable String option(String name) throws IOException {
    String start = "-D" + name + "=";
    return NativeText.decodeEach(Files.readAllBytes(Path.of("/proc/self/cmdline"))).stream()
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  /**
   * The word that follows that one on this process's command line, as native text.
   *
   * @return null if it is not there
   */
  public static @Nullable String argumentAfter(String word) throws IOException {
    var all = NativeText.decodeEach(Files.readAllBytes(Path.of("/proc/self/cmdline")));
    int at = all.indexOf(word);
    return at < 0 || at + 1 == all.size() ? null : all.get(at + 1);
  }

  /**
   * Resets signals that the starter of the daemon ignores: SIGTERM, which the JVM would ignore,
   * too, and SIGCHLD, without which no end of a child is reported. An ignored HUP or INT is meant:
   * nohup, and shells in the background. Before the first child, and before {@link #onSignal}.
   */
  public static void noticeSignals() {
    var libc = new Libc();
    libc.callLong(function("signal"), Signal.TERM.number(), DEFAULT_ACTION, 0, 0, 0, 0);
    libc.callLong(function("signal"), Signal.CHLD.number(), DEFAULT_ACTION, 0, 0, 0, 0);
  }

  /** Calls {@code taker} with the signal's name, on a thread of the JVM, whenever it comes. */
  @SuppressWarnings("sunapi") // the JDK has no other way to take a signal
  public static void onSignal(String name, Consumer<String> taker) {
    var signal = new sun.misc.Signal(name);
    sun.misc.Signal.handle(signal, came -> taker.accept(came.getName()));
    Libc.noteSender(signal.getNumber());
  }

  /**
   * Who has sent the last signal of that name: {@code kill(812)}, {@code the kernel} as it does for
   * a terminal, or {@code an unknown process}. To be called soon, as the sender may end. <b>Any
   * thread.</b>
   */
  @SuppressWarnings("sunapi") // the JDK has no other way to take a signal
  public static String senderOf(String name) {
    int sender = Libc.sender(new sun.misc.Signal(name).getNumber());
    if (sender <= 0) {
      return sender == 0 ? "an unknown process" : KERNEL;
    }
    try {
      return Files.readString(Path.of("/proc/" + sender + "/comm"), ISO_8859_1).strip()
          + "("
          + sender
          + ")";
    } catch (IOException ended) {
      return "pid " + sender + ", which has ended";
    }
  }
}
