package org.usersvc.daemon.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.runtime.Acceptor;
import org.usersvc.daemon.runtime.NamedSocket;

/**
 * A socket on which programs speak D-Bus with us directly, without a bus. <b>Loop thread only.</b>
 */
public final class PeerListener {
  private static final int MOST_PEERS = 64;

  /**
   * The request for a listener.
   *
   * @param path of the socket; its directory is made, the socket of a dead process is replaced
   * @param senderName the sender in answers and signals; empty for none
   * @param warn called with a line for the user about a fault that was survived
   */
  public record Plan(
      String path, String senderName, Calls calls, LinkOwner owner, Consumer<String> warn) {}

  private final Transport transport;
  private final Plan plan;
  private final NamedSocket listener;
  private final Set<Peer> peers = new LinkedHashSet<>();
  private String guid = "";
  private boolean closed;

  /** Does not listen yet. */
  public PeerListener(Transport transport, Plan plan) {
    this.transport = transport;
    this.plan = plan;
    var socket = new NamedSocket.Parts(transport.files, transport.loop, plan.warn());
    this.listener =
        new Acceptor(
                socket,
                transport.sockets,
                plan.path(),
                this::listen,
                transport.uid,
                new Reception())
            .listener();
  }

  /**
   * Makes the socket if it is not there.
   *
   * @throws FileFault if the socket cannot be made
   */
  public void settle() throws FileFault {
    listener.settle();
  }

  private int listen(String path) throws FileFault {
    String directory = path.substring(0, path.lastIndexOf('/'));
    transport.files.makeDirectory(FileSystem.ABSOLUTE, directory, 0755);
    return transport.sockets.listen(path);
  }

  private final class Reception implements Acceptor.Host {
    @Override
    public void admit(int client, LocalSockets.Peer other) throws FileFault {
      if (guid.isEmpty()) {
        guid = ServerGuid.read(transport.files);
      }
      if (peers.size() >= MOST_PEERS && !makeRoom()) {
        dismiss(peers.iterator().next());
      }
      new Peer(client, other).open();
    }

    @Override
    public boolean makeRoom() {
      for (var peer : peers) {
        if (!peer.ready) {
          dismiss(peer);
          return true;
        }
      }
      return false;
    }
  }

  private void dismiss(Peer peer) {
    peer.close();
    plan.owner().lost(peer, "too many others have come");
  }

  /** The peers that are ready. */
  public List<Link> peers() {
    return peers.stream().filter(peer -> peer.ready).map(peer -> (Link) peer).toList();
  }

  /** Disconnects all peers, and removes the socket if it is still this one. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    listener.remove();
    List.copyOf(peers).forEach(peer -> transport.loop.guard(peer::close));
  }

  /** One program that has connected. */
  private final class Peer implements Link, Conversation.Party {
    private final Conversation conversation;
    private final LocalSockets.Peer other;
    private final Timers.Armed deadline;
    private final Set<Runnable> whenGone = new LinkedHashSet<>();
    private boolean ready;

    Peer(int descriptor, LocalSockets.Peer other) {
      this.other = other;
      this.conversation = new Conversation(transport, descriptor, this);
      this.deadline =
          transport
              .loop
              .timers()
              .after(
                  Transport.BEGINNING,
                  () -> conversation.end("it did not authenticate itself in 10 s"));
    }

    void open() {
      peers.add(this);
      conversation.open(new ServerHandshake(other.uid(), guid));
    }

    void close() {
      gone();
      conversation.close();
    }

    private void gone() {
      deadline.cancel();
      peers.remove(this);
      List.copyOf(whenGone).forEach(transport.loop::guard);
    }

    @Override
    public Runnable whenGone(String sender, Runnable action) {
      whenGone.add(action);
      return () -> whenGone.remove(action);
    }

    @Override
    public Link link() {
      return this;
    }

    @Override
    public String name() {
      return plan.senderName();
    }

    @Override
    public String describe() {
      return "a client of " + plan.path() + ", pid " + other.pid() + ",";
    }

    @Override
    public void established(String serverGuid) {
      deadline.cancel();
      ready = true;
      plan.owner().ready(this);
    }

    @Override
    public void called(Call call) {
      plan.calls().take(call);
    }

    @Override
    public void emitted(Emission emission) {
      plan.owner().emitted(this, emission);
    }

    @Override
    public void ended(String reason) {
      gone();
      plan.owner().lost(this, reason);
    }

    @Override
    public boolean isBus() {
      return false;
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public int peerPid() {
      return other.pid();
    }

    @Override
    public void signal(Request signal) {
      if (ready) {
        conversation.signal(signal);
      }
    }

    @Override
    public void call(Request request, Consumer<Reply> reply) {
      conversation.call(request, reply);
    }
  }
}
