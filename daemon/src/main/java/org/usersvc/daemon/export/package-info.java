/**
 * D-Bus objects of any kind. An object is a path and the {@link org.usersvc.daemon.export.Served}
 * interfaces at it; the {@link org.usersvc.daemon.export.ObjectTree} finds it, and the {@link
 * org.usersvc.daemon.export.Exporter} passes the incoming calls to it.
 *
 * <p>The introspection XML of an object, which the build makes from the annotated interfaces, lists
 * its members: {@link org.usersvc.daemon.export.Interface} reads that text, callers see it, and
 * calls are checked against it. So a Served never gets a call with a member or a signature that it
 * has not declared. Properties, Introspectable, Peer and ObjectManager are the same for all objects
 * and follow from the rest ({@link org.usersvc.daemon.export.StandardInterfaces}).
 *
 * <p>This package sends no signals: the code that changes a value knows the connections to signal.
 */
@NullMarked
package org.usersvc.daemon.export;

import org.jspecify.annotations.NullMarked;
