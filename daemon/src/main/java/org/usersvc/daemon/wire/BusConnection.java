package org.usersvc.daemon.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.NativeText;

/**
 * Our connection to one message bus. It authenticates itself, then asks for a name, and is ready
 * then, or waits in the queue if another connection has the name. <b>Loop thread only.</b>
 */
public final class BusConnection implements Link {
  /** The bus sends calls that wait for a name before it says that the name is ours. */
  private static final int MOST_EARLY = 1024;

  /**
   * The request for a connection.
   *
   * @param address as it was registered, native text
   * @param candidates sockets to try, in this order
   * @param name to be asked for
   */
  public record Plan(
      String address, List<String> candidates, String name, Calls calls, LinkOwner owner) {}

  /** The phases until it is ready. */
  private enum Phase {
    AUTHENTICATION("authentication"),
    HELLO("Hello"),
    REQUEST_NAME("RequestName"),
    READY("ready"),
    OVER("over");

    /** The name of the phase in messages. */
    private final String label;

    Phase(String label) {
      this.label = label;
    }
  }

  private final Transport transport;
  private final Plan plan;
  private final Timers.Armed deadline;
  private final ArrayDeque<Call> early = new ArrayDeque<>();
  private final Callers callers = new Callers(this);
  private @Nullable Conversation conversation;
  private Phase phase = Phase.AUTHENTICATION;
  private String guid = "";
  private String uniqueName = "";
  private int peerPid;

  private BusConnection(Transport transport, Plan plan) {
    this.transport = transport;
    this.plan = plan;
    this.deadline = transport.loop.timers().after(Transport.BEGINNING, this::expire);
  }

  /** Begins to connect; the owner is notified of success and failure in a later turn. */
  public static BusConnection open(Transport transport, Plan plan) {
    var connection = new BusConnection(transport, plan);
    var reached = transport.reach(plan.candidates());
    if (reached.isReached()) {
      connection.begin(reached);
    } else {
      connection.deadline.cancel();
      transport.loop.soon(() -> plan.owner().lost(connection, reached.trouble()));
    }
    return connection;
  }

  private void begin(Transport.Reached reached) {
    peerPid = reached.pid();
    var begun = new Conversation(transport, reached.socket(), new Member());
    conversation = begun;
    begun.open(new ClientHandshake(transport.uid));
  }

  private void expire() {
    if (conversation != null) {
      conversation.end("the bus did not answer in 10 s (" + phase.label + ")");
    }
  }

  /** Us as a member of the bus. */
  private final class Member implements Conversation.Party {
    @Override
    public Link link() {
      return BusConnection.this;
    }

    @Override
    public String name() {
      return "";
    }

    @Override
    public String describe() {
      return "the bus at " + NativeText.printable(plan.address());
    }

    @Override
    public void established(String serverGuid) {
      guid = serverGuid;
      ask(Phase.HELLO, "", BusConnection.this::greeted);
    }

    @Override
    public void called(Call call) {
      if (phase == Phase.READY) {
        plan.calls().take(call);
      } else if (early.size() < MOST_EARLY) {
        early.add(call);
      } else {
        call.fail(StandardErrors.LIMITS_EXCEEDED, "too many calls wait for the name");
      }
    }

    @Override
    public void emitted(Emission emission) {
      if (emission.sender().equals(Request.BUS)) {
        callers.hear(emission);
      }
      if (phase == Phase.READY) {
        plan.owner().emitted(BusConnection.this, emission);
      }
    }

    @Override
    public void ended(String reason) {
      leave();
      plan.owner().lost(BusConnection.this, reason);
    }
  }

  private void ask(
      Phase next, String signature, Consumer<List<Object>> onSuccess, Object... values) {
    phase = next;
    var asked = conversation;
    if (asked != null) {
      asked.call(
          Request.ofBus(next.label, signature, values),
          reply -> {
            switch (reply) {
              case Reply.Values(var answer) -> onSuccess.accept(answer);
              case Reply.Failed(String errorName, String text) ->
                  asked.end(
                      next.label + " failed: " + errorName + ": " + NativeText.printable(text));
            }
          });
    }
  }

  private void greeted(List<Object> answer) {
    uniqueName = !answer.isEmpty() && answer.getFirst() instanceof String name ? name : "";
    ask(Phase.REQUEST_NAME, "su", _ -> beReady(), plan.name(), 0);
  }

  /** Another connection may have the name; we get it when that one has gone. */
  private void beReady() {
    deadline.cancel();
    phase = Phase.READY;
    plan.owner().ready(this);
    for (var call = early.poll(); call != null; call = early.poll()) {
      plan.calls().take(call);
    }
  }

  /** Our own name on the bus; empty until the bus has given it. */
  public String uniqueName() {
    return uniqueName;
  }

  /** Identifies the bus, whatever its address; empty until the bus has answered. */
  public String guid() {
    return guid;
  }

  /** Leaves the bus; the owner is not notified. */
  public void close() {
    leave();
    if (conversation != null) {
      conversation.close();
    }
  }

  private void leave() {
    phase = Phase.OVER;
    deadline.cancel();
    early.clear();
    callers.allLeft();
  }

  @Override
  public Runnable whenGone(String sender, Runnable action) {
    return callers.whenGone(sender, action);
  }

  @Override
  public boolean isBus() {
    return true;
  }

  @Override
  public String address() {
    return plan.address();
  }

  @Override
  public int peerPid() {
    return peerPid;
  }

  @Override
  public void signal(Request signal) {
    if (phase == Phase.READY && conversation != null) {
      conversation.signal(signal);
    }
  }

  @Override
  public void call(Request request, Consumer<Reply> reply) {
    if (phase == Phase.READY && conversation != null) {
      conversation.call(request, reply);
    } else {
      transport.loop.soon(() ->
          reply.accept(new Reply.Failed(StandardErrors.DISCONNECTED, "the bus is not there")));
    }
  }
}
