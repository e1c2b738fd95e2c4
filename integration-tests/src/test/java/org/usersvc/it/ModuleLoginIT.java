package org.usersvc.it;

/** The module. */
final class ModuleLoginIT extends LoginScenarios {
  @Override
  String line() {
    return Login.line("module");
  }
}
