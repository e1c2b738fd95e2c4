package org.usersvc.systemd.listen;

import java.util.function.Consumer;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.systemd.engine.Manager;

/**
 * What all socket units stand on.
 *
 * @param manager starts their services
 * @param commands run what is around the life of the sockets
 * @param warn takes trouble that the daemon survives
 */
public record Workplace(
    Mechanisms mechanisms, Manager manager, UnitCommands.Maker commands, Consumer<String> warn) {}
