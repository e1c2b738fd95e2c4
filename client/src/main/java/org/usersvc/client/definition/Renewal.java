package org.usersvc.client.definition;

import java.io.OutputStream;
import java.time.Duration;
import org.usersvc.client.local.Desk;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/** Has the daemon lay the changed files of the user over a definition that is enabled. */
final class Renewal {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Renewal() {}

  /** Whether the daemon did it. */
  static boolean of(Desk desk, String name) {
    return ask(desk, "enable", name);
  }

  /** Whether the daemon did what the verb says. */
  static boolean ask(Desk desk, String verb, String name) {
    byte[] request =
        JsonLine.of(generator -> {
          generator.writeStringField("verb", verb);
          generator.writeArrayFieldStart("words");
          generator.writeString(name);
          generator.writeEndArray();
        });
    try {
      var nowhere = new Output(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
      return desk.socket().ask(request, nowhere, false, LONGEST) == 0;
    } catch (UnreachableException | BrokenAnswerException | LostOutputException failed) {
      return false;
    }
  }
}
