package org.usersvc.daemon.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a fake run writes to its notification-fd. */
final class ReadySign {
  private ReadySign() {}

  /** The run of that service, which lives, says that it is ready. */
  static void ready(TreeFixture tree, String service) throws IOException {
    write(tree, service, "\n");
  }

  static void write(TreeFixture tree, String service, String text) throws IOException {
    int pid = tree.processes.pid(service + "/run");
    var child =
        tree.processes.spawned().stream().filter(each -> each.pid() == pid).findFirst().get();
    Files.writeString(Path.of("/proc/self/fd/" + child.request().sourceOf(3)), text);
    tree.settle();
  }
}
