package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.socket.NativePath;

/** The directory of the built-in logger: a log directory for each service, and the daemon's. */
public record LogRoot(Path path) {
  /** The name of the daemon's own log, and its directory. */
  private static final String DAEMON = "usersvcd";

  private static final String DAEMON_DIRECTORY = ".usersvcd";

  /** The file of limits for all logs; a service of that name has a directory with a dot. */
  private static final String LIMITS = "config";

  /** That of the instance, which may not be there yet. */
  public static LogRoot locate(Map<String, String> environment, String instance) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = state.startsWith("/") ? state : ScanDirectory.home(environment) + "/.local/state";
    String name = instance.isEmpty() ? "/usersvc" : "/usersvc-" + instance;
    return new LogRoot(NativePath.of(home + name + "/log"));
  }

  /** The present logs, by name. */
  List<LogSource> all() throws IOException {
    List<LogSource> sources = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      return sources;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name =
            NativePath.text(entry.subpath(entry.getNameCount() - 1, entry.getNameCount()));
        String shown = shown(name);
        if (!shown.isEmpty() && Files.isDirectory(entry)) {
          sources.add(new LogSource(shown, entry));
        }
      }
    }
    Collections.sort(sources);
    return sources;
  }

  /** The shown name of the log in that directory; empty if it is none. */
  private String shown(String directory) {
    if (directory.equals(DAEMON_DIRECTORY)) {
      return isDaemon(DAEMON) ? DAEMON : DAEMON_DIRECTORY;
    }
    if (directory.equals("." + LIMITS)) {
      return LIMITS;
    }
    return directory.startsWith(".") ? "" : directory;
  }

  /** Whether that is the name of the daemon's own log; a service of that name comes first. */
  boolean isDaemon(String name) {
    return name.equals(DAEMON_DIRECTORY)
        || (name.equals(DAEMON) && !Files.isDirectory(path.resolve(DAEMON)));
  }

  /** Whether that is the directory of the daemon's own log. */
  static boolean isOfDaemon(Path directory) {
    return directory.endsWith(DAEMON_DIRECTORY);
  }

  /** The lines of the daemon's log that are {@code about} services. */
  LogSource ofDaemon(DaemonLines about) {
    return new LogSource(DAEMON, path.resolve(DAEMON_DIRECTORY), about);
  }

  /** The place for the log of {@code service}, if it is here. */
  LogSource of(String service) {
    String directory = service;
    if (isDaemon(service)) {
      directory = DAEMON_DIRECTORY;
    } else if (service.equals(LIMITS)) {
      directory = "." + LIMITS;
    }
    return new LogSource(service, path.resolve(NativePath.of("/" + directory).subpath(0, 1)));
  }
}
