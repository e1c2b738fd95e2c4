package org.usersvc.it;

/** At the private socket. */
final class SystemctlIT extends SystemctlScenarios {
  @Override
  Units reached(Units units) {
    return units;
  }
}
