package org.usersvc.client.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.usersvc.client.local.Desk;
import org.usersvc.client.log.LogQuery;
import org.usersvc.client.log.LogViewer;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.JsonLine;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/** What the screen asks the daemon. Any thread. */
final class Inquiry {
  private static final int LOG_LINES = 12;
  private static final Duration FOR_EVER = Duration.ofDays(36500);

  private final Desk desk;

  Inquiry(Desk desk) {
    this.desk = desk;
  }

  /** All services. */
  List<Row> services() throws UnreachableException, BrokenAnswerException, IOException {
    var answer = new ByteArrayOutputStream();
    ask(
        JsonLine.of(json -> {
          json.writeStringField("verb", "list");
          json.writeStringField("format", "json");
        }),
        new Output(answer, OutputStream.nullOutputStream()),
        Duration.ZERO);
    return Row.read(answer.toByteArray());
  }

  /** What the daemon answers to a verb, in one line. */
  String perform(Keyboard.Wish wish)
      throws UnreachableException, BrokenAnswerException, IOException {
    var answer = new ByteArrayOutputStream();
    ask(
        JsonLine.of(json -> {
          json.writeStringField("verb", wish.verb());
          json.writeArrayFieldStart("services");
          json.writeString(wish.service());
          json.writeEndArray();
          json.writeNumberField("wait_ms", 0);
        }),
        new Output(answer, answer),
        Duration.ZERO);
    return answer.toString(UTF_8).lines().findFirst().orElse(wish.verb() + ": done");
  }

  /** Runs {@code changed} at each change of a service, until the daemon goes. */
  void follow(Runnable changed) throws UnreachableException, BrokenAnswerException, IOException {
    var target =
        new OutputStream() {
          @Override
          public void write(int octet) {
            changed.run();
          }

          @Override
          public void write(byte[] bytes, int start, int length) {
            changed.run();
          }
        };
    ask(
        JsonLine.of(json -> json.writeStringField("verb", "events")),
        new Output(target, OutputStream.nullOutputStream()),
        FOR_EVER);
  }

  private void ask(byte[] request, Output output, Duration wait)
      throws UnreachableException, BrokenAnswerException, IOException {
    desk.socket().ask(request, output, false, wait);
    output.flush();
  }

  /** The last lines of the log of a service; none if it has no log. */
  List<String> log(String service) throws IOException {
    var lines = new ByteArrayOutputStream();
    var output = new Output(lines, OutputStream.nullOutputStream());
    var query = new LogQuery(List.of(service), false, LOG_LINES, null, false);
    int failures = LogViewer.show(query, desk.instance(), desk.environment(), output, false);
    output.flush();
    return failures > 0 ? List.of() : lines.toString(UTF_8).lines().toList();
  }
}
