/// What it takes to execute one program, whoever decides about it: this package knows no service
/// directory and no unit.
///
/// A `SpawnRequest` (package `process`) says all that a program is given: its file and its
/// arguments, argv[0] apart; its working directory, open or by its path; environment, limits, nice
/// value and umask; its descriptors, which are opened anew or, as sockets have to be, shared.
/// [SearchPath] finds a program by its name. [Execution] is the program that came of it, until its
/// end. [SignalSet] is what a signal goes to where that is more than one process.
@NullMarked
package org.usersvc.daemon.execution;

import org.jspecify.annotations.NullMarked;
