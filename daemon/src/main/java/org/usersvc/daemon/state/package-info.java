/// The state that outlives the daemon: running processes, wanted states and sessions, in a file of
/// the runtime directory for the next daemon. This package holds the form of the file and the
/// identity of processes; `adopt` acts on it.
///
/// `state/StateFile` is a journal: JSON lines, of which the last about a subject counts. The
/// changes of a turn are appended at its end by one write, before the status files show them; a
/// turn without change costs nothing. Beyond 64 KiB and four times the valid part it is written
/// anew and renamed. Each line has a check sum, and is left out if that is wrong. The first write
/// of a daemon is always a complete file, including records that it has not taken over yet: a
/// daemon that is killed while it adopts loses nothing.
@NullMarked
package org.usersvc.daemon.state;

import org.jspecify.annotations.NullMarked;
