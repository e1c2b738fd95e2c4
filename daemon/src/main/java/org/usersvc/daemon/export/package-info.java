/**
 * D-Bus objects, whatever they stand for. An object is a path and the {@link
 * org.usersvc.daemon.export.Served} interfaces at it; the {@link
 * org.usersvc.daemon.export.ObjectTree} finds it, and the {@link
 * org.usersvc.daemon.export.Exporter} hands it the calls that come in.
 *
 * <p>What an object has is told by its introspection XML, which the build makes from the annotated
 * interfaces: {@link org.usersvc.daemon.export.Interface} reads that text, callers are shown it,
 * and calls are checked against it. So a Served never sees a call with a member or a signature that
 * it has not declared. Properties, Introspectable, Peer and ObjectManager are the same for all
 * objects and follow from the rest ({@link org.usersvc.daemon.export.StandardInterfaces}).
 *
 * <p>Signals are not sent from here: who changes a value knows on which connections it is told.
 */
@NullMarked
package org.usersvc.daemon.export;

import org.jspecify.annotations.NullMarked;
