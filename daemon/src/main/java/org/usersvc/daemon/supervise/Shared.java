package org.usersvc.daemon.supervise;

/** What all supervised processes share. */
record Shared(
    Platform platform, Children children, Leftovers leftovers, ActivationEnvironment environment) {}
