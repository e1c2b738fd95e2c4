package org.usersvc.daemon.socket;

import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.definition.Enabling;
import org.usersvc.daemon.supervise.Platform;
import org.usersvc.daemon.supervise.Supervisor;

/** What clients can ask for. */
public record Doors(
    Platform platform,
    Supervisor supervisor,
    Sessions sessions,
    Activation activation,
    Enabling enabling) {}
