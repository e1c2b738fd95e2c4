package org.usersvc.daemon.socket;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

/** Services by the names that clients give. */
final class Names {
  private Names() {}

  /** The service of that name; null if there is none: then the client gets the reason. */
  static @Nullable Commanded find(Services services, String name, Answer answer) {
    return switch (services.lookUp(name)) {
      case LookUp.Found(var service) -> service;
      case LookUp.NotSupervised(String reason) -> fail(name, reason, answer);
      case LookUp.NoSuchService(String reason) -> fail(name, reason, answer);
    };
  }

  private static @Nullable Commanded fail(String name, String reason, Answer answer) {
    answer.err("fail: " + NativeText.printable(name) + ": " + reason);
    return null;
  }
}
