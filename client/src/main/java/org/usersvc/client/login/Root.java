package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.usersvc.client.socket.NativePath;

/**
 * The places of the system's files: below {@code USERSVC_ROOT}, which tests set, else the usual
 * ones. The owner of that directory plays the part of root.
 */
record Root(String prefix, Map<String, String> environment) {
  static Root of(Map<String, String> environment) {
    return new Root(environment.getOrDefault("USERSVC_ROOT", ""), environment);
  }

  Path path(String absolute) {
    return NativePath.of(prefix + absolute);
  }

  /** The directory with a file for each user who lingers. */
  Path linger() {
    String given = environment.getOrDefault("USERSVC_LINGER", "");
    return given.startsWith("/") ? NativePath.of(given) : path("/var/lib/usersvc/linger");
  }

  /** The directory with a directory of logins for each user. */
  Path logins() {
    String given = environment.getOrDefault("USERSVC_LOGINS", "");
    return given.startsWith("/") ? NativePath.of(given) : path("/run/usersvc");
  }

  /** The uid of root. */
  int owner() throws IOException {
    FileFacts facts = prefix.isEmpty() ? null : FileFacts.of(path("/"));
    return facts == null ? 0 : facts.uid();
  }
}
