package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Fit;
import org.usersvc.daemon.activation.Mirror;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.SessionText;
import org.usersvc.daemon.socket.Request.Flag;
import org.usersvc.daemon.view.ServiceView;

/** {@code usersvc env}. <b>Loop thread only.</b> */
final class EnvironmentVerbs {
  /** Exit status of diff when something would change. */
  private static final int DIFFERENT = 1;

  private final Backend backend;

  EnvironmentVerbs(Backend backend) {
    this.backend = backend;
  }

  void answer(Request request, Answer answer) throws IOException {
    var words = request.words().operands();
    String verb = words.isEmpty() ? "" : words.getFirst();
    var operands = words.isEmpty() ? words : words.subList(1, words.size());
    try {
      switch (verb) {
        case "" -> print(request, answer);
        case "set" -> set(assignments(operands), answer);
        case "unset" -> end(backend.activation().unset(some(operands)), answer);
        case "import" -> set(imported(some(operands), answer), answer);
        case "sources" -> sources(request, answer);
        case "diff" -> diff(request, operands, answer);
        default ->
            throw new IOException("env knows set, unset, import, sources and diff; see --help");
      }
    } catch (FileFault fault) {
      answer.err("usersvc: " + fault.getMessage());
      answer.end(1);
    }
  }

  private void set(Map<String, String> variables, Answer answer) {
    var fit = Fit.of(variables);
    SessionVerbs.show(fit, answer);
    var outcome = backend.activation().set(fit.variables());
    if (outcome instanceof Outcome.Changed) {
      answer.end(SessionVerbs.failures(fit));
    } else {
      SessionVerbs.refuse(outcome, answer);
    }
  }

  private static void end(Outcome outcome, Answer answer) {
    if (outcome instanceof Outcome.Changed) {
      answer.end(0);
    } else {
      SessionVerbs.refuse(outcome, answer);
    }
  }

  private static List<String> some(List<String> operands) throws IOException {
    if (operands.isEmpty()) {
      throw new IOException("env needs the name of a variable");
    }
    return operands;
  }

  private static Map<String, String> assignments(List<String> operands) throws IOException {
    var variables = new LinkedHashMap<String, String>();
    for (String operand : some(operands)) {
      int equals = operand.indexOf('=');
      if (equals < 0) {
        throw new IOException("env set needs NAME=VALUE; import takes the value from here");
      }
      variables.put(operand.substring(0, equals), operand.substring(equals + 1));
    }
    return variables;
  }

  private Map<String, String> imported(List<String> names, Answer answer)
      throws FileFault, IOException {
    if (names.stream().anyMatch(name -> name.indexOf('=') >= 0)) {
      throw new IOException("env import takes names; set takes NAME=VALUE");
    }
    return new ClientEnvironment(backend.sessions(), answer).ofWords(names);
  }

  private void print(Request request, Answer answer) {
    String service = request.words().options().service();
    var environment = backend.activation().current();
    if (!service.isEmpty()) {
      var view = view(service, answer);
      if (view == null) {
        return;
      }
      environment = view.environment();
    }
    if (request.json()) {
      answer.out(json(environment));
    } else if (request.words().options().has(Flag.SH)) {
      environment.variables().entrySet().stream()
          .filter(variable -> Environment.isName(variable.getKey()))
          .forEach(variable -> script(variable.getKey(), variable.getValue(), answer));
    } else {
      environment
          .variables()
          .forEach((name, value) -> answer.out(SessionText.variable(name, value)));
    }
    answer.end(0);
  }

  private void sources(Request request, Answer answer) {
    var activation = backend.activation();
    var names = activation.current().variables().keySet();
    if (request.json()) {
      answer.out(
          Json.object(json -> {
            for (String name : names) {
              json.writeStringField(name, activation.source(name));
            }
          }));
    } else {
      var sources = new LinkedHashMap<String, String>();
      names.forEach(name -> sources.put(name, activation.source(name)));
      SessionText.sources(sources).forEach(answer::out);
    }
    answer.end(0);
  }

  /** A value may span several lines. */
  private static void script(String name, String value, Answer answer) {
    for (String line : Mirror.assignment(name, value).split("\n", -1)) {
      answer.out(line);
    }
  }

  private static String json(Environment environment) {
    return Json.object(json -> {
      for (var variable : environment.variables().entrySet()) {
        json.writeStringField(variable.getKey(), variable.getValue());
      }
    });
  }

  private @Nullable ServiceView view(String name, Answer answer) {
    var service = Names.find(backend.services(), name, answer::err);
    if (service == null) {
      answer.end(1);
      return null;
    }
    return service.view();
  }

  private void diff(Request request, List<String> operands, Answer answer)
      throws IOException, FileFault {
    if (operands.size() != 1) {
      throw new IOException("env diff needs one service");
    }
    var view = view(operands.getFirst(), answer);
    if (view == null) {
      return;
    }
    int pid = view.pid();
    if (pid == 0) {
      answer.err("usersvc: " + view.name() + " does not run; see usersvc env --service");
      answer.end(1);
      return;
    }
    var has = backend.sessions().environmentOf(pid);
    var next = view.environment();
    var given = view.environmentGiven();
    var names = new ArrayList<>(has.differences(next));
    names.removeIf(name -> next.value(name) == null && given.value(name) == null); // run's own
    names.forEach(name -> show(name, has.value(name), next.value(name), request, answer));
    answer.end(names.isEmpty() ? 0 : DIFFERENT);
  }

  private static void show(
      String name, @Nullable String old, @Nullable String next, Request request, Answer answer) {
    if (request.json()) {
      answer.out(
          Json.object(json -> {
            json.writeStringField("name", name);
            json.writeStringField("running", old);
            json.writeStringField("next", next);
          }));
      return;
    }
    if (old != null) {
      answer.out("-" + SessionText.variable(name, old));
    }
    if (next != null) {
      answer.out("+" + SessionText.variable(name, next));
    }
  }
}
