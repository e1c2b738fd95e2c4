package org.usersvc.daemon.socket;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.LookUp;
import org.usersvc.daemon.supervise.Supervised;
import org.usersvc.daemon.supervise.Supervisor;

/** Services by the names that clients give. */
final class Names {
  private Names() {}

  /** The process of that name; null if there is none: then the client gets the reason. */
  static @Nullable Supervised find(Supervisor supervisor, String name, Answer answer) {
    return switch (LookUp.of(supervisor, name)) {
      case LookUp.Found(var process) -> process;
      case LookUp.NotSupervised(String reason) -> fail(name, reason, answer);
      case LookUp.NoSuchService(String reason) -> fail(name, reason, answer);
    };
  }

  private static @Nullable Supervised fail(String name, String reason, Answer answer) {
    answer.err("fail: " + NativeText.printable(name) + ": " + reason);
    return null;
  }
}
