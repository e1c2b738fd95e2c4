package org.usersvc.it;

/** The hook, under the system's sh. */
final class HookLoginIT extends LoginScenarios {
  @Override
  String line() {
    return Login.line("hook");
  }
}
