package org.usersvc.it;

import java.io.IOException;

/** The oracle: what these tests claim of usersvcd holds for runit itself. */
final class SvOnRunsvdirIT extends VerbScenarios {
  SvOnRunsvdirIT() {
    super(Door.SV);
  }

  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.launch().runsvdir();
  }
}
