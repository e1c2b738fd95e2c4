package org.usersvc.daemon.supervise;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * Shows all services where clients look for them when the runtime directory is another one, or has
 * room again. Their processes, and the FIFOs that these have open, stay. <b>Loop thread only.</b>
 */
final class Resettlement implements RuntimeDirectory.Resident {
  private final Platform platform;
  private final Catalogue services;
  private final Openings openings;
  private final NotifyDoor door;
  private @Nullable ServiceId places;

  Resettlement(Platform platform, Catalogue services, Openings openings, NotifyDoor door) {
    this.platform = platform;
    this.services = services;
    this.openings = openings;
    this.door = door;
    this.places = found();
  }

  /** The directory of all supervise/, null if there is none. */
  private @Nullable ServiceId found() {
    try {
      var found = platform.files().stat(FileSystem.ABSOLUTE, platform.runtime().supervise());
      return found == null ? null : found.id();
    } catch (FileFault ignored) { // it is as good as absent
      return null;
    }
  }

  @Override
  public void settle() throws FileFault {
    door.settle();
    var before = places;
    places = found();
    boolean moved = !Objects.equals(before, places);
    for (var service : services.all()) {
      for (var process : service.processes()) {
        if (moved) {
          process.files().doubt();
          openings.showLater(process);
        } else {
          process.files().settle();
        }
      }
    }
  }
}
