package org.usersvc.daemon.main;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.mounts.PatientFiles;
import org.usersvc.daemon.mounts.PatientWatches;
import org.usersvc.daemon.os.DescriptorLimit;
import org.usersvc.daemon.os.EnvironmentBlock;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.KeptDescriptors;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixProcesses;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.Spawner;
import org.usersvc.daemon.os.Threads;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.platform.Platform;

/**
 * The kernel's part of the daemon: files, processes, places and locks.
 *
 * @param handover what the program before this one in the same process has handed over, null if
 *     there was none
 * @param held what outlives a death of this program; of an earlier one only after {@link
 *     Keeper#recall}
 * @param environment the daemon's own environment, completed
 * @param platform the part of all this that most of the daemon uses
 */
record Ground(
    @Nullable Handover handover,
    KeptDescriptors kept,
    HeldDescriptors held,
    Spawner spawner,
    DescriptorLimit limit,
    PatientFiles files,
    LocalSockets sockets,
    Places places,
    Environment environment,
    Platform platform) {
  /**
   * Takes all this, in this order: the inherited descriptors are known before anything is opened;
   * the spawner has its own table before anything is opened but the loop's descriptors; the locks
   * are held before anything is supervised.
   */
  static Ground take(Settings settings, LogMessages messages) throws Fatal, IOException {
    var inherited = EnvironmentBlock.inherited();
    var handover = Handover.received(inherited);
    var kept = handover == null ? new KeptDescriptors() : new KeptDescriptors(handover);
    var local = new PosixFileSystem(kept);
    SelfProcess.closeInherited(local);
    var loop = new EventLoop(new EpollPoller(), Clock.SYSTEM, messages::bug);
    var left = handover == null ? List.<Integer>of() : handover.descriptors();
    var spawner = new Spawner(loop.mailbox(), left);
    var files = new PatientFiles(local, fileThreads(), loop, messages::warn);
    var given = Handover.cleaned(inherited);
    var places = Places.find(settings, given, files, SelfProcess.uid());
    files.trust(places.runtime().path());
    InstanceLock.take(places.runtime(), files, messages);
    var claims = TreeLocks.take(places, files, messages);
    SelfProcess.noticeSignals();
    SelfProcess.becomeSubreaper();
    var limit = new DescriptorLimit(handover == null ? 0 : handover.limit());
    var platform =
        new Platform(
            files,
            processes(spawner, limit, files, loop),
            watches(files),
            loop,
            messages,
            places.runtime(),
            claims);
    return new Ground(
            handover,
            kept,
            new HeldDescriptors(kept, messages::warn),
            spawner,
            limit,
            files,
            new UnixSockets(kept),
            places,
            places.complete(given),
            platform)
        .lookAtMounts();
  }

  private static PosixProcesses processes(
      Spawner spawner, DescriptorLimit limit, PatientFiles files, EventLoop loop)
      throws IOException {
    String helper = Installation.program(files, "usersvc.exec");
    return new PosixProcesses(new PosixProcesses.Parts(spawner, limit, files, loop, helper));
  }

  private static PatientWatches watches(PatientFiles files) {
    var watches = new InotifyWatches();
    return new PatientWatches(watches, watches::forOtherThread, files);
  }

  /** To be called first, and after each change of the mounts; returns this. */
  Ground lookAtMounts() {
    if (!files.isAllLocal()) {
      spawner.expectHangs();
    }
    return this;
  }

  /** Logs a line about the runtime directory, unless its trouble was logged already. */
  void warnOfRuntime(String line) {
    if (places.runtime().failed()) {
      platform.messages().warn(line);
    }
  }

  private static PatientFiles.Threads fileThreads() {
    return new PatientFiles.Threads(
        PosixFileSystem::new, work -> Threads.start("usersvc-files", work, _ -> {}));
  }
}
