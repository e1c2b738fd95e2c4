package org.usersvc.systemd.bus;

import org.usersvc.daemon.extension.Departure;
import org.usersvc.systemd.engine.Manager;

/** Stops the units before the daemon ends. <b>Loop thread only.</b> */
record Leaving(Manager manager) implements Departure {
  @Override
  public void stop(Runnable done) {
    manager.stopAll(done);
  }

  @Override
  public void hurry() {
    manager.hurry();
  }
}
