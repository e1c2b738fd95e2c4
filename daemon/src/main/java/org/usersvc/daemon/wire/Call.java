package org.usersvc.daemon.wire;

import java.util.List;

/**
 * One incoming method call; to be answered once, now or later. No answer is sent to a caller that
 * wants none. <b>Loop thread only.</b>
 */
public interface Call {
  Link link();

  /** The caller's unique name; empty on a direct connection. */
  String sender();

  String path();

  /** Empty if the caller gives none: then only the member counts. */
  String interfaceName();

  String member();

  /** The signature of the arguments. */
  String signature();

  /**
   * The types of dbus-java: String, Boolean, Integer, UInt32, List, Map, Variant, Object[]. The
   * type {@code h} is a UInt32 for {@link #takeDescriptor}.
   */
  List<Object> arguments();

  /**
   * Takes a descriptor that came with the call; whoever takes it closes it. Those that nobody takes
   * are closed when the call is answered.
   *
   * @param index a value of the type {@code h}
   * @return -1 if the call has none of that index, or it was taken before
   */
  int takeDescriptor(Object index);

  void answer(String signature, Object... values);

  /**
   * Answers with an error.
   *
   * @param errorName {@code org.usersvc1.Error.NoSuchService}
   */
  void fail(String errorName, String text);
}
