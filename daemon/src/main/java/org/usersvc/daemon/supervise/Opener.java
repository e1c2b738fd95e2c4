package org.usersvc.daemon.supervise;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.control.SupervisePlace;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.servicedir.ServiceDirectory;
import org.usersvc.daemon.state.ProcessMemory;

/** Opens and closes what a service holds: directories, supervise/, watches, pipes. */
final class Opener {
  /** So many descriptors a process is going to need for its supervise/. */
  private static final int TO_SHOW = 3;

  private final Shared shared;
  private final WatchTable watchTable;
  private final LockHolders lockHolders;
  private final Openings openings;
  private final Rest rest;

  /** The directories that are supervised, by device and inode. */
  private final Set<ServiceId> open = new HashSet<>();

  private boolean following;

  Opener(Shared shared, WatchTable watchTable, Openings openings) {
    this.shared = shared;
    this.openings = openings;
    this.watchTable = watchTable;
    this.rest = new Rest(shared.platform().loop(), shared.dependencies());
    this.lockHolders = new LockHolders(shared.platform().files());
  }

  int openDirectory(int at, String name) throws FileFault {
    var files = shared.platform().files();
    int directory = files.openDirectory(at, name);
    if (files.isScarce(directory + TO_SHOW * openings.toShow())) {
      files.close(directory);
      throw new FileFault("open directory", name, new Errno(Errno.EMFILE));
    }
    return directory;
  }

  Shared shared() {
    return shared;
  }

  /** All that was there at the beginning is open: what comes now is new. */
  void follow() {
    following = true;
  }

  boolean isFollowing() {
    return following;
  }

  DefinitionWatch watch(Supervised process) throws FileFault {
    return new DefinitionWatch(shared.platform(), watchTable, rest, process);
  }

  WatchTable.Interest watch(int directory, Consumer<String> taker) throws FileFault {
    return watchTable.add(directory, taker);
  }

  void unwatch(WatchTable.Interest interest) {
    watchTable.remove(interest);
  }

  void warn(String line) {
    shared.platform().messages().warn(line);
  }

  void say(String line) {
    shared.platform().messages().info(line);
  }

  void close(int descriptor) {
    shared.platform().files().close(descriptor);
  }

  /** Starts it for the first time, when that may be. */
  void start(Supervised process) {
    if (following && process.directory().hasRun()) {
      rest.await(process, () -> openings.start(process));
    } else {
      openings.start(process);
    }
  }

  /** Takes over the directory; the process is not started yet. */
  Supervised open(ServiceRecord service, int directory, boolean logger)
      throws FileFault, SupervisedElsewhere {
    String name = logger ? service.name() + "/log" : service.name();
    var id = shared.platform().files().stat(directory).id();
    if (open.contains(id)) {
      throw new SupervisedElsewhere("its directory is supervised as that of another one", true);
    }
    var control = openControl(name, directory, id);
    try {
      claim(new ProcessMemory.Key(service.id(), logger), directory, id, control);
    } catch (SupervisedElsewhere elsewhere) {
      control.close();
      throw elsewhere;
    }
    open.add(id);
    var found = new ServiceDirectory(shared.platform().files(), directory);
    var supervised = new Supervised(service, logger, found, opened(control));
    var hang = found.hang();
    if (hang != null) { // it could not be seen whether the service is to start
      control.close();
      shared.platform().claims().release(service.id());
      throw new FileFault("waits for " + hang.fileSystem(), new Errno(Errno.ETIMEDOUT));
    }
    return supervised;
  }

  /** Other daemons of the user keep away from the directory from now on. */
  private void claim(ProcessMemory.Key key, int directory, ServiceId id, ControlFiles control)
      throws SupervisedElsewhere {
    if (!isOurs(id)) {
      shared.adoption().strays().forget(key);
      throw new SupervisedElsewhere(
          "another usersvcd supervises it ("
              + lockHolders.otherDaemons(shared.platform().claims().path())
              + "); end that one, or take the service out of its scan directory,"
              + " and this one takes over");
    }
    String doubt = doubt(key, directory, control);
    if (!doubt.isEmpty()) {
      shared.platform().claims().release(id);
      throw new SupervisedElsewhere(doubt);
    }
  }

  /** Why a start could make a second copy, empty if it could not. */
  private String doubt(ProcessMemory.Key key, int directory, ControlFiles control) {
    boolean left = control.wasLeft();
    var stray = shared.adoption().strays().heldElsewhere(key, left);
    if (stray != null) {
      return "its pid %d is a child of another usersvcd, pid %d; end that, and this one takes over"
          .formatted(stray.identity().pid(), stray.parent());
    }
    int suspect = shared.adoption().strays().suspect(key, left, directory, control.last());
    return suspect == 0
        ? shared.adoption().strays().trouble(key, left)
        : "pid %d may be it, started by a usersvcd that has ended; if so, kill %d, and it starts"
            .formatted(suspect, suspect);
  }

  private boolean isOurs(ServiceId id) {
    try {
      return shared.platform().claims().take(id);
    } catch (FileFault fault) {
      warn(fault.getMessage() + "; do not run a second usersvcd on the same services");
      return true;
    }
  }

  /** Makes anew what somebody has removed from supervise/, or replaced there. */
  void repair(Supervised process) {
    try {
      if (process.files().control().lost()) {
        warn(process.name() + ": its supervise/ was removed, it is made anew");
        int directory = process.directory().descriptor();
        var id = shared.platform().files().stat(directory).id();
        process.files().replace(openControl(process.name(), directory, id));
      } else {
        process.files().repair();
      }
    } catch (FileFault | SupervisedElsewhere fault) {
      warn(process.name() + ": " + fault.getMessage() + "; usersvc rescan tries again");
    }
  }

  private void unlink(Supervised process, int directory) {
    try {
      process.files().control().unlink(directory, process.status());
    } catch (FileFault fault) {
      warn(process.name() + ": " + fault.getMessage() + "; remove it before runsv takes over");
    }
  }

  /** Where a supervise is already its lock decides now; a new one is made later. */
  private ControlFiles openControl(String name, int directory, ServiceId id)
      throws FileFault, SupervisedElsewhere {
    var files = shared.platform().files();
    var control = new ControlFiles(files, () -> makePlace(name, directory, id));
    if (SupervisePlace.decides(files, directory) && !take(control)) {
      var place = control.place();
      throw new SupervisedElsewhere(
          "supervise/lock is held by "
              + lockHolders.describe(place.at(), place.prefix() + "lock")
              + "; end that supervisor and this one takes over");
    }
    return control;
  }

  private Supervised.Opened opened(ControlFiles control) {
    return new Supervised.Opened(
        control, shared, new StatusFiles.Parts(shared.platform(), watchTable));
  }

  /** What is in the way in the runtime directory does not keep the service from running. */
  private boolean take(ControlFiles control) throws FileFault {
    try {
      return control.take();
    } catch (FileFault fault) {
      var runtime = shared.platform().runtime();
      boolean mayCome = !runtime.isThere() || fault.errno().lacksSpace();
      if (control.isBesideService() || !mayCome) {
        throw fault;
      }
      return true;
    }
  }

  private SupervisePlace makePlace(String name, int directory, ServiceId id) throws FileFault {
    var platform = shared.platform();
    var place =
        SupervisePlace.make(platform.files(), directory, id, platform.runtime().supervise());
    if (place.complaint() != null) {
      warn(name + ": " + place.complaint() + "; its supervise is " + place.prefix());
    }
    return place;
  }

  /**
   * Releases supervise/.
   *
   * @param forGood whether it is not to be opened again soon, so that nothing of it stays behind
   */
  void close(Supervised process, boolean forGood) {
    var files = shared.platform().files();
    int directory = process.directory().descriptor();
    if (forGood) {
      unlink(process, directory);
    }
    process.close();
    try {
      var found = files.stat(directory);
      shared.platform().claims().release(found.id());
      open.remove(found.id());
      if (forGood || found.links() == 0) {
        process.files().control().delete();
      }
    } catch (FileFault fault) {
      warn(process.name() + ": " + fault.getMessage() + ", ignoring");
    }
    files.close(directory);
  }
}
