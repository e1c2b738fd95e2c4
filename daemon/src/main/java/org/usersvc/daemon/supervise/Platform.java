package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.Claims;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * What the supervisor stands on.
 *
 * @param runtime the daemon's own directory
 * @param claims keep other daemons of the user from what this one supervises
 */
public record Platform(
    FileSystem files,
    Processes processes,
    Watches watches,
    EventLoop loop,
    Messages messages,
    RuntimeDirectory runtime,
    Claims claims) {
  /** One that no other daemon hears of. */
  public Platform(
      FileSystem files,
      Processes processes,
      Watches watches,
      EventLoop loop,
      Messages messages,
      RuntimeDirectory runtime) {
    this(files, processes, watches, loop, messages, runtime, Claims.unheard(files));
  }
}
