package org.usersvc.daemon.wire;

import java.util.List;

/**
 * One method call that has come in; to be answered once, now or later. Whoever wants no answer gets
 * none. <b>Loop thread only.</b>
 */
public interface Call {
  Link link();

  /** The caller's unique name; empty on a direct connection. */
  String sender();

  String path();

  /** Empty if the caller names none: the member decides then. */
  String interfaceName();

  String member();

  /** The signature of the arguments. */
  String signature();

  /** As dbus-java reads them: String, Boolean, Integer, UInt32, List, Map, Variant, Object[]. */
  List<Object> arguments();

  void answer(String signature, Object... values);

  /**
   * Answers with an error.
   *
   * @param errorName {@code org.usersvc1.Error.NoSuchService}
   */
  void fail(String errorName, String text);
}
