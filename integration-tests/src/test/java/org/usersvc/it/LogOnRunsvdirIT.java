package org.usersvc.it;

import java.io.IOException;

final class LogOnRunsvdirIT extends LogScenarios {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.launch().runsvdir();
  }
}
