/**
 * The door that speaks D-Bus: services and sessions as objects, on every bus that a session has
 * brought.
 *
 * <p>{@link org.usersvc.daemon.bus.Buses} connects to the buses of sessions and leaves them; {@link
 * org.usersvc.daemon.bus.UsersvcObjects} puts the objects of {@code org.usersvc1} into the tree,
 * and {@link org.usersvc.daemon.bus.Publisher} signals what has changed in them at the end of a
 * turn. The environment of the sessions goes to the buses ({@link
 * org.usersvc.daemon.bus.EnvironmentUpload}), and what others give to a bus comes back ({@link
 * org.usersvc.daemon.bus.EnvironmentDownload}). An {@link org.usersvc.daemon.extension.Extension}
 * brings objects of its own.
 */
@NullMarked
package org.usersvc.daemon.bus;

import org.jspecify.annotations.NullMarked;
