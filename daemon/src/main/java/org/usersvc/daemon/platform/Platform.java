package org.usersvc.daemon.platform;

import org.usersvc.daemon.control.Claims;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.state.ProcessIdentity;

/**
 * The base of the supervisor.
 *
 * @param runtime the daemon's own directory
 * @param claims keep other daemons of the user from services of this one
 */
public record Platform(
    FileSystem files,
    Processes processes,
    Watches watches,
    EventLoop loop,
    Messages messages,
    RuntimeDirectory runtime,
    Claims claims) {
  /** Without claims that other daemons see. */
  public Platform(
      FileSystem files,
      Processes processes,
      Watches watches,
      EventLoop loop,
      Messages messages,
      RuntimeDirectory runtime) {
    this(files, processes, watches, loop, messages, runtime, Claims.unheard(files));
  }

  /**
   * Waits for the end of a process that an earlier daemon has started. A process that has ended and
   * is not reaped is there, and its end is reported.
   *
   * @param onEnd called with its end after all other listeners, like the listener of a spawn
   * @return false if it has gone
   */
  public boolean adopt(ProcessIdentity process, EndListener onEnd) {
    if (process.isNone()) {
      return false;
    }
    EndListener last = (pid, status) -> loop.soon(() -> onEnd.ended(pid, status));
    var waiting = processes.onEndOf(process.pid(), last);
    boolean there = process.isThere(files); // the pid may have been reused
    if (!there && waiting != null) {
      waiting.run();
    }
    return there;
  }
}
