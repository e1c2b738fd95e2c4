package org.usersvc.daemon.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Timers;

/** The messages of one connection: calls and their answers in both directions, and signals. */
final class Conversation implements Wire.User {
  private static final Duration REPLY_TIME = Duration.ofSeconds(25);

  /** The most incoming calls that may be open at once. */
  private static final int MOST_OPEN = 16_384;

  /** The most unanswered calls of ours. */
  private static final int MOST_PENDING = 16_384;

  /** The memory of a call that waits for its answer: so many times its size on the wire. */
  private static final int EXPANSION = 6;

  private static final int CALL_SIZE = 500;

  /** The longest text of an error, in characters. */
  private static final int LONGEST_TEXT = 8192;

  /** The user of a conversation. */
  interface Party {
    Link link();

    /** The sender's name in answers and signals; empty if the bus adds it. */
    String name();

    void established(String guid);

    void called(Call call);

    void emitted(Emission emission);

    void ended(String reason);

    /** The user's name for it, as the subject of a sentence. */
    String describe();
  }

  private record Pending(Consumer<Link.Reply> reply, Timers.Armed deadline) {}

  private final Transport transport;
  private final Party party;
  private final Wire wire;
  private final Map<Integer, Pending> pending = new HashMap<>();
  private int lastSerial;
  private int open;

  Conversation(Transport transport, int descriptor, Party party) {
    this.transport = transport;
    this.party = party;
    this.wire = new Wire(transport, descriptor, this);
  }

  void open(Handshake handshake) {
    wire.open(handshake);
  }

  @Override
  public void established(String guid) {
    party.established(guid);
  }

  @Override
  public String describe() {
    return party.describe();
  }

  @Override
  public void message(Incoming message, Descriptors.Claimed descriptors) {
    if (message.kind() == Kind.CALL) {
      take(message, descriptors);
      return;
    }
    descriptors.close();
    switch (message.kind()) {
      case RETURN, ERROR -> settle(message);
      case SIGNAL -> hear(message);
      case CALL, INVALID, UNKNOWN -> {}
    }
  }

  private void hear(Incoming signal) {
    if (signal.excess().isEmpty()) {
      party.emitted(
          new Emission(signal.sender(), signal.interfaceName(), signal.member(), signal.values()));
    }
  }

  private void take(Incoming message, Descriptors.Claimed descriptors) {
    var call = new IncomingCall(this, message, descriptors);
    open++;
    wire.hold(sizeOf(message));
    if (!message.excess().isEmpty()) {
      call.fail(StandardErrors.LIMITS_EXCEEDED, message.excess());
    } else if (descriptors.isIncomplete()) {
      call.fail(StandardErrors.LIMITS_EXCEEDED, "it has too many descriptors");
    } else if (open > MOST_OPEN) {
      call.fail(StandardErrors.LIMITS_EXCEEDED, "too many calls wait for their answer");
    } else {
      hand(call);
    }
  }

  private static long sizeOf(Incoming call) {
    return CALL_SIZE + (long) EXPANSION * call.size();
  }

  /** The call has been answered, or needs no answer. */
  void done(Incoming call) {
    open--;
    wire.hold(-sizeOf(call));
  }

  private void hand(IncomingCall call) {
    boolean done = false;
    try {
      party.called(call);
      done = true;
    } finally {
      if (!done) {
        call.giveUp();
      }
    }
  }

  private void settle(Incoming message) {
    var asked = pending.remove(message.header().replySerial());
    if (asked != null) {
      asked.deadline().cancel();
      asked.reply().accept(replyOf(message));
    }
  }

  private static Link.Reply replyOf(Incoming message) {
    if (!message.excess().isEmpty()) {
      return new Link.Reply.Failed(StandardErrors.LIMITS_EXCEEDED, message.excess());
    }
    var values = message.values();
    if (message.kind() == Kind.RETURN) {
      return new Link.Reply.Values(values);
    }
    String text = !values.isEmpty() && values.getFirst() instanceof String first ? first : "";
    return new Link.Reply.Failed(message.header().text(Field.ERROR_NAME), text);
  }

  @Override
  public void ended(String reason) {
    failPending(reason);
    party.ended(reason);
  }

  /** Closes the connection from this side; its party is not notified. */
  void close() {
    wire.close();
    failPending("the connection was closed");
  }

  /** Closes the connection and notifies its party. */
  void end(String reason) {
    wire.end(reason);
  }

  private void failPending(String reason) {
    var all = List.copyOf(pending.values());
    pending.clear();
    for (var asked : all) {
      asked.deadline().cancel();
      failSoon(asked.reply(), StandardErrors.DISCONNECTED, reason);
    }
  }

  private void failSoon(Consumer<Link.Reply> reply, String errorName, String text) {
    transport.loop.soon(() -> reply.accept(new Link.Reply.Failed(errorName, text)));
  }

  void call(Link.Request request, Consumer<Link.Reply> reply) {
    if (wire.isClosed()) {
      failSoon(reply, StandardErrors.DISCONNECTED, "the connection is closed");
      return;
    }
    if (pending.size() >= MOST_PENDING) {
      failSoon(reply, StandardErrors.LIMITS_EXCEEDED, "too many calls are not answered");
      return;
    }
    try {
      int serial = send(Kind.CALL, fields(request), request.values());
      var deadline = transport.loop.timers().after(REPLY_TIME, () -> expire(serial));
      pending.put(serial, new Pending(reply, deadline));
    } catch (OversizeMessage excess) {
      failSoon(reply, StandardErrors.LIMITS_EXCEEDED, String.valueOf(excess.getMessage()));
    }
  }

  private void expire(int serial) {
    var asked = pending.remove(serial);
    if (asked != null) {
      asked.reply().accept(new Link.Reply.Failed(StandardErrors.NO_REPLY, "no answer in 25 s"));
    }
  }

  private @Nullable Object[] fields(Link.Request request) {
    var fields = fields(request.signature());
    fields[Field.DESTINATION] = orNull(request.destination());
    fields[Field.PATH] = request.path();
    fields[Field.INTERFACE] = orNull(request.interfaceName());
    fields[Field.MEMBER] = request.member();
    return fields;
  }

  /** Sends a signal; a signal that is too long is dropped. */
  void signal(Link.Request signal) {
    try {
      send(Kind.SIGNAL, fields(signal), signal.values());
    } catch (OversizeMessage ignored) { // no caller waits for it
      return;
    }
  }

  Link link() {
    return party.link();
  }

  /** Answers a call with values. */
  void answer(Incoming call, String signature, Object... values) {
    try {
      send(Kind.RETURN, answerFields(call, signature), Arrays.asList(values));
    } catch (OversizeMessage excess) {
      fail(call, StandardErrors.LIMITS_EXCEEDED, "the answer is too long");
    }
  }

  /** Answers a call with an error; cuts a text that is too long. */
  void fail(Incoming call, String errorName, String text) {
    var fields = answerFields(call, "s");
    fields[Field.ERROR_NAME] = errorName;
    try {
      send(Kind.ERROR, fields, List.of(text.substring(0, Math.min(text.length(), LONGEST_TEXT))));
    } catch (OversizeMessage impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private @Nullable Object[] answerFields(Incoming call, String signature) {
    var fields = fields(signature);
    fields[Field.REPLY_SERIAL] = call.serial();
    fields[Field.DESTINATION] = orNull(call.sender());
    return fields;
  }

  private @Nullable Object[] fields(String signature) {
    var fields = new @Nullable Object[Field.COUNT];
    fields[Field.SIGNATURE] = orNull(signature);
    fields[Field.SENDER] = orNull(party.name());
    return fields;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private int send(Kind kind, @Nullable Object[] fields, List<?> values) throws OversizeMessage {
    if (wire.isClosed()) {
      return 0;
    }
    lastSerial = lastSerial == -1 ? 1 : lastSerial + 1;
    byte flags = 0;
    transport.writer.message(kind, flags, lastSerial, fields, values);
    int size = transport.writer.size();
    wire.send(transport.writer.take(), size);
    return lastSerial;
  }
}
