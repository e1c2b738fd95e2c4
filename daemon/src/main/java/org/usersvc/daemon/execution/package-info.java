/// The execution of one program for any caller: this package knows no service directory and no
/// unit.
///
/// A `SpawnRequest` (package `process`) holds all properties of the new program: its file and its
/// arguments, argv[0] apart; its working directory, open or by its path; environment, limits, nice
/// value, umask and other traits; its descriptors, which are opened anew or, as sockets have to be,
/// shared. [Execution] follows the program until its end.
///
/// A [Launch] says the same by paths: [Launcher] opens the files, and knows which [Launcher.Step]
/// has failed. [SearchPath] finds a program by its name. [SignalSet] sends a signal to several
/// processes. [Census] reads `/proc` once for all who ask in one turn; its [ProcessTable] tells
/// which processes belong together, without cgroups.
@NullMarked
package org.usersvc.daemon.execution;

import org.jspecify.annotations.NullMarked;
