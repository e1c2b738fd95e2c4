package org.usersvc.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The installation to which this client belongs, as its launcher says. */
public final class Image {
  private static final String SHARE = "usersvc.share";
  private static final String DAEMON = "usersvcd";

  private Image() {}

  /** Its {@code share/usersvc}; null if the client was not started by a launcher. */
  public static @Nullable Path share() {
    String share = System.getProperty(SHARE);
    return share == null ? null : Path.of(share).normalize();
  }

  /** The path of its daemon; if that cannot be executed, the name to look for in PATH. */
  public static String daemon() {
    var share = share();
    if (share == null) {
      return DAEMON;
    }
    var daemon = share.resolve("../../bin").resolve(DAEMON).normalize();
    return Files.isExecutable(daemon) ? daemon.toString() : DAEMON;
  }
}
