package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.usersvc.client.socket.NativePath;

/** The directory of the built-in logger: a log directory for each service, and the daemon's. */
record LogRoot(Path path) {
  /** What the daemon's own log is called here, and there. */
  static final String DAEMON = "usersvcd";

  private static final String DAEMON_DIRECTORY = ".usersvcd";

  static LogRoot locate(Map<String, String> environment, String instance) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = state.startsWith("/") ? state : home(environment) + "/.local/state";
    String name = instance.isEmpty() ? "/usersvc" : "/usersvc-" + instance;
    return new LogRoot(NativePath.of(home + name + "/log"));
  }

  static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/") ? home : System.getProperty("user.home", "");
  }

  /** What lies there now, by name. */
  List<LogSource> all() throws IOException {
    List<LogSource> sources = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      return sources;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name =
            NativePath.text(entry.subpath(entry.getNameCount() - 1, entry.getNameCount()));
        boolean daemon = name.equals(DAEMON_DIRECTORY);
        if ((daemon || !name.startsWith(".")) && Files.isDirectory(entry)) {
          sources.add(new LogSource(daemon ? DAEMON : name, entry));
        }
      }
    }
    Collections.sort(sources);
    return sources;
  }

  /** Where the log of {@code service} is, if it is here. */
  LogSource of(String service) {
    String directory = service.equals(DAEMON) ? DAEMON_DIRECTORY : service;
    return new LogSource(service, path.resolve(NativePath.of("/" + directory).subpath(0, 1)));
  }
}
