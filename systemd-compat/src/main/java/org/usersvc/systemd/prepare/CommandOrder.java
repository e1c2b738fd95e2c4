package org.usersvc.systemd.prepare;

import java.util.List;
import java.util.Map;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.syntax.CommandLine;

/**
 * A command of a unit that is to be executed. Immutable.
 *
 * @param told variables with facts about its unit
 * @param pidNames variables that get the pid of the new process
 * @param log the pipe of the unit's log; -1: there is none
 * @param passed what it is passed from descriptor 3 on, or the one socket that is a stream of it
 */
public record CommandOrder(
    CommandLine command,
    ExecSettings exec,
    Map<String, String> told,
    List<String> pidNames,
    int log,
    List<Passed> passed) {}
