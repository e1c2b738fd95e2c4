package org.usersvc.client.local;

import java.util.Map;
import org.usersvc.client.socket.ControlSocket;

/**
 * What a verb of the client itself works with.
 *
 * @param environment of this process
 * @param instance of the daemon, empty for the usual one
 */
public record Desk(Map<String, String> environment, String instance, Console console) {
  /** The control socket of the instance. */
  public ControlSocket socket() {
    return ControlSocket.locate(environment, instance);
  }

  /** A variable, or {@code otherwise} if it is unset or empty. */
  public String value(String variable, String otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? otherwise : value;
  }

  /** The words that name this client and its instance, for a command to be typed. */
  public String usersvc() {
    return instance.isEmpty() ? "usersvc" : "usersvc --instance " + instance;
  }
}
