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

  /** The types of dbus-java: String, Boolean, Integer, UInt32, List, Map, Variant, Object[]. */
  List<Object> arguments();

  void answer(String signature, Object... values);

  /**
   * Answers with an error.
   *
   * @param errorName {@code org.usersvc1.Error.NoSuchService}
   */
  void fail(String errorName, String text);
}
