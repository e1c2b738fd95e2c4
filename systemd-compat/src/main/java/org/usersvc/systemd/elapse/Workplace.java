package org.usersvc.systemd.elapse;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Stamps;

/**
 * What all timer units stand on.
 *
 * @param manager starts their units
 * @param environment where the user's files are, and his time zone
 * @param startup when the manager was started
 * @param random throws delays
 * @param warn takes trouble that the daemon survives
 */
public record Workplace(
    Mechanisms mechanisms,
    Manager manager,
    Supplier<Environment> environment,
    Stamps.Stamp startup,
    RandomGenerator random,
    Consumer<String> warn) {}
