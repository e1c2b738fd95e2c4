/// The D-Bus door: services and sessions as objects, on the bus of every session.
///
/// [Buses] connects to the buses of sessions and disconnects; [UsersvcObjects] puts the objects of
/// `org.usersvc1` into the tree, and [Publisher] signals their changes at the end of a turn. The
/// environment of the sessions goes to the buses ([BusEnvironment]), and variables that other
/// programs give to a bus are taken over ([EnvironmentDownload]). An [Extension] adds objects of
/// its own.
///
/// `bus/CallerEnvironment` decides to which session a caller's variables belong, for all
/// interfaces. A bus reports changes of its environment only to a monitor: `wire/BusMonitor` is a
/// second connection to each bus, which only listens for that one call.
///
/// All connections are served by the loop: sockets do not block, calls are answered one by one as
/// `loop/Pieces` gives all connections their turn, and a peer that does not read is dropped when 8
/// MiB wait for it, or when it has most of what `loop/Budget` has for all of them. The interfaces
/// in `dbus-interfaces` give the introspection XML at build time, and the daemon dispatches by that
/// XML, so the XML always matches what it serves (`export/Interface`).
@NullMarked
package org.usersvc.daemon.bus;

import org.jspecify.annotations.NullMarked;
