/**
 * The D-Bus protocol: connections to buses and from direct peers, and the messages on them. It
 * knows no object and no service; whoever wants to be called gives it a {@link
 * org.usersvc.daemon.wire.Calls}, whoever wants to know of connections a {@link
 * org.usersvc.daemon.wire.LinkOwner}. All of it runs on the loop.
 *
 * <pre>
 * Link            one connection that is ready for use
 *   BusConnection   we are a member of a bus      PeerListener   a program has connected to us
 *   BusMonitor      we only listen to a bus
 * Conversation    calls and their answers in both directions, signals; serials and time limits
 * Wire            bytes in and out, never blocking; limits: files/SendQueue, loop/Budget
 *   Handshake       SASL, before the first message: ClientHandshake, ServerHandshake
 *   MessageStream   cuts bytes into messages; WireReader reads one, WireWriter writes one
 * </pre>
 *
 * <p>Each layer knows only the one below it, and is called back by that. A call that comes in is a
 * {@link org.usersvc.daemon.wire.Call}: it is answered once, in the same turn or later, and counts
 * against the limits of its connection until then.
 *
 * <p>Values are those of dbus-java. Messages are read and written here, because its writer is
 * quadratic (a list of 10 000 services took it 28 s, ours takes 0.2 s), and its reader believes
 * what a peer says of lengths, which a peer that no bus has checked may say falsely.
 */
@NullMarked
package org.usersvc.daemon.wire;

import org.jspecify.annotations.NullMarked;
