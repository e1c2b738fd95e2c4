package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.freedesktop.dbus.types.UInt32;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.Link;

/**
 * A call of a program, and its answer.
 *
 * <p>{@code address} is that of the bus over which it comes, empty if it comes directly.
 */
final class FakeCall implements Call {
  private final String address;
  private final int caller;
  private final String sender;
  private final String member;
  private final List<Object> arguments;
  private String outcome = "open";

  FakeCall(String address, int caller, String sender, String member, Object... arguments) {
    this.address = address;
    this.caller = caller;
    this.sender = sender;
    this.member = member;
    this.arguments = List.of(arguments);
  }

  /** The other end, which knows the caller's process. */
  private final class FakeLink implements Link {
    @Override
    public boolean isBus() {
      return !address.isEmpty();
    }

    @Override
    public String address() {
      return address;
    }

    @Override
    public int peerPid() {
      return caller;
    }

    @Override
    public void signal(
        String path, String interfaceName, String name, String signature, Object... values) {
      throw new AssertionError(path + " " + name + Arrays.toString(values));
    }

    @Override
    public void signal(Request directed) {
      throw new AssertionError(directed);
    }

    @Override
    public Runnable whenGone(String name, Runnable action) {
      throw new AssertionError(name);
    }

    @Override
    public void call(Request request, Consumer<Reply> reply) {
      assertThat(request).isEqualTo(Request.ofBus("GetConnectionUnixProcessID", "s", sender));
      reply.accept(new Reply.Values(List.of(new UInt32(caller))));
    }
  }

  @Override
  public Link link() {
    return new FakeLink();
  }

  @Override
  public String sender() {
    return sender;
  }

  @Override
  public String path() {
    return "/org/freedesktop/systemd1";
  }

  @Override
  public String interfaceName() {
    return "org.freedesktop.systemd1.Manager";
  }

  @Override
  public String member() {
    return member;
  }

  @Override
  public String signature() {
    return "as".repeat(arguments.size());
  }

  @Override
  public List<Object> arguments() {
    return arguments;
  }

  @Override
  public void answer(String signature, Object... values) {
    end(signature + Arrays.toString(values));
  }

  @Override
  public void fail(String errorName, String text) {
    end(errorName + ": " + text);
  }

  private void end(String how) {
    assertThat(outcome).as("answered twice").isEqualTo("open");
    outcome = how;
  }

  /** {@code []} for an answer without values, {@code NAME: text} for an error, or {@code open}. */
  String outcome() {
    return outcome;
  }
}
