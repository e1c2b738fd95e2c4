/// The takeover from an earlier daemon: `ProcessJournal` records each process, and `Adoption` is
/// asked whenever a service is opened.
///
/// If the daemon is killed with SIGKILL, nothing is lost: services hold the FIFOs of their output
/// open for reading and writing, so no process sees an end of file or SIGPIPE. The next daemon
/// finds the file `state` in the runtime directory (`state/StateFile`).
///
/// - When the last process that has a FIFO open ends, the kernel drops the FIFO's content. So
///   `usersvc-keeper`, a process of half a MiB, holds them all open. It follows the directory of
///   the FIFOs by inotify, reads nothing and takes no commands; every daemon starts one, and it
///   ends at once if it finds another (`main/Keeper`). Services that end while no daemon lives lose
///   no line, and a log service whose own service is down sees no end of file.
///
/// - It also has a pair of connected sockets open. What lies in their queue stays open in the
///   kernel: there the daemon puts the sockets of units (`os/HeldDescriptors`). The next daemon
///   takes the pair by pidfd_getfd, and opens a socket by taking the one of that name.
///
/// - A process is recognised by pid, start time and boot. It is not touched: its phase is entered
///   without an event (`supervise/Resumption`), and `Processes.onEndOf` reports its end. If it has
///   ended meanwhile, that is fed as an unseen end (`finish -1 0`). A recorded service does not
///   start its needs; waiting letters are given when all services are open.
/// - A process is recorded only at the end of the turn that started it, and records get lost. So
///   each process of a service has a mark in its environment (`process/Mark`): the service, the
///   script, and the start time, which tells it from its offspring. If a process is not on record,
///   it is searched in `/proc` when its service is opened (`supervise/Strays`): a leader of a
///   process session with its mark. Of several runs the last is taken; an earlier one that executes
///   the same is a copy and is ended, another may have been left by design. FIFOs that cannot be
///   listed count as lost; a service that could not be opened at first is searched for later. A
///   process that has cleared its environment is known by one of our FIFOs as standard input or
///   output, removed or not, or by its service directory as working directory; that counts only if
///   there are traces of an earlier daemon: a record, FIFOs, the link `supervise`. A process
///   without all these is known by `supervise/status`: by its pid, and by the times
///   (`adopt/ShownRun`). If the state file is complete, only processes younger than the youngest
///   recorded one can be strays; until all services are open, the record keeps the start time from
///   which the earlier daemon had to search.
/// - A removed FIFO is opened again through `/proc/PID/fd` of a process that has it open.
/// - `control/Claims` keeps other daemons of the user away, of other instances too. It locks one
///   byte, numbered by device, inode and boot, of a file in the state directory, which no other
///   user can open and no logout removes. It costs no descriptor. `supervise/lock` is beside it,
///   for runsv.
/// - The values of the variables that a service needs are recorded; `/proc/PID/environ` has the
///   rest, with changes that run has made before it executed its program.
/// - A service that was removed meanwhile is ended as in a removal: TERM, CONT, KILL after 10 s.
///   That waits while the scan directory cannot be read.
@NullMarked
package org.usersvc.daemon.adopt;

import org.jspecify.annotations.NullMarked;
