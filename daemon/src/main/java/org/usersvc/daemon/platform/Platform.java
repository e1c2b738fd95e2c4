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

  /**
   * Waits for the end of a process that an earlier daemon has started. One that has ended and is
   * not reaped is there, and its end is heard of.
   *
   * @param onEnd hears of it after all others, as who spawns a process does
   * @return false if it is not there any more
   */
  public boolean adopt(ProcessIdentity process, EndListener onEnd) {
    if (process.isNone()) {
      return false;
    }
    EndListener last = (pid, status) -> loop.soon(() -> onEnd.ended(pid, status));
    var waiting = processes.onEndOf(process.pid(), last);
    boolean there = process.isThere(files); // the pid may be another's by now
    if (!there && waiting != null) {
      waiting.run();
    }
    return there;
  }
}
