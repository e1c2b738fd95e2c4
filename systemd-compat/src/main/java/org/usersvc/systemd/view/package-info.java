/**
 * Units as services of the daemon: what {@code usersvc}, {@code sv} and {@code org.usersvc1} show
 * and command. {@link org.usersvc.systemd.view.UnitFamily} is added to the daemon's families.
 *
 * <p>Any unit that loads answers to its name; {@code pipewire} means {@code pipewire.service}. In
 * lists stand only the services that the engine knows, and sockets, scopes, timers and paths that
 * are not idle; never targets, slices and mounts, which have nothing that a user would look after.
 * Without {@code --all} a list leaves out what nobody has asked for: units that the user has
 * neither made nor enabled, that have not failed, have no job, no processes and have had none; and
 * sockets, timers and paths among them that other units pull in.
 *
 * <p>The words are those of the daemon:
 *
 * <pre>
 *   run       active, reloading             starting  activating
 *   done      active without a process      backoff   waits for Restart=
 *             after it has had one          finish    deactivating
 *   waiting   a start waits for others      down, failed
 * </pre>
 *
 * <p>Letters become jobs: u and o start, d and x stop, tcu restarts, tc restarts what is active, h
 * reloads if that can be. All else are signals for the main process, or for all if there is none.
 */
@NullMarked
package org.usersvc.systemd.view;

import org.jspecify.annotations.NullMarked;
