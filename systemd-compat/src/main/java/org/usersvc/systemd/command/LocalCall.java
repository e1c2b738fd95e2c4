package org.usersvc.systemd.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.Link;

/**
 * A call of a method of the manager, as a direct peer would make it. <b>Loop thread only.</b>
 *
 * @param client the process that calls
 * @param taker called once with the answer
 */
record LocalCall(
    int client,
    String path,
    String member,
    String signature,
    List<Object> arguments,
    Consumer<Link.Reply> taker)
    implements Call {
  @Override
  public Link link() {
    return new Peer(client);
  }

  @Override
  public String sender() {
    return "";
  }

  @Override
  public String interfaceName() {
    return "";
  }

  @Override
  public int takeDescriptor(Object index) {
    return -1;
  }

  @Override
  public void answer(String answered, Object... values) {
    taker.accept(new Link.Reply.Values(Arrays.asList(values)));
  }

  @Override
  public void fail(String errorName, String text) {
    taker.accept(new Link.Reply.Failed(errorName, text));
  }

  /** A connection on which nothing is sent. */
  private record Peer(int peerPid) implements Link {
    @Override
    public boolean isBus() {
      return false;
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public void signal(Request signal) {} // nobody listens

    @Override
    public void call(Request request, Consumer<Reply> reply) {
      reply.accept(new Reply.Failed("org.freedesktop.DBus.Error.NotSupported", "not a bus"));
    }

    @Override
    public Runnable whenGone(String sender, Runnable action) {
      return () -> {};
    }
  }
}
