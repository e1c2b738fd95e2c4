package org.usersvc.daemon.main;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.Version;
import org.usersvc.daemon.socket.ControlSocket;

/**
 * Answers the clients that wait for the replacement, when it is complete. <b>Loop thread only.</b>
 */
final class HandoverEnd {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Handover handover;
  private final HeldDescriptors held;
  private final EventLoop loop;
  private final Messages messages;

  HandoverEnd(Handover handover, HeldDescriptors held, EventLoop loop, Messages messages) {
    this.handover = handover;
    this.held = held;
    this.loop = loop;
    this.messages = messages;
  }

  /** Answers them; to be called when everything is as it was before. */
  void complete(@Nullable ControlSocket socket, FileSystem files) {
    held.closeRest();
    long millis = (loop.clock().nanos() - handover.since()) / NANOS_PER_MILLI;
    String text =
        "usersvcd %s, pid %d: replaced in %d ms".formatted(Version.TEXT, handover.pid(), millis);
    messages.info("version " + Version.TEXT + " has come into place in " + millis + " ms");
    for (var asker : handover.askers()) {
      if (socket == null) {
        files.close(asker.descriptor());
      } else {
        var answer = socket.resume(asker.descriptor());
        answer.out(asker.json() ? json(millis) : text);
        answer.end(0);
      }
    }
  }

  private String json(long millis) {
    return Json.object(json -> {
      json.writeStringField("usersvcd", Version.TEXT);
      json.writeNumberField("pid", handover.pid());
      json.writeNumberField("replaced_ms", millis);
    });
  }
}
