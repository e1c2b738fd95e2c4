package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;

/** A service that runs only while a variable of the environment is set; it counts its starts. */
record Needy(Tree tree, Service service, String variable) {
  static Needy service(Tree tree, String name, String variable, String command) throws IOException {
    return of(tree, tree.service(name), variable, command);
  }

  private static Needy of(Tree tree, Service service, String variable, String command)
      throws IOException {
    service.file("needs-env", variable + "\n");
    service.run("echo started >> starts", "exec > output 2>&1", "exec " + command);
    return new Needy(tree, service, variable);
  }

  /** A service wherever it is. */
  static Needy of(Tree tree, Service service, String variable) throws IOException {
    return of(tree, service, variable, "sleep 1000");
  }

  static Needy service(Tree tree, String name, String variable) throws IOException {
    return service(tree, name, variable, "sleep 1000");
  }

  String name() {
    return service.name();
  }

  /** Waits until it is down for want of the variable, and everybody says so. */
  void awaitWaiting() throws IOException {
    service.awaitDown();
    String table =
        Await.answer(
            name() + " to wait",
            () -> tree.usersvc("status", name()).out(),
            text -> text.contains("waiting"));
    assertThat(table).containsPattern("(?m)^" + name() + " +waiting .*" + variable);
    assertThat(tree.sv("status", name()).out())
        .matches("down: " + name() + ": \\d+s, normally up, want up(; run: log: .*)?\n");
  }

  int awaitUp() throws IOException {
    return service.awaitUp();
  }

  /** Waits until run has been started that often, and lives. */
  int awaitStart(int count) throws IOException {
    awaitStarts(count);
    return service.awaitUp();
  }

  /** The same without a look at its status, which may be in a container. */
  void awaitStarts(int count) throws IOException {
    Await.answer("starts of " + name() + ": " + count, this::starts, now -> now >= count);
    assertThat(starts()).as("starts of " + name()).isEqualTo(count);
  }

  int starts() throws IOException {
    var file = service.dir().resolve("starts");
    return Files.exists(file) ? Files.readAllLines(file, ISO_8859_1).size() : 0;
  }

  /** What the variable was set to when the process that runs now was started. */
  String given() throws IOException {
    return given(variable);
  }

  /** The status may still tell of the process before, a moment after the new one has begun. */
  String given(String name) throws IOException {
    var environment =
        Await.answer(
            "the environment of " + name(),
            () -> Proc.environment(service.pid()),
            found -> !found.isEmpty());
    return environment.stream()
        .filter(entry -> entry.startsWith(name + "="))
        .map(entry -> entry.substring(name.length() + 1))
        .collect(Collectors.joining());
  }

  /** Prints a row of the table of what was counted. */
  void row(String what, int expected) throws IOException {
    System.out.printf("%-44s %-8s starts %2d%n", what, name(), starts());
    assertThat(starts()).as(what + ": starts of " + name()).isEqualTo(expected);
  }
}
