package org.usersvc.daemon.extension;

import org.usersvc.daemon.execution.Census;
import org.usersvc.daemon.execution.Launcher;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets;
import org.usersvc.daemon.process.Processes;

/**
 * The mechanisms by which an extension runs programs. The daemon's own services run on the same
 * ones. <b>Loop thread only.</b>
 *
 * @param processes signals, and the ends of processes
 * @param launcher starts programs, and takes over those of an earlier daemon
 * @param census which processes belong together
 * @param turns time and order
 * @param places directories, logs and notifications of units
 * @param watches notifies when paths lead elsewhere
 * @param sockets sockets that are passed to programs
 * @param records what the next daemon has to know
 */
public record Mechanisms(
    FileSystem files,
    Processes processes,
    Launcher launcher,
    Census census,
    Turns turns,
    UnitPlaces places,
    PathWatches watches,
    ListeningSockets sockets,
    Records records) {}
