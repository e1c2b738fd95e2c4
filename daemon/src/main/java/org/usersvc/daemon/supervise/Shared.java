package org.usersvc.daemon.supervise;

import org.usersvc.daemon.log.LogIntake;

/** What all supervised processes share. */
record Shared(
    Platform platform,
    Children children,
    Leftovers leftovers,
    ActivationEnvironment environment,
    LogIntake logs,
    Dependencies dependencies,
    Adoption adoption) {}
