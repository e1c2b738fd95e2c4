package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.notify.Complaints;
import org.usersvc.daemon.notify.Notification;
import org.usersvc.daemon.notify.NotifySocket;
import org.usersvc.daemon.notify.Sender;

/**
 * The door for sd_notify(3): one socket for all services, opened when the first of them needs it. A
 * message counts for the service whose process has sent it, as the kernel says. <b>Loop thread
 * only.</b>
 */
final class NotifyDoor {
  private final Platform platform;
  private final Parts parts;
  private final Sender sender;
  private final Complaints complaints;
  private final Supplier<Collection<ServiceRecord>> services;
  private @Nullable NotifySocket socket;

  /**
   * What it works with.
   *
   * @param uid whose processes are heard
   * @param pid of the daemon itself
   */
  record Parts(DatagramSockets sockets, int uid, int pid) {}

  NotifyDoor(Platform platform, Parts parts, Supplier<Collection<ServiceRecord>> services) {
    this.platform = platform;
    this.parts = parts;
    this.sender = new Sender(platform.files(), parts.pid());
    this.complaints = new Complaints(platform.messages()::warn);
    this.services = services;
  }

  /** The path of the socket, null if it cannot be made. */
  @Nullable String path() {
    String path = platform.runtime().path() + "/notify";
    if (socket == null) {
      var with =
          new NotifySocket.Parts(
              platform.files(),
              parts.sockets(),
              platform.loop(),
              platform.messages()::warn,
              parts.uid());
      try {
        socket = new NotifySocket(with, path, this::notified);
      } catch (FileFault fault) {
        if (platform.runtime().failed()) {
          platform
              .messages()
              .warn(fault.getMessage() + "; services cannot tell that they are ready");
        }
        return null;
      }
    }
    return path;
  }

  /** Listens where services send to, if that is not so any more. */
  void settle() throws FileFault {
    if (socket != null) {
      socket.settle();
    }
  }

  void forget(ServiceRecord service) {
    complaints.forget(service.name());
  }

  private void notified(int senderPid, Notification notification) {
    var process = find(senderPid);
    if (process == null || !process.definition().readiness().notifies()) {
      platform
          .messages()
          .debug("notify socket: pid " + senderPid + " is of no service that uses it");
      return;
    }
    complaints.tell(process.name(), notification);
    Integer mainPid = notification.mainPid();
    if (mainPid != null && runs(process)) {
      takeMainProcess(process, mainPid);
    }
    tell(process, notification);
  }

  private static void tell(Supervised process, Notification notification) {
    process.says(process.said().and(notification));
    if (runs(process)) {
      process.readiness().hear(notification);
    }
    var more = notification.extendTimeout();
    if (more != null) {
      process.performer().extendKill(more);
    }
  }

  /** finish has nothing to say of these. */
  private static boolean runs(Supervised process) {
    return process.state().phase() instanceof Phase.Running;
  }

  private @Nullable Supervised find(int senderPid) {
    for (int candidate : sender.candidates(senderPid)) {
      for (var service : services.get()) {
        if (service.main().state().phase().pidOrZero() == candidate) {
          return service.main();
        }
      }
    }
    return null;
  }

  private void takeMainProcess(Supervised process, int pid) {
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

  void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
