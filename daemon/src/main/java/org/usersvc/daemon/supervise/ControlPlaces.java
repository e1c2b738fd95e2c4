package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.control.SupervisePlace;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.platform.Platform;

/** Finds, makes and mends the supervise/ of processes. <b>Loop thread only.</b> */
final class ControlPlaces {
  private final Platform platform;
  private final LockHolders lockHolders;

  ControlPlaces(Platform platform, LockHolders lockHolders) {
    this.platform = platform;
    this.lockHolders = lockHolders;
  }

  /**
   * Opens the one of a service directory. Where there is one already, its lock decides now; a new
   * one is made later.
   *
   * @param directory the open service directory
   */
  ControlFiles open(String name, int directory, ServiceId id)
      throws FileFault, SupervisedElsewhere {
    var files = platform.files();
    var control = new ControlFiles(files, () -> make(name, directory, id));
    if (SupervisePlace.decides(files, directory) && !take(control)) {
      var place = control.place();
      throw new SupervisedElsewhere(
          "supervise/lock is held by "
              + lockHolders.describe(place.at(), place.prefix() + "lock")
              + "; end that supervisor and this one takes over");
    }
    return control;
  }

  /** A runtime directory that is full or gone does not keep the service from running. */
  private boolean take(ControlFiles control) throws FileFault {
    try {
      return control.take();
    } catch (FileFault fault) {
      var runtime = platform.runtime();
      boolean mayCome = !runtime.isThere() || fault.errno().lacksSpace();
      if (control.isBesideService() || !mayCome) {
        throw fault;
      }
      return true;
    }
  }

  private SupervisePlace make(String name, int directory, ServiceId id) throws FileFault {
    var place = place(directory, id);
    if (place.complaint() != null) {
      warn(name + ": " + place.complaint() + "; its supervise is " + place.prefix());
    }
    return place;
  }

  private SupervisePlace place(int directory, ServiceId id) throws FileFault {
    return SupervisePlace.make(platform.files(), directory, id, platform.runtime().supervise());
  }

  /** Makes what was removed or replaced anew: files, or supervise of the service directory. */
  void repair(ServiceProcess process) {
    var status = process.parts().files();
    try {
      if (status.control().lost()) {
        status.replace(openAgain(process));
        warn(process.name() + ": its supervise/ was removed, it is made anew");
      } else {
        status.repair();
        if (status.isCutOff()) {
          reconnect(process);
        }
      }
    } catch (FileFault | SupervisedElsewhere fault) {
      complain(process, fault.getMessage() + "; usersvc rescan tries again");
    }
  }

  private ControlFiles openAgain(ServiceProcess process) throws FileFault, SupervisedElsewhere {
    int directory = process.directory().descriptor();
    return open(process.name(), directory, idOf(directory));
  }

  private ServiceId idOf(int directory) throws FileFault {
    return platform.files().stat(directory).id();
  }

  /** A directory that somebody has put in place of the link is used as at a start. */
  private void reconnect(ServiceProcess process) throws FileFault, SupervisedElsewhere {
    int directory = process.directory().descriptor();
    var status = process.parts().files();
    var control = status.control();
    String before = control.place().complaint();
    var found = place(directory, idOf(directory));
    if (!control.stays(found)) {
      status.replace(openAgain(process));
      control.delete();
      warn(process.name() + ": its supervise was replaced, the daemon uses what is there now");
    } else if (found.complaint() == null) {
      warn(process.name() + ": its supervise was removed or replaced, it is made anew");
    } else if (!found.complaint().equals(before)) {
      String remedy = "; mend that, then usersvc rescan; its supervise is " + found.prefix();
      complain(process, found.complaint() + remedy);
    }
  }

  private void complain(ServiceProcess process, String complaint) {
    warn(process.name() + ": " + process.path() + ": " + complaint);
  }

  private void warn(String line) {
    platform.messages().warn(line);
  }
}
