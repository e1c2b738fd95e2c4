package org.usersvc.daemon.socket;

import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Supervisor;

/** Why a name is not a service. */
final class Refusals {
  private Refusals() {}

  static String describe(Supervisor supervisor, String name) {
    String reason = supervisor.refusal(name);
    return "fail: "
        + NativeText.printable(name)
        + ": "
        + (reason == null
            ? "no such service in " + supervisor.scanDirectory() + "; see usersvc list"
            : reason);
  }
}
