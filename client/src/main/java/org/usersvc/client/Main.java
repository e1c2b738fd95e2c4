package org.usersvc.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.usersvc.client.command.ExitStatus;
import org.usersvc.client.command.Program;
import org.usersvc.client.command.Syntax;
import org.usersvc.client.command.UsageException;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/**
 * Runs the client. A first argument {@code --as=NAME}, added by the starter of the JVM, is the name
 * that the user has called; without it that is {@code usersvc}.
 */
public final class Main {
  private static final String AS = "--as=";

  private Main() {}

  /** Halts: no files need closing, and an ordinary exit would load a logger first. */
  public static void main(String[] mangled) {
    String[] arguments = NativeArguments.of(mangled);
    var output = Output.standard();
    Runtime.getRuntime().halt(run(arguments, System.getenv(), output));
  }

  static int run(String[] arguments, Map<String, String> environment, Output output) {
    boolean named = arguments.length > 0 && arguments[0].startsWith(AS);
    var program = named ? Program.of(arguments[0].substring(AS.length())) : Program.USERSVC;
    String[] rest = named ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    try {
      int status = run(program, rest, environment, output);
      output.flush();
      return status;
    } catch (LostOutputException e) {
      return lost(program, output);
    }
  }

  private static int run(
      Program program, String[] arguments, Map<String, String> environment, Output output)
      throws LostOutputException {
    try {
      return Syntax.parse(program, arguments, environment).run(environment, output);
    } catch (UsageException e) {
      output.err(e.text() + "\n");
      return ExitStatus.USAGE.code();
    }
  }

  /** Quiet if the reader has left, as this is how a pipeline ends. */
  private static int lost(Program program, Output output) {
    if (hadReader()) {
      return ExitStatus.NO_READER.code();
    }
    try {
      output.err(program.word() + ": cannot write to standard output\n");
      output.flush();
    } catch (LostOutputException ignored) {
      // The lost output is already being reported.
    }
    return ExitStatus.UNREACHABLE.code();
  }

  private static boolean hadReader() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }
}
