/// The built-in logger: what services print, line by line, stamped, into directories of svlogd's
/// form (svlogd.8). A thread of its own with a loop of its own does it, so a slow disk stops
/// nothing else. What a pipe holds is written exactly once and in order, whenever the daemon is
/// killed: [Ledger] says how.
///
/// 1. A service without `log/` prints into a FIFO that the daemon has open for reading and writing:
///    neither side sees the other end.
/// 2. `usersvc-log` looks into the FIFO with tee(2), which takes nothing out of it, stamps the
///    lines, and enters the batch in the ledger, a file mapped into memory that outlives the
///    process.
/// 3. It appends the batch to `current`, empties the FIFO of it, and clears the entry. The readv(2)
///    that empties the FIFO puts the last byte of the batch into the ledger by itself: so a daemon
///    killed at any instant has left behind which of the two has happened, even where the next
///    bytes of the FIFO are the same again.
/// 4. A pipe that had little in it is looked at again 20 ms later, together with all others; one
///    that has more, at once.
///
/// What others do to a log directory is looked at before each batch: `current` or the directory
/// that has gone is made anew, changed limits hold a second later. Two services of one name, one of
/// which is ending, share the directory.
///
/// `LogKeepers` gives each file system that may hang (`mounts/SlowPaths`: FUSE, network) a thread
/// of its own as soon as a log lies on it; without one there is one thread. Whether such a thread
/// hangs is looked at only while it works (`log/Attendance`): it is told once. The services that
/// log there wait when their pipes are full, nobody else does. When the daemon ends while such a
/// log is open, the kernel keeps its last thread until the file system answers or is unmounted;
/// services have ended and clients have been told by then.
///
/// If the disk is full a batch is taken back whole, the pipe holds for 2 s, the oldest files go,
/// then lines are dropped and counted.
@NullMarked
package org.usersvc.daemon.log;

import org.jspecify.annotations.NullMarked;
