package org.usersvc.daemon.process;

import java.util.List;

/**
 * One program to start.
 *
 * @param directory descriptor of its working directory
 * @param program path relative to that directory; also its argv[0]
 * @param arguments what follows argv[0]
 * @param stdin descriptor for its standard input, -1: the daemon's own
 * @param stdout descriptor for its standard output, -1: the daemon's own
 */
public record SpawnRequest(
    int directory, String program, List<String> arguments, int stdin, int stdout) {}
