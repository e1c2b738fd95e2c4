package org.usersvc.daemon.runtime;

import java.time.Duration;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.NativeText;

/**
 * Accepts clients of a {@link NamedSocket}, if they are of the same user or of root. <b>Loop thread
 * only.</b>
 */
public final class Acceptor {
  /**
   * The time for it in a turn; the rest makes the socket readable again. As many as can wait are
   * accepted at once: they wait by process then, not in the order in which they came.
   */
  private static final Duration ACCEPTING = Duration.ofMillis(20);

  /** Serves accepted clients. */
  public interface Host {
    /**
     * Takes one over.
     *
     * @param client its descriptor, closed by the caller if this fails
     */
    void admit(int client, LocalSockets.Peer peer) throws FileFault;

    /**
     * There is no descriptor for another client: one that has sent nothing yet makes way.
     *
     * @return false if there is none
     */
    boolean makeRoom();
  }

  private final NamedSocket.Parts parts;
  private final LocalSockets sockets;
  private final String path;
  private final int uid;
  private final Host host;
  private final NamedSocket listener;

  /**
   * Listens from {@link #listener}'s first {@link NamedSocket#settle} on.
   *
   * @param path absolute
   * @param uid whose programs are accepted
   */
  public Acceptor(
      NamedSocket.Parts parts,
      LocalSockets sockets,
      String path,
      NamedSocket.Maker maker,
      int uid,
      Host host) {
    this.parts = parts;
    this.sockets = sockets;
    this.path = path;
    this.uid = uid;
    this.host = host;
    this.listener = new NamedSocket(parts, path, maker, this::acceptSome);
  }

  /** The socket to which they connect. */
  public NamedSocket listener() {
    return listener;
  }

  private void acceptSome() {
    var clock = parts.loop().clock();
    long begun = clock.nanos();
    try {
      while (clock.nanos() - begun < ACCEPTING.toNanos()) {
        int client = sockets.accept(listener.descriptor());
        if (client < 0) {
          return;
        }
        listener.worked();
        judge(client);
      }
    } catch (FileFault fault) {
      if (!host.makeRoom()) {
        listener.restAfter(fault);
      }
    }
  }

  private void judge(int client) {
    try {
      var peer = sockets.peer(client);
      if (peer.isOf(uid)) {
        host.admit(client, peer);
        return;
      }
      String who = "a client of uid " + peer.uid();
      parts.warn().accept(NativeText.printable(path) + ": " + who + " was turned away");
    } catch (FileFault ignored) { // it has gone already
    }
    parts.files().close(client);
  }
}
