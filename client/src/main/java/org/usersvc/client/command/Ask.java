package org.usersvc.client.command;

import java.util.List;
import java.util.Map;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.SilenceException;
import org.usersvc.client.socket.UnreachableException;

/**
 * One request to the daemon. {@code names} are the services as typed; {@code quiet} keeps the
 * answer from standard output.
 */
record Ask(Program program, List<String> names, Request request, String instance, boolean quiet)
    implements Command {
  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    ControlSocket socket = ControlSocket.locate(environment, instance);
    try {
      return ask(socket, output);
    } catch (UnreachableException e) {
      return unreachable(socket, e, output);
    }
  }

  /** Asks the daemon at {@code socket}; returns the exit status. */
  int ask(ControlSocket socket, Output output)
      throws LostOutputException, UsageException, UnreachableException {
    byte[] line = request.line();
    if (line.length > Request.MAX_BYTES) {
      throw UsageException.verbatim(
          program.word() + ": the request is longer than 1 MiB; ask for less at once");
    }
    if (request.isForShell()) {
      output.keepBytes(false);
    }
    if (request.isPainted()) {
      output.letPaintPass();
    }
    try {
      return socket.ask(line, output, quiet, request.longestSilence());
    } catch (SilenceException e) {
      output.err(program.word() + ": " + e.getMessage() + "\n");
      return ExitStatus.UNREACHABLE.code();
    } catch (BrokenAnswerException e) {
      output.err(program.word() + ": usersvcd at " + socket.path());
      output.err(" broke off before its answer was complete; see its log\n");
      return ExitStatus.UNREACHABLE.code();
    }
  }

  /** Without a daemon no service is supervised; daemontools' programs say so in their own words. */
  int unreachable(ControlSocket socket, UnreachableException e, Output output)
      throws LostOutputException {
    String what = "cannot reach usersvcd at " + socket.path() + ": " + e.reason();
    switch (program) {
      case USERSVC -> output.err("usersvc: " + what + "; " + e.remedy() + "\n");
      case SVC -> {
        for (String name : names) {
          String shown = NativeText.printable(name);
          output.err("svc: warning: unable to control " + shown + ": " + what + "\n");
        }
      }
      case SVSTAT -> {
        for (String name : names) {
          output.out(NativeText.printable(name) + ": supervise not running\n");
        }
      }
      case SVOK -> {}
    }
    return switch (program) {
      case USERSVC -> ExitStatus.UNREACHABLE.code();
      case SVC, SVSTAT -> ExitStatus.DONE.code();
      case SVOK -> ExitStatus.USAGE.code();
    };
  }
}
