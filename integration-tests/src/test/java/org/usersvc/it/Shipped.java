package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the services that come with usersvc, in the hands of a desktop's user.
 *
 * @param before what of its definition could change, as it was
 */
record Shipped(Desktop desktop, Daemon daemon, Service service, String before) {
  /** Where the image has their definitions. */
  static Path definitions() throws IOException {
    return Path.of(Programs.imageForAnybody("usersvcd"))
        .resolve("../../share/usersvc/sv")
        .toAbsolutePath()
        .normalize();
  }

  /** The names of all. */
  static List<String> names() throws IOException {
    try (var entries = Files.list(definitions())) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  static Shipped of(Desktop desktop, Daemon daemon, String name) throws IOException {
    var definition = definitions().resolve(name);
    assertThat(definition.resolve("run")).isExecutable();
    var service = new Service(desktop.tree().scan().resolve(name));
    return new Shipped(desktop, daemon, service, everything(definition));
  }

  private static String everything(Path directory) throws IOException {
    String format = "%p %y %m %l %T@ %C@\\n";
    return Ran.of("find", directory.toString(), "-printf", format).expect(0).out();
  }

  String name() {
    return service.name();
  }

  /** Whether it waits for that variable, or for another one instead. */
  boolean needs(String variable) throws IOException {
    var file = definitions().resolve(name()).resolve("needs-env");
    return Files.exists(file)
        && Files.readAllLines(file).stream()
            .anyMatch(line -> List.of(line.split(" ")).contains(variable));
  }

  /** Enables it, and waits until it is ready. */
  Shipped enable() throws IOException {
    var ran = desktop.usersvc("enable", "--now", name()).expect(0);
    assertThat(ran.out()).startsWith(enabled()).contains("\nok: run: " + name() + ": ");
    return this;
  }

  /** Enables it where it has to wait, which is no failure. */
  Shipped enableEarly() throws IOException {
    var ran = desktop.usersvc("enable", "--now", name()).expect(0);
    assertThat(ran.out()).startsWith(enabled() + name() + ": starts when a session brings ");
    awaitWaiting();
    return this;
  }

  private String enabled() throws IOException {
    return name() + ": enabled (from " + definitions().resolve(name()) + ")\n";
  }

  /** All that it has written, as its user is shown it. */
  String log() throws IOException {
    return desktop.usersvc("log", "-n", "all", name()).out();
  }

  /** Waits until it has written a line with all these words in it. */
  void awaitLog(String... words) throws IOException {
    Await.answer(
        "a line of " + name() + " with " + List.of(words),
        this::log,
        log -> log.lines().anyMatch(line -> List.of(words).stream().allMatch(line::contains)));
  }

  void awaitWaiting() throws IOException {
    Await.answer(
        name() + " to wait",
        () -> desktop.usersvc("status", name()).out(),
        text -> text.contains("waiting"));
  }

  /** It runs, and has not been started more than once. */
  void assertThatItStaysUp() throws IOException {
    assertThat(desktop.usersvc("--json", "status", name()).expect(0).out())
        .contains("\"state\":\"run\"", "\"starts\":1,", "\"deaths\":0");
  }

  /** Disables it, after which its definition is as it was and only these processes are there. */
  void disable(List<Long> others) throws IOException {
    var ran = desktop.usersvc("disable", "--now", name()).expect(0);
    assertThat(ran.out()).isEqualTo(name() + ": disabled\n");
    Await.answer(
        "nothing of " + name() + " beside " + others,
        this::processes,
        left -> describe(others).containsAll(left));
    assertThat(service.dir()).doesNotExist();
    assertThat(everything(definitions().resolve(name()))).isEqualTo(before);
  }

  private List<String> processes() throws IOException {
    return describe(Proc.withHome(desktop.tree().root()));
  }

  private static List<String> describe(List<Long> pids) {
    var all = new ArrayList<String>();
    pids.forEach(pid -> all.add(pid + " " + Proc.commandLine(pid)));
    return all;
  }

  /** Runs shell commands as the user. */
  Ran shell(String commands) throws IOException {
    return shell(Map.of(), commands);
  }

  Ran shell(Map<String, String> more, String commands) throws IOException {
    return desktop.run(more, "sh", "-c", "set -e; cd \"$HOME\"; " + commands);
  }
}
