package org.usersvc.systemd.engine;

import java.util.List;

/** A socket unit at run time. <b>Loop thread only.</b> */
public interface SocketController extends Controller {
  /** Its descriptors, which a service gets that it triggers; empty if it does not listen. */
  List<Passed> descriptors();

  /** Why it ended, as {@code Result} shows it. */
  String result();

  /** The process of a command that runs beside the sockets; 0 if there is none. */
  int controlPid();

  /** Connections that are served now, with {@code Accept=yes}. */
  int connections();

  /** Connections that were accepted, with {@code Accept=yes}. */
  int accepted();

  /** Connections that were closed at once, as too many were served. */
  int refused();

  /**
   * A descriptor for a service. Immutable.
   *
   * @param name as {@code LISTEN_FDNAMES} has it
   */
  record Passed(int descriptor, String name) {}
}
