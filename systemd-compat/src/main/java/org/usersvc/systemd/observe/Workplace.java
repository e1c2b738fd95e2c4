package org.usersvc.systemd.observe;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.systemd.engine.Manager;

/**
 * What all path units stand on.
 *
 * @param manager starts their units
 * @param matches whether there is any path for a pattern
 * @param warn takes trouble that the daemon survives
 */
public record Workplace(
    Mechanisms mechanisms, Manager manager, Predicate<String> matches, Consumer<String> warn) {}
