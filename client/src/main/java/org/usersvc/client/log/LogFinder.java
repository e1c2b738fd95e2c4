package org.usersvc.client.log;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/**
 * Finds the log directory of a service: that of its log service, else that of the built-in logger.
 * Without an answer of the daemon, it looks where the daemon would.
 */
final class LogFinder {
  /** What ends the name of a unit that is a service, and of its log. */
  private static final String UNIT = ".service";

  private final LogRoot root;
  private final Map<String, String> environment;
  private final ControlSocket socket;

  LogFinder(LogRoot root, Map<String, String> environment, ControlSocket socket) {
    this.root = root;
    this.environment = environment;
    this.socket = socket;
  }

  /**
   * The result for one name.
   *
   * @param source null if no log was found
   * @param tried the places that were tried, in words
   * @param known what the daemon calls the service; empty if it is none of its services
   */
  record Found(@Nullable LogSource source, String tried, String known) {}

  /** Finds the log of {@code named}: a service, its log service, or an absolute path. */
  Found find(String named) {
    boolean logService = named.endsWith("/log") && named.length() > "/log".length();
    String service = logService ? named.substring(0, named.length() - "/log".length()) : named;
    String label = service.substring(service.lastIndexOf('/') + 1);
    if (label.isEmpty() || label.equals(".") || label.equals("..")) {
      return new Found(null, "no service has this name", "");
    }
    DaemonKnowledge known =
        root.isDaemon(service) ? DaemonKnowledge.NOTHING : DaemonKnowledge.of(service, socket);
    String name = known.name();
    if (name.isEmpty() && service.indexOf('/') < 0 && !root.isDaemon(service)) {
      name = service;
    }
    @Nullable Path written =
        known.loggerPid() > 0 ? LoggerProcess.directory(known.loggerPid()) : null;
    if (written != null) {
      return new Found(new LogSource(label, written), "", name);
    }
    List<Path> candidates = candidates(service, label, known);
    for (Path candidate : candidates) {
      if (isLog(candidate)) {
        return new Found(new LogSource(label, candidate), "", name);
      }
    }
    return new Found(null, tried(candidates, known.loggerPid()), name);
  }

  /** The future log of {@code name}, if the built-in logger may log it. */
  @Nullable LogSource expected(String name) {
    return name.indexOf('/') < 0 ? root.of(name) : null;
  }

  private static String tried(List<Path> candidates, long pid) {
    var tried = new StringBuilder("tried ");
    for (Path candidate : candidates) {
      tried.append(tried.length() > "tried ".length() ? ", " : "");
      tried.append(NativeText.printable(NativePath.text(candidate)));
    }
    if (pid > 0) {
      tried.append(", and what its logger (pid ").append(pid).append(") has open");
    }
    return tried.toString();
  }

  private List<Path> candidates(String service, String label, DaemonKnowledge known) {
    Path directory = directory(service, known);
    List<Path> own = List.of(directory.resolve("log/main"), directory.resolve("log"));
    Path builtIn = root.of(known.name().isEmpty() ? label : known.name()).directory();
    boolean hasLogger =
        known.hasLogger()
            || (known.directory().isEmpty() && Files.exists(directory.resolve("log/run")));
    List<Path> candidates = new ArrayList<>();
    if (hasLogger) {
      candidates.addAll(own);
      candidates.add(builtIn);
    } else {
      candidates.add(builtIn);
      candidates.addAll(root.isDaemon(label) ? List.of() : own);
    }
    if (service.startsWith("/")) {
      candidates.add(directory);
    } else if (known.name().isEmpty() && !root.isDaemon(label) && !label.endsWith(UNIT)) {
      candidates.add(root.of(label + UNIT).directory()); // of a transient unit that is gone
    }
    return candidates;
  }

  private Path directory(String service, DaemonKnowledge known) {
    if (!known.directory().isEmpty()) {
      return NativePath.of(known.directory());
    }
    return NativePath.of(
        service.startsWith("/") ? service : ScanDirectory.usual(environment) + "/" + service);
  }

  /** Also an unreadable one: reading it will show why. */
  private static boolean isLog(Path directory) {
    boolean unreadable = Files.isDirectory(directory) && !Files.isReadable(directory);
    return unreadable
        || Files.exists(directory.resolve(LogFiles.CURRENT), LinkOption.NOFOLLOW_LINKS);
  }
}
