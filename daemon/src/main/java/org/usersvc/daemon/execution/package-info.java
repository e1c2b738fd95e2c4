/// The execution of one program for any caller: this package knows no service directory and no
/// unit.
///
/// A `SpawnRequest` (package `process`) holds all properties of the new program: its file and its
/// arguments, argv[0] apart; its working directory, open or by its path; environment, limits, nice
/// value and umask; its descriptors, which are opened anew or, as sockets have to be, shared.
/// [SearchPath] finds a program by its name. [Execution] follows the program until its end.
/// [SignalSet] sends a signal to several processes.
@NullMarked
package org.usersvc.daemon.execution;

import org.jspecify.annotations.NullMarked;
