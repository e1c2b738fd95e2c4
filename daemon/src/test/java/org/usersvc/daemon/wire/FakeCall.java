package org.usersvc.daemon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose arguments and answer go through the codec. */
public final class FakeCall implements Call {
  private final FakeLink link;
  private final String path;
  private final String interfaceName;
  private final String member;
  private final String signature;
  private final List<Object> arguments;
  private final List<Integer> descriptors = new ArrayList<>();
  private String sender = ":1.7";
  private @Nullable String answerSignature;
  private List<Object> answer = List.of();
  private @Nullable String error;
  private String errorText = "";

  public FakeCall(String path, String method, String signature, Object... arguments) {
    this(new FakeLink(), path, method, signature, arguments);
  }

  public FakeCall(
      FakeLink link, String path, String method, String signature, Object... arguments) {
    this.link = link;
    this.path = path;
    int dot = method.lastIndexOf('.');
    this.interfaceName = dot < 0 ? "" : method.substring(0, dot);
    this.member = method.substring(dot + 1);
    this.signature = signature;
    this.arguments = RoundTrip.through(signature, arguments);
  }

  /** The same, from another. */
  public FakeCall from(String other) {
    sender = other;
    return this;
  }

  @Override
  public FakeLink link() {
    return link;
  }

  @Override
  public String sender() {
    return sender;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String interfaceName() {
    return interfaceName;
  }

  @Override
  public String member() {
    return member;
  }

  @Override
  public String signature() {
    return signature;
  }

  @Override
  public List<Object> arguments() {
    return arguments;
  }

  /** Comes with a descriptor, of the next index. */
  public FakeCall with(int descriptor) {
    descriptors.add(descriptor);
    return this;
  }

  @Override
  public int takeDescriptor(Object index) {
    int at = ((Number) index).intValue();
    return at < descriptors.size() ? descriptors.set(at, -1) : -1;
  }

  @Override
  public void answer(String answered, Object... values) {
    assertThat(isOver()).as("answered twice").isFalse();
    answerSignature = answered;
    answer = RoundTrip.through(answered, values);
  }

  @Override
  public void fail(String errorName, String text) {
    assertThat(isOver()).as("answered twice").isFalse();
    assertThat(RoundTrip.through("s", text)).containsExactly(text);
    error = errorName;
    errorText = text;
  }

  public boolean isOver() {
    return answerSignature != null || error != null;
  }

  /** The values of the answer as one line, or {@code NAME: text}, or {@code open}. */
  public String outcome() {
    if (error != null) {
      return error + ": " + errorText;
    }
    return answerSignature == null ? "open" : RoundTrip.text(answer);
  }

  /** The signature of the answer; empty for an error too. */
  public String answerSignature() {
    return answerSignature == null ? "" : answerSignature;
  }

  /** The first value of the answer. */
  public Object value() {
    assertThat(error).as(errorText).isNull();
    return answer.getFirst();
  }

  /** The name of the error, empty if it was answered. */
  public String error() {
    return error == null ? "" : error;
  }
}
