package org.usersvc.client.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.client.local.Image;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/**
 * Gives the daemon a bus, or the bus a daemon: {@code ask} offers {@code address} to the running
 * daemon; if there is none, one is started with that bus as its own. A JVM cannot become another
 * program, so this one waits for the daemon's end; the native front becomes the daemon.
 */
record Activate(Ask ask, String address) implements Command {
  private static final String STARTER_ADDRESS = "DBUS_STARTER_ADDRESS";
  private static final String SESSION_ADDRESS = "DBUS_SESSION_BUS_ADDRESS";

  /** The bus that has started this program, else that of its environment. */
  static Activate of(boolean json, String instance, boolean quiet, Map<String, String> environment)
      throws UsageException {
    String starter = environment.getOrDefault(STARTER_ADDRESS, "");
    String address = starter.isEmpty() ? environment.getOrDefault(SESSION_ADDRESS, "") : starter;
    if (address.isEmpty()) {
      throw UsageException.of("verb activate needs " + STARTER_ADDRESS + " or " + SESSION_ADDRESS);
    }
    List<Request.Detail> details = List.of(new Request.Text("name", address));
    var request = new Request("bus", Request.Nobody.NOBODY, details, json);
    return new Activate(new Ask(Program.USERSVC, List.of(), request, instance, quiet), address);
  }

  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    try {
      return ask.ask(ControlSocket.locate(environment, ask.instance()), output);
    } catch (UnreachableException nobodyThere) {
      return daemon(output);
    }
  }

  /** Runs the daemon; returns its exit status. */
  private int daemon(Output output) throws LostOutputException {
    output.flush();
    try {
      return start().waitFor();
    } catch (IOException e) {
      output.err("usersvc: cannot run usersvcd; install it beside usersvc or in PATH\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.UNREACHABLE.code();
  }

  private Process start() throws IOException {
    List<String> words = new ArrayList<>(List.of(Image.daemon()));
    if (!ask.instance().isEmpty()) {
      words.addAll(List.of("--instance", ask.instance()));
    }
    var builder = new ProcessBuilder(words).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put(SESSION_ADDRESS, address);
    environment.remove(STARTER_ADDRESS);
    environment.remove("DBUS_STARTER_BUS_TYPE");
    return builder.start();
  }
}
