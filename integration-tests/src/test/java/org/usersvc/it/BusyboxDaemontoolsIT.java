package org.usersvc.it;

import java.io.IOException;
import java.util.List;

final class BusyboxDaemontoolsIT extends DaemontoolsScenarios {
  @Override
  Daemon start(Tree tree) throws IOException {
    return tree.start();
  }

  @Override
  List<String> program(String name) {
    return List.of(Programs.system("busybox"), name);
  }
}
