package org.usersvc.daemon.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.NativeText;

/**
 * Our connection to one message bus. It authenticates itself, asks for a name, and is ready then;
 * in the name's queue if somebody else has the name. <b>Loop thread only.</b>
 */
public final class BusConnection implements Link {
  private static final long PRIMARY = 1;
  private static final long ALREADY_OWNER = 4;

  /** The bus sends calls that wait for a name before it says that the name is ours. */
  private static final int MOST_EARLY = 1024;

  /**
   * What is wanted.
   *
   * @param address as it was registered, native text
   * @param candidates where to try, in this order
   * @param name to be asked for
   */
  public record Plan(
      String address, List<BusAddress> candidates, String name, Calls calls, LinkOwner owner) {}

  /** How far it has come. */
  private enum Phase {
    AUTHENTICATION("authentication"),
    HELLO("Hello"),
    REQUEST_NAME("RequestName"),
    READY("ready"),
    OVER("over");

    /** The bus's method of that name is asked in it, if there is one. */
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
  private boolean ownsName;

  private BusConnection(Transport transport, Plan plan) {
    this.transport = transport;
    this.plan = plan;
    this.deadline = transport.loop.timers().after(Transport.BEGINNING, this::expire);
  }

  /** Begins to connect; the owner hears of success and failure in a later turn. */
  public static BusConnection open(Transport transport, Plan plan) {
    var connection = new BusConnection(transport, plan);
    String failure = connection.connectToAny();
    if (!failure.isEmpty()) {
      connection.deadline.cancel();
      transport.loop.soon(() -> plan.owner().lost(connection, failure));
    }
    return connection;
  }

  /** Why none of the candidates could be connected to; empty if one could. */
  private String connectToAny() {
    String failure = "no address";
    for (var candidate : plan.candidates()) {
      try {
        failure = connect(candidate);
      } catch (FileFault fault) {
        failure = String.valueOf(fault.getMessage());
      }
      if (failure.isEmpty()) {
        break;
      }
    }
    return failure;
  }

  /** Why the candidate is not taken, empty if it is. */
  private String connect(BusAddress candidate) throws FileFault {
    int socket = transport.sockets.connect(candidate.socket());
    try {
      var peer = transport.sockets.peer(socket);
      if (!transport.trusts(peer.uid())) {
        transport.files.close(socket);
        return "%s belongs to uid %d"
            .formatted(NativeText.printable(candidate.socket()), peer.uid());
      }
      peerPid = peer.pid();
    } catch (FileFault fault) {
      transport.files.close(socket);
      throw fault;
    }
    var begun = new Conversation(transport, socket, new Member());
    conversation = begun;
    begun.open(new ClientHandshake(transport.uid));
    return "";
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
      noteName(emission);
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

  private void ask(Phase next, String signature, Consumer<Values> onSuccess, Object... values) {
    phase = next;
    var asked = conversation;
    if (asked != null) {
      asked.call(
          Request.ofBus(next.label, signature, values),
          reply -> {
            switch (reply) {
              case Reply.Values(var answer) -> onSuccess.accept(new Values(answer));
              case Reply.Failed(String errorName, String text) ->
                  asked.end(
                      next.label + " failed: " + errorName + ": " + NativeText.printable(text));
            }
          });
    }
  }

  /** What the bus answered. */
  private record Values(List<Object> values) {
    String text() {
      return !values.isEmpty() && values.getFirst() instanceof String text ? text : "";
    }

    long number() {
      return !values.isEmpty() && values.getFirst() instanceof Number number
          ? number.longValue()
          : 0;
    }
  }

  private void greeted(Values answer) {
    uniqueName = answer.text();
    ask(Phase.REQUEST_NAME, "su", this::named, plan.name(), 0);
  }

  private void named(Values answer) {
    long result = answer.number();
    ownsName |= result == PRIMARY || result == ALREADY_OWNER;
    deadline.cancel();
    phase = Phase.READY;
    plan.owner().ready(this);
    for (var call = early.poll(); call != null; call = early.poll()) {
      plan.calls().take(call);
    }
  }

  private void noteName(Emission emission) {
    boolean isOurs =
        emission.sender().equals(Request.BUS) && emission.values().contains(plan.name());
    if (isOurs && emission.member().equals("NameAcquired")) {
      ownsName = true;
    } else if (isOurs && emission.member().equals("NameLost")) {
      ownsName = false;
    }
  }

  /** Whether the name that was asked for is ours now, and not another's. */
  public boolean ownsName() {
    return ownsName;
  }

  /** Our own name on the bus; empty until the bus has given it. */
  public String uniqueName() {
    return uniqueName;
  }

  /** Tells whether two addresses lead to the same bus; empty until the bus has said it. */
  public String guid() {
    return guid;
  }

  /** Leaves the bus; the owner is not told. */
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
  public void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    if (phase == Phase.READY && conversation != null) {
      conversation.signal(path, interfaceName, member, signature, values);
    }
  }

  @Override
  public void signal(Request directed) {
    if (phase == Phase.READY && conversation != null) {
      conversation.signal(directed);
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
