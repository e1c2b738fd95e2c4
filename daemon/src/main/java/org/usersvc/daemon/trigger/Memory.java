package org.usersvc.daemon.trigger;

import java.util.function.LongSupplier;

/**
 * Where triggers remember what has happened, and the clock on which they count spans.
 *
 * @param directory absolute path of the directory for their files; may not exist yet
 * @param elapsed nanoseconds since the machine's start, sleep included
 */
public record Memory(String directory, LongSupplier elapsed) {}
