package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Fit;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.SessionText;
import org.usersvc.daemon.session.Captured;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.socket.Request.Flag;

/** {@code usersvc session}. <b>Loop thread only.</b> */
final class SessionVerbs {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final Backend backend;
  private final Sessions sessions;

  SessionVerbs(Backend backend) {
    this.backend = backend;
    this.sessions = backend.sessions();
  }

  void answer(Request request, Answer answer) throws IOException {
    var words = request.words().operands();
    String verb = words.isEmpty() ? "" : words.getFirst();
    var operands = words.isEmpty() ? words : words.subList(1, words.size());
    switch (verb) {
      case "register" -> register(request, operands, answer);
      case "list" -> list(request, operands, answer);
      case "show" -> show(request, operands, answer);
      case "unregister" -> unregister(operands, answer);
      default ->
          throw new IOException("session needs register, list, show or unregister; see --help");
    }
  }

  private void register(Request request, List<String> words, Answer answer) throws IOException {
    int leader =
        number(request.words().options().leader(), "--leader needs the number of a process");
    Map<String, String> variables;
    try {
      variables = variables(request, words, answer);
    } catch (FileFault fault) {
      answer.err("usersvc: " + fault.getMessage() + "; give each variable its value: NAME=VALUE");
      answer.end(1);
      return;
    }
    var fit = Fit.of(variables);
    show(fit, answer);
    if (fit.variables().isEmpty()) {
      answer.err("usersvc: nothing to register: none of the variables is set; name some, or --all");
      answer.end(Math.max(1, failures(fit)));
      return;
    }
    String name = NativeText.printable(request.words().options().name());
    boolean named = words.stream().anyMatch(word -> (word + "=").startsWith("DISPLAY="));
    var registration =
        new Registration(Environment.of(fit.variables()), name, leader, answer.clientPid(), named);
    switch (sessions.register(registration)) {
      case Outcome.Registered(Session session) -> {
        if (request.words().options().has(Flag.GRAPHICAL)) {
          sessions.askForTarget(session);
        }
        show(session, request, answer);
        answer.end(failures(fit));
      }
      case Outcome refused -> refuse(refused, answer);
    }
  }

  /** Reports refused variables; the others were taken. */
  static void show(Fit fit, Answer answer) {
    fit.complaints().forEach(complaint -> answer.err("usersvc: " + complaint));
  }

  /** The exit status. */
  static int failures(Fit fit) {
    return Tally.status(fit.refusals().size());
  }

  private Map<String, String> variables(Request request, List<String> words, Answer answer)
      throws FileFault {
    var client = new ClientEnvironment(backend.sessions(), answer);
    var variables = new LinkedHashMap<String, String>();
    if (request.words().options().has(Flag.ALL)) {
      client.all().variables().entrySet().stream()
          .filter(variable -> Environment.isName(variable.getKey()))
          .forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
    } else if (words.isEmpty()) {
      variables.putAll(client.ofNames(Captured.NAMES));
    }
    variables.putAll(client.ofWords(words));
    return variables;
  }

  static void refuse(Outcome refused, Answer answer) {
    answer.err("usersvc: " + NativeText.printable(refused.describe()));
    answer.end(1);
  }

  private static void show(Session session, Request request, Answer answer) {
    int count = session.variables().variables().size();
    answer.out(
        request.json()
            ? SessionText.json(session)
            : Sessions.describe(session) + ": " + count + " variables");
  }

  private void list(Request request, List<String> operands, Answer answer) throws IOException {
    atMost(0, operands, "session list takes no operands");
    if (request.json()) {
      sessions.all().forEach(session -> answer.out(SessionText.json(session)));
    } else if (sessions.all().isEmpty()) {
      answer.err("usersvc: there are no sessions; usersvc session register makes one");
    } else {
      var now = backend.platform().loop().clock().wall();
      SessionText.table(sessions.all(), now).forEach(answer::out);
    }
    answer.end(0);
  }

  private void show(Request request, List<String> operands, Answer answer) throws IOException {
    var session = named(operands, answer);
    if (session == null) {
      return;
    }
    if (request.json()) {
      answer.out(SessionText.json(session));
    } else {
      SessionText.details(session).forEach(answer::out);
    }
    answer.end(0);
  }

  private void unregister(List<String> operands, Answer answer) throws IOException {
    var session = named(operands, answer);
    if (session != null) {
      sessions.unregister(session.id());
      answer.end(0);
    }
  }

  /** The session of that id, or the client's own; null if this was refused. */
  private @Nullable Session named(List<String> operands, Answer answer) throws IOException {
    atMost(1, operands, "one ID at most; see usersvc session list");
    var found = operands.isEmpty() ? own(answer) : sessions.find(id(operands.getFirst()));
    if (found == null) {
      String which = operands.isEmpty() ? "of yours" : NativeText.printable(operands.getFirst());
      answer.err("usersvc: there is no session " + which + "; see usersvc session list");
      answer.end(1);
    }
    return found;
  }

  private @Nullable Session own(Answer answer) {
    try {
      var client = new ClientEnvironment(backend.sessions(), answer);
      var variables = Environment.of(client.ofNames(Captured.NAMES));
      int leader = sessions.leaderOf(variables, answer.clientPid());
      return sessions.ofLeader(leader);
    } catch (FileFault ignored) { // a client that has gone has no session
      return null;
    }
  }

  private static int id(String word) throws IOException {
    return number(word, "the ID of a session is a number above 0");
  }

  private static int number(String word, String complaint) throws IOException {
    if (word.isEmpty()) {
      return 0;
    }
    if (!NUMBER.matcher(word).matches()) {
      throw new IOException(complaint + ", not '" + NativeText.printable(word) + "'");
    }
    return Integer.parseInt(word);
  }

  private static void atMost(int count, List<String> operands, String complaint)
      throws IOException {
    if (operands.size() > count) {
      throw new IOException(complaint);
    }
  }
}
