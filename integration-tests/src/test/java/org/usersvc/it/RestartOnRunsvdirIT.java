package org.usersvc.it;

import java.io.IOException;

final class RestartOnRunsvdirIT extends RestartScenarios {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.launch().runsvdir();
  }
}
