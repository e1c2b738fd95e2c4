package org.usersvc.daemon.supervise;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.servicedir.ServiceDirectory;
import org.usersvc.daemon.state.RecordedProcess;
import org.usersvc.daemon.trigger.Timekeeper;

/** Opens and closes the resources of a service: directories, supervise/, watches, pipes. */
final class ServiceHandles {
  /** The number of descriptors that a process needs for its supervise/. */
  private static final int TO_SHOW = 3;

  private final ProcessParts.Facilities facilities;
  private final Platform platform;
  private final Predecessor predecessor;
  private final LogPipes pipes;
  private final WatchTable watchTable;
  private final LockHolders lockHolders;
  private final ControlPlaces places;
  private final StartQueue openings;
  private final Rest rest;
  private final Timekeeper keeper;

  /** The directories that are supervised, by device and inode. */
  private final Set<ServiceId> open = new HashSet<>();

  private boolean following;

  ServiceHandles(
      ProcessParts.Facilities facilities,
      StartQueue openings,
      LogPipes pipes,
      Predecessor predecessor,
      Timekeeper keeper) {
    this.facilities = facilities;
    this.platform = facilities.platform();
    this.watchTable = facilities.watchTable();
    this.openings = openings;
    this.pipes = pipes;
    this.predecessor = predecessor;
    this.keeper = keeper;
    this.rest = new Rest(platform.loop(), facilities.dependencies());
    this.lockHolders = new LockHolders(platform.files());
    this.places = new ControlPlaces(platform, lockHolders);
  }

  int openDirectory(int at, String name) throws FileFault {
    var files = platform.files();
    int directory = files.openDirectory(at, name);
    if (files.isScarce(directory + TO_SHOW * openings.toShow())) {
      files.close(directory);
      throw new FileFault("open directory", name, new Errno(Errno.EMFILE));
    }
    return directory;
  }

  /** The output of the service. */
  Output output(Service service) {
    return new Output(service, platform, pipes, predecessor);
  }

  /** What starts the service beside commands. */
  Triggers triggers(ServiceProcess run) {
    return new Triggers(run, keeper);
  }

  /** All services of the beginning are open; later ones are new. */
  void follow() {
    following = true;
  }

  boolean isFollowing() {
    return following;
  }

  DefinitionWatch watch(ServiceProcess process, DefinitionWatch.News news) throws FileFault {
    var supervise =
        new SuperviseWatch(platform.loop().timers(), process, () -> places.repair(process));
    return new DefinitionWatch(platform, watchTable, rest, supervise, news);
  }

  WatchTable.Interest watch(int directory, Consumer<String> taker) throws FileFault {
    return watchTable.add(directory, taker);
  }

  void unwatch(WatchTable.Interest interest) {
    watchTable.remove(interest);
  }

  void warn(String line) {
    platform.messages().warn(line);
  }

  void say(String line) {
    platform.messages().info(line);
  }

  void close(int descriptor) {
    platform.files().close(descriptor);
  }

  /** Restores the state that an earlier daemon has left; false if the process is new. */
  boolean resume(ServiceProcess process) {
    return predecessor.resume(process);
  }

  /** Starts it for the first time, as soon as it may start. */
  void start(ServiceProcess process) {
    if (following) {
      rest.await(process, () -> openings.start(process));
    } else {
      openings.start(process);
    }
  }

  /** Runs the action when no directory is awaited that is being filled now. */
  void whenFilled(Runnable action) {
    rest.whenOver(action);
  }

  /** Takes over the directory; the process is not started yet. */
  ServiceProcess open(ServiceProcess.Place place, int directory)
      throws FileFault, SupervisedElsewhere {
    var service = place.service();
    boolean logger = place.logger();
    String name = logger ? service.name() + "/log" : service.name();
    var id = platform.files().stat(directory).id();
    if (open.contains(id)) {
      throw new SupervisedElsewhere("its directory is supervised as that of another one", true);
    }
    var control = places.open(name, directory, id);
    try {
      claim(new RecordedProcess.Key(service.id(), logger), directory, id, control);
    } catch (SupervisedElsewhere elsewhere) {
      control.close();
      throw elsewhere;
    }
    open.add(id);
    var found = new ServiceDirectory(platform.files(), directory);
    var supervised = new ServiceProcess(place, found, control, facilities);
    var hang = found.hang();
    if (hang != null) { // it is not known whether the service has a down file
      control.close();
      platform.claims().release(id);
      open.remove(id);
      throw new FileFault("waits for " + hang.fileSystem(), new Errno(Errno.ETIMEDOUT));
    }
    return supervised;
  }

  /** Other daemons of the user keep away from the directory from now on. */
  private void claim(RecordedProcess.Key key, int directory, ServiceId id, ControlFiles control)
      throws SupervisedElsewhere {
    if (!isOurs(id)) {
      predecessor.forget(key);
      throw new SupervisedElsewhere(
          "another usersvcd supervises it ("
              + lockHolders.otherDaemons(platform.claims().path())
              + "); end that one, or take the service out of its scan directory,"
              + " and this one takes over");
    }
    String doubt = predecessor.doubt(key, directory, control);
    if (!doubt.isEmpty()) {
      platform.claims().release(id);
      throw new SupervisedElsewhere(doubt);
    }
  }

  private boolean isOurs(ServiceId id) {
    try {
      return platform.claims().take(id);
    } catch (FileFault fault) {
      warn(fault.getMessage() + "; do not run a second usersvcd on the same services");
      return true;
    }
  }

  /** Makes files of supervise/ anew that were removed or replaced, and the way there. */
  void repair(ServiceProcess process) {
    places.repair(process);
  }

  private void unlink(ServiceProcess process, int directory) {
    try {
      process.parts().files().control().unlink(directory, process.status());
    } catch (FileFault fault) {
      warn(process.name() + ": " + fault.getMessage() + "; remove it before runsv takes over");
    }
  }

  /**
   * Releases supervise/.
   *
   * @param forGood whether it will not be opened again soon, so that nothing of it is kept
   */
  void close(ServiceProcess process, boolean forGood) {
    var files = platform.files();
    int directory = process.directory().descriptor();
    if (forGood) {
      unlink(process, directory);
    }
    process.close();
    try {
      var found = files.stat(directory);
      platform.claims().release(found.id());
      open.remove(found.id());
      if (forGood || found.links() == 0) {
        process.parts().files().control().delete();
      }
    } catch (FileFault fault) {
      warn(process.name() + ": " + fault.getMessage() + ", ignoring");
    }
    files.close(directory);
  }
}
