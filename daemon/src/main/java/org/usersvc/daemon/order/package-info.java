/// Who depends on whom, and what follows from it: who waits for whose start, and for whose end. It
/// knows services as [Node] alone, and says when what happens to them happens: [Agenda].
///
/// `servicedir/DefinitionReader` reads what a directory says whenever the service is to start.
/// `Lifecycle` orders the start; what is not there yet, a variable or a service, makes it wait.
/// `Dependencies` knows who needs whom: when a service has come up it has those tried again that
/// wait for it, and before a letter that stops a service is fed, or its removal, it ends those that
/// cannot be without it. So a stop waits among the letters of its service, and nothing else is held
/// up. `DependencyGraph` finds cycles; a service in a cycle is never started, and nothing waits for
/// it. Until all that it needs, directly or not, has been opened, a service waits and does not
/// start its dependencies (`Pulling`). `Readiness` finds out when run is ready.
@NullMarked
package org.usersvc.daemon.order;

import org.jspecify.annotations.NullMarked;
