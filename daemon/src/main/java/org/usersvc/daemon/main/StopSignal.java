package org.usersvc.daemon.main;

import org.usersvc.daemon.os.SelfProcess;

/** A signal that ends the daemon, and who has sent it. */
record StopSignal(String name, String sender) {
  /** The message when it comes first. */
  String stops(long services) {
    String what = services + (services == 1 ? " service" : " services");
    String line = "SIG" + name + " from " + sender + ", stopping " + what;
    boolean terminal = name.equals("HUP") && sender.equals(SelfProcess.KERNEL);
    return terminal
        ? line + ": the terminal was closed; usersvcd --background does not depend on one"
        : line;
  }

  /** The message when it comes once more. */
  String hurries() {
    return "SIG" + name + " from " + sender + ", killing what still runs";
  }
}
