package org.usersvc.daemon.supervise;

import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Watches;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * What the supervisor stands on.
 *
 * @param runtime the daemon's own directory
 */
public record Platform(
    FileSystem files,
    Processes processes,
    Watches watches,
    EventLoop loop,
    Messages messages,
    RuntimeDirectory runtime) {}
