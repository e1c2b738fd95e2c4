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
 * Receives messages of sd_notify(3). Each service that uses it has a socket of its own, opened at
 * its start, so that a flood from one keeps no other waiting. A message counts if the kernel names
 * a process of that very service as its sender, or a process that has ended since: a sender of
 * READY is often gone before the daemon reads it. <b>Loop thread only.</b>
 */
final class NotifyReceiver {
  private static final int PRIVATE = 0700;

  private final Platform platform;
  private final Parts parts;
  private final Sender sender;
  private final Complaints complaints;
  private final Map<Speaker, NotifySocket> sockets = new HashMap<>();

  /**
   * Its parts.
   *
   * @param uid the user whose processes may send
   * @param pid of the daemon itself
   */
  record Parts(DatagramSockets sockets, int uid, int pid) {}

  /** A process whose messages are read. */
  interface Speaker extends Owner {
    /** Takes a message of run or finish. */
    void hear(Notification notification);

    /** From now on another process of the service is the supervised one. */
    void continuedBy(int pid);
  }

  NotifyReceiver(Platform platform, Parts parts) {
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

  /** Makes sockets again that have gone. */
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
    complaints.log(process.name(), notification);
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
