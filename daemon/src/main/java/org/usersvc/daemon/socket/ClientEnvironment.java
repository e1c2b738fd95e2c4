package org.usersvc.daemon.socket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;

/** Variables that a client gives: with a value, or as a name in its own environment. */
final class ClientEnvironment {
  private final Sessions sessions;
  private final Answer answer;

  ClientEnvironment(Sessions sessions, Answer answer) {
    this.sessions = sessions;
    this.answer = answer;
  }

  /**
   * All variables of the client.
   *
   * @throws FileFault if its environment cannot be read
   */
  Environment all() throws FileFault {
    return sessions.environmentOf(answer.clientPid());
  }

  /** The client's variables with these names. */
  Map<String, String> ofNames(List<String> names) throws FileFault {
    var own = all();
    var found = new LinkedHashMap<String, String>();
    for (String name : names) {
      String value = own.value(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }

  /** {@code NAME} and {@code NAME=VALUE}, in order; unset names are reported and left out. */
  Map<String, String> ofWords(List<String> words) throws FileFault {
    var named = new ArrayList<String>();
    words.stream().filter(word -> word.indexOf('=') < 0).forEach(named::add);
    var own = named.isEmpty() ? Map.<String, String>of() : ofNames(named);
    var found = new LinkedHashMap<String, String>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        found.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (own.containsKey(word)) {
        found.put(word, own.get(word));
      } else if (Environment.isName(word)) {
        answer.err("usersvc: " + word + " is not set in your environment, leaving it out");
      } else {
        found.put(word, ""); // its name is refused
      }
    }
    return found;
  }
}
