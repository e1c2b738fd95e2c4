package org.usersvc.systemd.prepare;

import java.util.List;
import java.util.Map;
import org.usersvc.daemon.execution.SearchPath;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.process.Program;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.syntax.Words;

/** Finds the program of a command and puts variables into its arguments. */
final class ProgramChoice {
  private final FileSystem files;
  private final Account account;

  ProgramChoice(FileSystem files, Account account) {
    this.files = files;
    this.account = account;
  }

  /**
   * The program.
   *
   * @param environment that of the command
   * @param search the environment whose PATH is searched for a name
   * @throws ExecFault if no file of that name is there, or the arguments are too long
   */
  Program choose(CommandLine command, Environment environment, Environment search)
      throws ExecFault {
    var arguments = command.arguments(environment::value);
    if (arguments.value().isEmpty()) {
      throw new ExecFault(ExecFailure.EXEC, arguments.flaws().getFirst().text());
    }
    var words = arguments.or(List.of());
    if (command.prefixes().contains(CommandLine.Prefix.SHELL)) {
      String shell = account.shell();
      return new Program(shell, List.of(shell, "-c", Words.join(words)));
    }
    String file = new SearchPath(files, search).find(command.program());
    if (file == null) {
      throw new ExecFault(
          ExecFailure.EXEC, command.program() + " is in no directory of the search path");
    }
    return new Program(file, words.isEmpty() ? List.of(file) : words);
  }

  /** The environment whose PATH is searched. */
  static Environment search(Environment manager, List<String> searchPath) {
    return searchPath.isEmpty()
        ? manager
        : manager.with(Map.of("PATH", String.join(":", searchPath)));
  }
}
