/// What outlives the daemon: who runs, what is wanted, which sessions there are, kept in a file of
/// the runtime directory for the daemon that comes next. It holds the form of the file and what a
/// process is recognised by; what is to be done about it is not known here.
///
/// `state/StateFile` is a journal: JSON lines, of which the last about a thing counts. What has
/// changed in a turn is appended at its end by one write, before the status files say the same; a
/// turn without change costs nothing. Beyond 64 KiB and four times what counts it is written anew
/// and renamed. Each line has a check sum, and is left out if that is wrong. The first write of a
/// daemon is always a whole file, with all in it that has not been taken over yet: a daemon that is
/// killed while it adopts loses nothing.
@NullMarked
package org.usersvc.daemon.state;

import org.jspecify.annotations.NullMarked;
