/// The door that speaks D-Bus: services and sessions as objects, on every bus that a session has
/// brought.
///
/// [Buses] connects to the buses of sessions and leaves them; [UsersvcObjects] puts the objects of
/// `org.usersvc1` into the tree, and [Publisher] signals what has changed in them at the end of a
/// turn. The environment of the sessions goes to the buses ([EnvironmentUpload]), and what others
/// give to a bus comes back ([EnvironmentDownload]). An [Extension] brings objects of its own.
///
/// `bus/CallerEnvironment` says to which session belongs what a caller sets, whatever the
/// interface. A bus tells nobody but a monitor who changes its environment: `wire/BusMonitor` is a
/// second connection to each bus that hears that one call and says nothing.
///
/// All connections are served by the loop: sockets do not block, calls are answered one by one as
/// `loop/Pieces` gives all connections their turn, and a peer that does not read is dropped when 8
/// MiB wait for it, or when it has most of what `loop/Budget` has for all of them. The interfaces
/// in `dbus-interfaces` give the introspection XML at build time, and the daemon dispatches by that
/// XML, so what it tells and what it serves are one (`export/Interface`).
@NullMarked
package org.usersvc.daemon.bus;

import org.jspecify.annotations.NullMarked;
