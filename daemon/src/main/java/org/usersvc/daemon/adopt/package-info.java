/// What a daemon leaves to the next one, and takes over from the one before: `Memory` records each
/// process, `Adoption` is asked whenever a service is opened.
///
/// Killed with SIGKILL, the daemon takes nothing with it: output goes through FIFOs that services
/// hold open for reading and writing, so nobody sees an end of file or SIGPIPE. The next daemon
/// finds the file `state` in the runtime directory (`state/StateFile`).
///
/// - With the last process that has a FIFO open goes what is in it. So `usersvc-keeper`, a process
///   of half a MiB, has them all open. It follows the directory of the FIFOs by inotify, reads
///   nothing and is told nothing; every daemon starts one, and it ends at once if it finds another
///   (`main/Keeper`). Services that end while no daemon lives lose no line, and a log service whose
///   own service is down sees no end of file.
///
/// - A process is recognised by pid, start time and boot. It is not touched: its phase is entered
///   without an event (`supervise/Resumption`), `Processes.onEndOf` tells of its end, and what has
///   ended meanwhile is fed as an end that nobody saw (`finish -1 0`). A recorded service pulls up
///   nothing; letters that waited are told when all is open.
/// - A process is recorded only at the end of the turn that started it, and records get lost. So
///   each process of a service has a mark in its environment (`process/Mark`): which service, which
///   script, and when it was started, which offspring was not. What is not on record is looked for
///   in `/proc` when a service is opened (`supervise/Strays`): leaders of sessions that have its
///   mark. Of several runs the last is taken; an earlier one that executes the same is a copy and
///   is ended, another may have been left by design. FIFOs that cannot be listed count as lost; a
///   service that could not be opened at first is searched for when it can be. Who has thrown the
///   environment away is known by one of our FIFOs as standard input or output, removed or not, or
///   a service directory to be in; that counts only if there are traces of an earlier daemon: a
///   record, FIFOs, the link `supervise`. Who has thrown away all of that is known by
///   `supervise/status`: by its pid, and by the times (`adopt/ShownRun`). If the state file is
///   complete, only processes younger than the youngest recorded one can be such; until all
///   services are open, the record carries over since when the one before had to be searched.
/// - A FIFO that was removed is opened again through `/proc/PID/fd` of a process that has it.
/// - `control/Claims` keeps other daemons of the user away, of other instances too: the lock of one
///   byte, numbered by device, inode and boot, of a file in the state directory, which nobody else
///   can open and no logout removes. It costs no descriptor. `supervise/lock` is beside it, for
///   runsv.
/// - What a service was given of the variables it needs is recorded; `/proc/PID/environ` has the
///   rest, but also what run has made of them before it executed its program.
/// - A service that was removed meanwhile is ended like one that is removed: TERM, CONT, KILL after
///   10 s. Nothing of that kind is done while the scan directory cannot be read.
@NullMarked
package org.usersvc.daemon.adopt;

import org.jspecify.annotations.NullMarked;
