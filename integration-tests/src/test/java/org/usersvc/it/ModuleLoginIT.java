package org.usersvc.it;

import java.io.IOException;

/** The module. */
final class ModuleLoginIT extends LoginScenarios {
  @Override
  String line() throws IOException {
    return "optional " + Programs.login("pam_usersvc.so");
  }
}
