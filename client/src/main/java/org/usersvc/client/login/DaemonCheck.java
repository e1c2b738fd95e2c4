package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.BrokenAnswerException;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/**
 * Checks that the daemon answers, and knows the logins of its user. Any program of that user may be
 * in its place, and answer nothing, anything or without end.
 */
final class DaemonCheck {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST_VERSION = 100;

  private final ControlSocket socket;
  private final Findings findings;

  DaemonCheck(ControlSocket socket, Findings findings) {
    this.socket = socket;
    this.findings = findings;
  }

  /**
   * Checks.
   *
   * @param logins the processes that have logged in
   * @param expected whether the daemon has to run
   */
  void run(SortedSet<Long> logins, boolean expected) throws IOException {
    try {
      String version = ask("version", "").strip();
      String shownVersion =
          version.length() > LONGEST_VERSION
              ? version.substring(0, LONGEST_VERSION) + "..."
              : version;
      findings.ok(shownVersion + " answers at " + socket.path());
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
      findings.fail(
          "usersvcd at " + socket.path() + " does not answer to the end within 5 s; see its log");
    }
  }

  /**
   * The documents of an answer, with their members that are no lists or objects.
   *
   * @param more further members of the request
   * @return empty if there is no whole answer
   */
  List<Map<String, String>> documents(String verb, String more) {
    var documents = new ArrayList<Map<String, String>>();
    try {
      for (String line : ask(verb, more).lines().toList()) {
        documents.add(members(line));
      }
      return documents;
    } catch (IOException | UnreachableException | BrokenAnswerException unanswered) {
      return List.of();
    }
  }

  private static Map<String, String> members(String document) throws IOException {
    var members = new HashMap<String, String>();
    try (JsonParser json = FACTORY.createParser(document)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          members.put(name, json.getText());
        }
        json.skipChildren();
      }
    }
    return members;
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

  private String ask(String verb, String more) throws UnreachableException, BrokenAnswerException {
    var answer = new Bounded();
    var output = new Output(answer, OutputStream.nullOutputStream());
    String format = verb.equals("version") ? "text" : "json";
    String request = "{\"verb\":\"" + verb + "\"" + more + ",\"format\":\"" + format + "\"}\n";
    var exchange = new Exchange(socket, request.getBytes(US_ASCII), output);
    if (!exchange.endsWithin(PATIENCE)) {
      throw new BrokenAnswerException();
    }
    return answer.text();
  }

  /** One request and its answer, on a thread that does not delay the end of the program. */
  private static final class Exchange implements Runnable {
    private final ControlSocket socket;
    private final byte[] request;
    private final Output output;
    private volatile @Nullable Exception fault;

    Exchange(ControlSocket socket, byte[] request, Output output) {
      this.socket = socket;
      this.request = request;
      this.output = output;
    }

    @Override
    public void run() {
      try {
        socket.ask(request, output, false, Duration.ZERO);
        output.flush();
      } catch (UnreachableException | BrokenAnswerException | LostOutputException ended) {
        fault = ended;
      }
    }

    boolean endsWithin(Duration patience) throws UnreachableException, BrokenAnswerException {
      Thread thread = Thread.ofPlatform().daemon().start(this);
      boolean ended;
      try {
        ended = thread.join(patience);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      Exception seen = fault;
      if (seen instanceof UnreachableException unreachable) {
        throw unreachable;
      }
      return ended && seen == null;
    }
  }

  /** Keeps an answer; fails if it is too long. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      if (length > MOST_BYTES - kept.size()) {
        throw new IOException("the answer is too long");
      }
      kept.write(bytes, start, length);
    }

    String text() {
      return kept.toString(UTF_8);
    }
  }
}
