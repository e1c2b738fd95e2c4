package org.usersvc.it;

import java.io.IOException;

final class UsersvcVerbsIT extends VerbScenarios.WithExit {
  UsersvcVerbsIT() {
    super(Door.USERSVC);
  }

  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.start();
  }
}
