/**
 * Who depends on whom, and what follows from it: who waits for whose start, and for whose end. It
 * knows services as {@link org.usersvc.daemon.order.Node} alone, and says when what happens to them
 * happens: {@link org.usersvc.daemon.order.Agenda}.
 */
@NullMarked
package org.usersvc.daemon.order;

import org.jspecify.annotations.NullMarked;
