package org.usersvc.systemd.engine;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/** Knows the sockets that a service gets at its start. <b>Loop thread only.</b> */
@FunctionalInterface
public interface SocketDescriptors {
  /** No service gets any. */
  SocketDescriptors NONE = _ -> List.of();

  /**
   * The descriptors of all sockets that listen for a service, in the order in which it has them
   * from 3 on. They stay open, and belong to their sockets.
   *
   * @return perhaps empty: it gets no {@code LISTEN_FDS} then
   */
  List<SocketController.Passed> of(UnitName service);
}
