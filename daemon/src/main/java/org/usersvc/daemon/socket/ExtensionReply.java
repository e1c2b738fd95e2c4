package org.usersvc.daemon.socket;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Json;

/** What an extension answers to a client, as text or as JSON. */
record ExtensionReply(boolean json, Answer answer) implements Verbs.Reply {
  @Override
  public void out(String text, SequencedMap<String, Object> fields) {
    answer.out(json ? Json.object(to -> write(fields, to)) : NativeText.printable(text));
  }

  private static void write(Map<String, Object> fields, JsonGenerator to) throws IOException {
    for (var field : fields.entrySet()) {
      if (field.getValue() instanceof Integer number) {
        to.writeNumberField(field.getKey(), number);
      } else {
        to.writeStringField(field.getKey(), String.valueOf(field.getValue()));
      }
    }
  }

  @Override
  public void err(String text) {
    answer.err("usersvc: " + NativeText.printable(text));
  }

  @Override
  public int client() {
    return answer.clientPid();
  }

  @Override
  public void copy(boolean isError, String text) {
    if (isError) {
      answer.err(text);
    } else {
      answer.out(text);
    }
  }

  @Override
  public void become(int word, List<String> assignments, String directory) {
    answer.become(word, assignments, directory);
  }

  @Override
  public boolean isOpen() {
    return answer.descriptor() >= 0;
  }

  @Override
  public void end(int status) {
    answer.end(status);
  }
}
