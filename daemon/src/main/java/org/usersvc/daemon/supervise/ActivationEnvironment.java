package org.usersvc.daemon.supervise;

import org.usersvc.daemon.model.Environment;

/** What processes that start now are given. <b>Loop thread only.</b> */
final class ActivationEnvironment {
  private Environment current = Environment.EMPTY;

  Environment current() {
    return current;
  }

  void become(Environment next) {
    current = next;
  }
}
