package org.usersvc.it;

/** At a session bus. */
final class SystemctlOnBusIT extends SystemctlScenarios {
  @Override
  Units reached(Units units) {
    return units.onBusAlone();
  }
}
