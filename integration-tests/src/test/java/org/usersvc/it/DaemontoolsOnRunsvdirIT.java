package org.usersvc.it;

import java.io.IOException;
import java.util.List;

final class DaemontoolsOnRunsvdirIT extends DaemontoolsScenarios.WithSvstat {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.launch().runsvdir();
  }

  @Override
  List<String> program(String name) {
    return List.of(Programs.system(name));
  }
}
