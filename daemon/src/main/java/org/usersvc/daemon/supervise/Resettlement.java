package org.usersvc.daemon.supervise;

import java.util.ArrayDeque;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * Shows all services where clients look for them when the runtime directory is another one, or has
 * room again. Their processes, and the FIFOs that these have open, stay. <b>Loop thread only.</b>
 */
final class Resettlement implements RuntimeDirectory.Resident {
  /** So many a turn are looked at. */
  private static final int PER_TURN = 32;

  private final ArrayDeque<Supervised> toCheck = new ArrayDeque<>();
  private final Platform platform;
  private final Catalogue services;
  private final NotifyDoor door;

  Resettlement(Platform platform, Catalogue services, NotifyDoor door) {
    this.platform = platform;
    this.services = services;
    this.door = door;
  }

  @Override
  public void settle() throws FileFault {
    door.settle();
    boolean busy = !toCheck.isEmpty();
    toCheck.clear();
    services.all().forEach(service -> toCheck.addAll(service.processes()));
    if (!busy && !toCheck.isEmpty()) {
      platform.loop().soon(this::checkSome);
    }
    for (var process : toCheck) {
      process.files().settle();
    }
  }

  private void checkSome() {
    for (int left = PER_TURN; left > 0 && !toCheck.isEmpty(); left--) {
      toCheck.remove().files().check();
    }
    if (!toCheck.isEmpty()) {
      platform.loop().soon(this::checkSome);
    }
  }
}
