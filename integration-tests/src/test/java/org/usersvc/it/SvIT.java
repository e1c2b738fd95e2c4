package org.usersvc.it;

import java.io.IOException;

final class SvIT extends VerbScenarios.WithExit {
  SvIT() {
    super(Door.SV);
  }

  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.start();
  }
}
