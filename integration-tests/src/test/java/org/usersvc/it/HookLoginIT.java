package org.usersvc.it;

import java.io.IOException;

/** The hook, under the system's sh. */
final class HookLoginIT extends LoginScenarios {
  @Override
  String line() throws IOException {
    return "optional pam_exec.so quiet seteuid " + Programs.login("usersvc-session");
  }
}
