package org.usersvc.client;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class JavaClientIT extends ClientScenarios {
  private static Installation installation;

  @BeforeAll
  static void install(@TempDir Path root) throws IOException {
    installation = Installation.ofJava(root);
  }

  @Override
  Installation installation() {
    return installation;
  }
}
