package org.usersvc.it;

import java.io.IOException;

final class RestartIT extends RestartScenarios {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.start();
  }
}
