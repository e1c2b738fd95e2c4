/// The dependencies of services, and the waiting that follows from them, for a start and for an
/// end. It knows services only as [Node], and puts all that happens to them in order: [Agenda].
///
/// `servicedir/DefinitionReader` reads the definition whenever the service is to start. `Lifecycle`
/// orders the start; a missing variable or service makes it wait. `Dependencies` knows the needs:
/// when a service has come up, it makes those that wait for it try again. Before a letter that
/// stops a service is fed, or before its removal, it ends the services that cannot be without it.
/// So a stop waits among the letters of its service, and nothing else is held up. `DependencyGraph`
/// finds cycles; a service in a cycle is never started, and nothing waits for it. Until all that it
/// needs, directly or not, has been opened, a service waits and does not start its dependencies
/// (`DependencyStart`). `Readiness` finds out when run is ready.
@NullMarked
package org.usersvc.daemon.order;

import org.jspecify.annotations.NullMarked;
