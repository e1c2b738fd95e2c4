package org.usersvc.systemd.run;

import java.util.function.Consumer;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.prepare.Preparation;

/**
 * What all runners stand on.
 *
 * @param sockets the descriptors that a service is passed when it starts
 * @param claims the processes that scopes have taken in
 * @param monitored the units whose end starts others
 * @param quiet notifies when no job is queued
 * @param self the pid of the daemon
 * @param warn takes trouble that the unit survives
 */
public record Workplace(
    Mechanisms mechanisms,
    Preparation preparation,
    BusNames names,
    SocketDescriptors sockets,
    Claims claims,
    Monitored monitored,
    Quiet quiet,
    int self,
    Consumer<String> warn) {
  /** The same, where services are passed other descriptors. */
  public Workplace passing(SocketDescriptors others) {
    return new Workplace(
        mechanisms, preparation, names, others, claims, monitored, quiet, self, warn);
  }
}
