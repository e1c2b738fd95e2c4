package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/** Whether the daemon answers, and shows the logins of its user. */
final class DaemonCheck {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ControlSocket socket;
  private final Findings findings;

  DaemonCheck(ControlSocket socket, Findings findings) {
    this.socket = socket;
    this.findings = findings;
  }

  /**
   * Looks.
   *
   * @param logins the processes that have logged in
   * @param expected whether the daemon has to run
   */
  void run(SortedSet<Long> logins, boolean expected) throws IOException {
    try {
      String version = ask("version", "").strip();
      findings.ok(version + " answers at " + socket.path());
      var shown = leaders();
      for (long pid : logins) {
        if (shown.contains(pid)) {
          findings.ok("usersvcd shows the login of pid " + pid);
        } else {
          findings.fail(
              "usersvcd does not show the login of pid " + pid + "; see usersvc log usersvcd");
        }
      }
    } catch (UnreachableException absent) {
      findings.add(
          expected ? Finding.Level.FAIL : Finding.Level.WARN,
          "no usersvcd at %s: %s; %s".formatted(socket.path(), absent.reason(), absent.remedy()));
    } catch (BrokenAnswerException broken) {
      findings.fail("usersvcd at " + socket.path() + " does not answer to the end; see its log");
    }
  }

  private Set<Long> leaders() throws IOException, UnreachableException, BrokenAnswerException {
    var leaders = new HashSet<Long>();
    for (String session : ask("session", ",\"words\":[\"list\"]").lines().toList()) {
      try (JsonParser json = FACTORY.createParser(session)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean leader = json.currentName().equals("leader");
          json.nextToken();
          if (leader) {
            leaders.add(json.getLongValue());
          }
          json.skipChildren();
        }
      }
    }
    return leaders;
  }

  private String ask(String verb, String more)
      throws IOException, UnreachableException, BrokenAnswerException {
    var answer = new ByteArrayOutputStream();
    var output = new Output(answer, OutputStream.nullOutputStream());
    String format = verb.equals("version") ? "text" : "json";
    String request = "{\"verb\":\"" + verb + "\"" + more + ",\"format\":\"" + format + "\"}\n";
    socket.ask(request.getBytes(US_ASCII), output, false);
    output.flush();
    return answer.toString(UTF_8);
  }
}
