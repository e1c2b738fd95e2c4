package org.usersvc.it;

import org.junit.jupiter.api.Tag;

/** The module. */
@Tag("root")
final class ModuleLoginIT extends LoginScenarios {
  @Override
  String line() {
    return Login.line("module");
  }
}
