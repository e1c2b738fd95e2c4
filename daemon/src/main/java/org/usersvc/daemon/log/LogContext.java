package org.usersvc.daemon.log;

import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.loop.EventLoop;

/** The parts that all logs of one keeper share. */
record LogContext(
    FileSystem files,
    LogFiles logs,
    EventLoop loop,
    LogTree tree,
    Ledger ledger,
    Buffers buffers,
    LogComplaints troubles,
    Pacer pacer) {}
