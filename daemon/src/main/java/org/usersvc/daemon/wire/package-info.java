/**
 * The D-Bus protocol: connections to buses and from direct peers, and the messages on them. It
 * knows no object and no service: it delivers calls to a {@link org.usersvc.daemon.wire.Calls} and
 * events of connections to a {@link org.usersvc.daemon.wire.LinkOwner}. All of it runs on the loop.
 *
 * <pre>
 * Link            one connection that is ready for use
 *   BusConnection   we are a member of a bus      PeerListener   a program has connected to us
 *   BusMonitor      we only listen to a bus
 * Conversation    calls and their answers in both directions, signals; serials and time limits
 * Wire            bytes in and out, never blocking; limits: files/SendQueue, loop/Budget
 *   Handshake       SASL, before the first message: ClientHandshake, ServerHandshake
 *   MessageStream   cuts bytes into messages; WireReader reads one, WireWriter writes one
 *   Descriptors     those that came with the bytes: few, and closed unless somebody takes them
 * </pre>
 *
 * <p>Each layer knows only the one below it, which calls it back. An incoming call is a {@link
 * org.usersvc.daemon.wire.Call}: it is answered once, in the same turn or later, and counts against
 * the limits of its connection until then.
 *
 * <p>Values are those of dbus-java. Messages are read and written here, because its writer is
 * quadratic (a list of 10 000 services took it 28 s, ours takes 0.2 s), and its reader trusts the
 * lengths of a peer, which may be false if no bus has checked them.
 */
@NullMarked
package org.usersvc.daemon.wire;

import org.jspecify.annotations.NullMarked;
