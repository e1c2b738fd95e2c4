package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Messages;

/** The variables that processes get when they start. <b>Loop thread only.</b> */
final class ActivationEnvironment {
  /** The most that the env/ of all services may have together, in bytes. */
  private static final int MOST = 8 * 1024 * 1024;

  private final Budget own;
  private final Exports exports = new Exports();
  private final Map<String, Integer> losses = new HashMap<>();
  private Environment current = Environment.EMPTY;

  ActivationEnvironment(Timers timers, Messages messages) {
    this.own = new Budget(MOST, timers, messages::warn);
  }

  /** The budget for the env/ of services. */
  Budget own() {
    return own;
  }

  /** What services bring while they are up. */
  Exports exports() {
    return exports;
  }

  Environment current() {
    return current;
  }

  void become(Environment next) {
    current = next;
  }

  /** These variables' objects have ended; the same value soon after names another one. */
  void lost(Collection<String> names) {
    names.forEach(name -> losses.merge(name, 1, Integer::sum));
  }

  /** How often the objects that these variables name have ended. */
  int losses(Collection<String> names) {
    int sum = 0;
    for (String name : names) {
      sum += losses.getOrDefault(name, 0);
    }
    return sum;
  }
}
