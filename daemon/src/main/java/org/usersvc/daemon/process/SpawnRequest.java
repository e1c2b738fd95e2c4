package org.usersvc.daemon.process;

import java.util.List;
import org.usersvc.daemon.model.Environment;

/**
 * One program to start.
 *
 * @param directory descriptor of its working directory
 * @param program path relative to that directory; also its argv[0]
 * @param arguments what follows argv[0]
 * @param environment what it gets
 * @param stdin descriptor for its standard input, -1: the daemon's own
 * @param stdout descriptor for its standard output, -1: the daemon's own
 */
public record SpawnRequest(
    int directory,
    String program,
    List<String> arguments,
    Environment environment,
    int stdin,
    int stdout) {}
