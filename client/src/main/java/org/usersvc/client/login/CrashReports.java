package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.usersvc.client.socket.NativePath;

/** Reports of crashes of usersvcd, which the Java virtual machine has written. */
final class CrashReports {
  private CrashReports() {}

  /** Reports their number; empty ones are of daemons that did not crash. */
  static void count(Map<String, String> environment, Findings findings) throws IOException {
    String home = environment.getOrDefault("HOME", "");
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String base = state.startsWith("/") ? state : home + "/.local/state";
    Path directory = NativePath.of(base + "/usersvc/crash");
    if (!Files.isDirectory(directory)) {
      return;
    }
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "hs_err*")) {
      for (Path report : all) {
        count += Files.size(report) > 0 ? 1 : 0;
      }
    }
    if (count > 0) {
      findings.warn(
          "usersvcd has crashed: %d %s in %s; send the newest to who maintains it, and remove them"
              .formatted(count, count == 1 ? "report" : "reports", NativePath.text(directory)));
    }
  }
}
