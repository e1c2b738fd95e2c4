/// The built-in logger: it writes the stamped lines of services to directories in svlogd's format
/// (svlogd.8). It has a thread and a loop of its own, so a slow disk stops nothing else. Each byte
/// of a pipe is written exactly once and in order, even if the daemon is killed: [Ledger] says how.
///
/// 1. A service without `log/` prints into a FIFO that the daemon has open for reading and writing,
///    so neither side notices when the other ends.
/// 2. `usersvc-log` copies the FIFO's content with tee(2), which leaves it there, stamps the lines,
///    and enters the batch in the ledger, a file mapped into memory that outlives the process.
/// 3. It appends the batch to `current`, empties the FIFO of it, and clears the entry. The readv(2)
///    that empties the FIFO also puts the last byte of the batch into the ledger. So the ledger
///    shows whether a killed daemon has emptied the FIFO, even if the next bytes of the FIFO are
///    the same again.
/// 4. A pipe that had few bytes is served again 20 ms later, together with all others; a pipe that
///    has more, at once.
///
/// Changes by other programs to a log directory are followed before each batch: a missing `current`
/// or directory is made anew, and changed limits hold a second later. If one of two services of one
/// name is ending, they share the directory.
///
/// `LogKeepers` gives each file system that may hang (`mounts/SlowPaths`: FUSE, network) a thread
/// of its own as soon as a log lies on it; without such a log there is one thread. While such a
/// thread works, the daemon checks whether it hangs (`log/Attendance`), and logs that once. Only
/// the services that log there wait when their pipes are full. When the daemon ends while such a
/// thread hangs, the kernel keeps its last thread until the file system answers or is unmounted;
/// all services have ended and clients are answered by then.
///
/// If the disk is full, the whole batch is cut off, the lines wait in the pipe for 2 s, the oldest
/// files are removed, then lines are dropped and counted.
@NullMarked
package org.usersvc.daemon.log;

import org.jspecify.annotations.NullMarked;
