package org.usersvc.client;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** valgrind ends with 99 where it finds an error, which no scenario expects. */
final class LauncherValgrindIT extends RequestScenarios {
  private static Installation installation;

  @BeforeAll
  static void install(@TempDir Path root) throws IOException {
    installation = Installation.ofWatchedLauncher(root);
  }

  @Override
  Installation installation() {
    return installation;
  }
}
