package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.notify.Complaints;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.daemon.notify.NotifySocket;
import org.usersvc.daemon.notify.Sender;
import org.usersvc.daemon.platform.Platform;

/**
 * The door for sd_notify(3): a socket for each service that uses it, opened when it is to start, so
 * that one that sends without an end keeps no other waiting. A message counts if a process of that
 * very service has sent it, as the kernel says, or one that has ended since: who only says ready is
 * often gone before it is heard. <b>Loop thread only.</b>
 */
final class NotifyDoor {
  private static final int PRIVATE = 0700;

  private final Platform platform;
  private final Parts parts;
  private final Sender sender;
  private final Complaints complaints;
  private final Map<Speaker, NotifySocket> sockets = new HashMap<>();

  /**
   * What it works with.
   *
   * @param uid whose processes are heard
   * @param pid of the daemon itself
   */
  record Parts(DatagramSockets sockets, int uid, int pid) {}

  /** A process that may be heard. */
  interface Speaker extends Owner {
    /** What run or finish says of itself. */
    void hear(Notification notification);

    /** Another process of the service is the one to be supervised from now on. */
    void continuedBy(int pid);
  }

  NotifyDoor(Platform platform, Parts parts) {
    this.platform = platform;
    this.parts = parts;
    this.sender = new Sender(platform.files(), parts.pid());
    this.complaints = new Complaints(platform.messages()::warn);
  }

  /** The path of the service's socket, which is open then; null if it cannot be made. */
  @Nullable String path(Speaker process) {
    String path =
        directory()
            + "/"
            + process.service().id().asFileName()
            + (process.isLogger() ? "-log" : "");
    try {
      platform.files().makeDirectory(FileSystem.ABSOLUTE, directory(), PRIVATE);
      var known = sockets.get(process);
      if (known == null) {
        NotifySocket.Taker taker = (pid, said) -> notified(process, pid, said);
        sockets.put(process, new NotifySocket(with(), path, taker));
      } else {
        known.settle();
      }
      return path;
    } catch (FileFault fault) {
      if (platform.runtime().failed(fault)) {
        platform
            .messages()
            .warn(process.name() + ": " + fault.getMessage() + "; it cannot tell that it is ready");
      }
      return null;
    }
  }

  private String directory() {
    return platform.runtime().path() + "/notify";
  }

  private NotifySocket.Parts with() {
    return new NotifySocket.Parts(
        platform.files(), parts.sockets(), platform.loop(), platform.messages()::warn, parts.uid());
  }

  /** Listens where services send to, if that is not so any more. */
  void settle() throws FileFault {
    if (!sockets.isEmpty()) {
      platform.files().makeDirectory(FileSystem.ABSOLUTE, directory(), PRIVATE);
    }
    for (var socket : sockets.values()) {
      socket.settle();
    }
  }

  void forget(String service, Collection<? extends Speaker> processes) {
    complaints.forget(service);
    processes.forEach(this::close);
  }

  private void close(Speaker process) {
    var socket = sockets.remove(process);
    if (socket != null) {
      socket.close();
    }
  }

  private void notified(Speaker process, int senderPid, Notification notification) {
    int pid = process.state().phase().pidOrZero();
    boolean own = sender.candidates(senderPid).contains(pid) || sender.isGone(senderPid);
    if (pid == 0 || !own || !process.definition().readiness().notifies()) {
      platform
          .messages()
          .debug(process.name() + ": a message came from pid " + senderPid + ", not from it");
      return;
    }
    complaints.tell(process.name(), notification);
    Integer mainPid = notification.mainPid();
    if (mainPid != null && process.state().phase() instanceof Phase.Running) {
      takeMainProcess(process, mainPid);
    }
    process.hear(notification);
  }

  private void takeMainProcess(Speaker process, int pid) {
    int before = process.state().phase().pidOrZero();
    if (pid == before) {
      return;
    }
    if (sender.candidates(pid).contains(before)) {
      process.continuedBy(pid);
    } else {
      platform
          .messages()
          .warn(process.name() + ": MAINPID=" + pid + " is not a process of it, ignoring");
    }
  }
}
