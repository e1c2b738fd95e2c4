package org.usersvc.daemon.wire;

import java.util.List;

/** An incoming call of a connection. */
final class IncomingCall implements Call {
  private final Conversation conversation;
  private final Incoming message;
  private final Descriptors.Claimed descriptors;
  private boolean answered;

  IncomingCall(Conversation conversation, Incoming message, Descriptors.Claimed descriptors) {
    this.conversation = conversation;
    this.message = message;
    this.descriptors = descriptors;
  }

  @Override
  public Link link() {
    return conversation.link();
  }

  @Override
  public String sender() {
    return message.sender();
  }

  @Override
  public String path() {
    return message.path();
  }

  @Override
  public String interfaceName() {
    return message.interfaceName();
  }

  @Override
  public String member() {
    return message.member();
  }

  @Override
  public String signature() {
    return message.signature();
  }

  @Override
  public List<Object> arguments() {
    return message.values();
  }

  @Override
  public int takeDescriptor(Object index) {
    return index instanceof Number number ? descriptors.take(number.longValue()) : -1;
  }

  @Override
  public void answer(String signature, Object... values) {
    checkOpen();
    if (message.wantsReply()) {
      conversation.answer(message, signature, values);
    }
    end();
  }

  @Override
  public void fail(String errorName, String text) {
    checkOpen();
    if (message.wantsReply()) {
      conversation.fail(message, errorName, text);
    }
    end();
  }

  private void end() {
    answered = true;
    descriptors.close();
    conversation.done(message);
  }

  private void checkOpen() {
    if (answered) {
      throw new IllegalStateException(message.member() + " was answered before");
    }
  }

  /** The call is meant for another receiver, which answers it. */
  void ignore() {
    checkOpen();
    end();
  }

  /** Answers with an error if no answer was given. */
  void giveUp() {
    if (!answered) {
      fail(StandardErrors.FAILED, "an error inside usersvcd, see its log");
    }
  }
}
