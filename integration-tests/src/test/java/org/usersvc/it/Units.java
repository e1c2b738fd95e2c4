package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The units that the user of a tree has written, and the real systemctl before his daemon. The word
 * {@code TRACE} in a unit becomes the path of a file that the test reads.
 */
final class Units {
  static final String NAME = "org.freedesktop.systemd1";

  /** What a service executes that stays. */
  static final String STEADY = "ExecStart=sleep 1000";

  private final Tree tree;
  private final Desktop desktop;
  private final Path directory;
  private @Nullable Bus bus;
  private @Nullable Daemon daemon;
  private boolean onBusAlone;

  private Units(Desktop desktop, Path directory) {
    this.tree = desktop.tree();
    this.desktop = desktop;
    this.directory = directory;
  }

  static Units of(Tree tree) throws IOException {
    return new Units(Desktop.ofOurselves(tree), makeDirectory(tree));
  }

  /** The same for a user who is not root, also where the tests are root's. */
  static Units ofUser(Tree tree) throws IOException {
    var directory = makeDirectory(tree);
    return new Units(Desktop.of(tree), directory);
  }

  private static Path makeDirectory(Tree tree) throws IOException {
    return Files.createDirectories(tree.root().resolve(".config/systemd/user"));
  }

  /** Those that were written for the user of a desktop, who runs them. */
  Units of(Desktop user) {
    return new Units(user, directory);
  }

  /** From its start on, all is asked at a session bus. */
  Units onBusAlone() {
    onBusAlone = true;
    return this;
  }

  /** Starts the daemon, which is then reached by the private socket alone. */
  Units start() throws IOException {
    if (onBusAlone && bus == null) {
      return startOnBus();
    }
    var started = desktop.become().isEmpty() ? tree.start() : desktop.start();
    daemon = started;
    Await.until("the socket", () -> Files.exists(tree.runtime().resolve("systemd/private")));
    return this;
  }

  /** Starts a session bus and the daemon, which takes its name there. */
  Units startOnBus() throws IOException {
    return startOn(Bus.usual(desktop));
  }

  /** The same; names of the bus start the units that their files in {@code activation} tell. */
  Units startOnActivatingBus() throws IOException {
    return startOn(Bus.activating(desktop));
  }

  private Units startOn(Bus started) throws IOException {
    bus = started;
    start();
    bus().awaitName(NAME);
    return this;
  }

  Daemon daemon() {
    if (daemon == null) {
      throw new AssertionError("no daemon was started");
    }
    return daemon;
  }

  Bus bus() {
    if (bus == null) {
      throw new AssertionError("no bus was started");
    }
    return bus;
  }

  /** The user whose units these are. */
  Desktop desktop() {
    return desktop;
  }

  /** Where the user's units are. */
  Path directory() {
    return directory;
  }

  /** Writes a file there, and the directories that it is in. */
  Units unit(String name, String... lines) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    var text = String.join("\n", lines) + "\n";
    Files.writeString(file, text.replace("TRACE", trace().toString()));
    return this;
  }

  /** A service of these lines of [Service]. */
  Units service(String name, String... lines) throws IOException {
    return unit(name + ".service", section("Service", List.of(lines)));
  }

  /** A service that stays and writes {@code +NAME} when it starts, {@code -NAME} when it ends. */
  Units steady(String name, String... dependencies) throws IOException {
    return withDependencies(
        name,
        dependencies,
        "ExecStartPre=sh -c 'echo +" + name + " >> TRACE'",
        STEADY,
        "ExecStopPost=sh -c 'echo -" + name + " >> TRACE'");
  }

  /** A oneshot that writes its name. */
  Units oneshot(String name, String... dependencies) throws IOException {
    return withDependencies(
        name, dependencies, "Type=oneshot", "ExecStart=sh -c 'echo " + name + " >> TRACE'");
  }

  /** A oneshot that writes its name once there is a file {@code go} in the tree. */
  Units waiting(String name, String... dependencies) throws IOException {
    return withDependencies(
        name,
        dependencies,
        "Type=oneshot",
        "ExecStart=sh -c 'until test -e %h/go; do sleep 0.02; done; echo " + name + " >> TRACE'");
  }

  /** What {@link #waiting} waits for. */
  Units go() throws IOException {
    Files.createFile(tree.root().resolve("go"));
    return this;
  }

  /** A oneshot that fails. */
  Units failing(String name, String... dependencies) throws IOException {
    return withDependencies(name, dependencies, "Type=oneshot", "ExecStart=false");
  }

  Units target(String name, String... lines) throws IOException {
    return unit(name + ".target", section("Unit", List.of(lines)));
  }

  private Units withDependencies(String name, String[] dependencies, String... service)
      throws IOException {
    var lines = new ArrayList<>(Arrays.asList(section("Unit", List.of(dependencies))));
    lines.addAll(Arrays.asList(section("Service", List.of(service))));
    return unit(name + ".service", lines.toArray(String[]::new));
  }

  private static String[] section(String name, List<String> lines) {
    var all = new ArrayList<>(List.of("[" + name + "]"));
    all.addAll(lines);
    return all.toArray(String[]::new);
  }

  /** A link in the directory of the units. */
  Units link(String name, String target) throws IOException {
    var link = directory.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
    return this;
  }

  Path trace() {
    return tree.root().resolve("trace");
  }

  /** The lines that units have written up to now. */
  List<String> traced() throws IOException {
    try {
      return Files.readAllLines(trace());
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    }
  }

  /** Waits until they have written these lines and no others. */
  void awaitTrace(String... lines) throws IOException {
    Await.answer("the trace " + List.of(lines), this::traced, now -> now.equals(List.of(lines)));
  }

  /** A name that a bus lets a unit bring. */
  Units name(String name, String unit) throws IOException {
    var file = Bus.services(desktop).resolve(name + ".service");
    Files.writeString(
        file, "[D-BUS Service]\nName=" + name + "\nExec=/bin/false\nSystemdService=" + unit + "\n");
    return this;
  }

  /** Forgets what has been written. */
  void clearTrace() throws IOException {
    Files.deleteIfExists(trace());
  }

  /** Runs {@code systemctl --user} at the private socket, or where all is asked. */
  Ran systemctl(String... words) throws IOException {
    return run(with(List.of("systemctl", "--user", "--no-pager"), words));
  }

  /** Runs it at the bus. */
  Ran systemctlOnBus(String... words) throws IOException {
    return desktop.run(forced(), with(List.of("systemctl", "--user", "--no-pager"), words));
  }

  /** Starts {@code systemctl --user}, which the tree ends. */
  Running systemctlBeside(String... words) throws IOException {
    return desktop.start(variables(), with(List.of("systemctl", "--user", "--no-pager"), words));
  }

  /** Runs a program that finds the manager, and the bus if there is one. */
  Ran run(String... words) throws IOException {
    return desktop.run(variables(), words);
  }

  /** Starts one, which the tree ends. */
  Running begin(String... words) throws IOException {
    return desktop.start(variables(), words);
  }

  private Map<String, String> forced() {
    var variables = new HashMap<>(bus().variable());
    variables.put("SYSTEMCTL_FORCE_BUS", "1");
    return variables;
  }

  private Map<String, String> variables() {
    if (onBusAlone) {
      return forced();
    }
    return bus == null ? Map.of() : bus.variable();
  }

  /** The value of a property as systemctl shows it. */
  String property(String unit, String name) throws IOException {
    return systemctl("show", "--value", "--property=" + name, "--", unit).expect(0).out().strip();
  }

  /** ActiveState and SubState. */
  String state(String unit) throws IOException {
    return property(unit, "ActiveState") + "/" + property(unit, "SubState");
  }

  /** Waits for a state as {@code active/running}, or for one of these ActiveStates alone. */
  void awaitState(String unit, String state) throws IOException {
    Await.answer(
        unit + " to be " + state,
        () -> state.contains("/") ? state(unit) : property(unit, "ActiveState"),
        now -> now.equals(state));
  }

  void awaitProperty(String unit, String name, String value) throws IOException {
    Await.answer(
        name + " of " + unit + " to be " + value,
        () -> property(unit, name),
        now -> now.equals(value));
  }

  void expectStates(String state, String... units) throws IOException {
    for (var unit : units) {
      assertThat(state(unit)).as(unit).isEqualTo(state);
    }
  }

  /** Its main process, which it must have. */
  int pid(String unit) throws IOException {
    int pid = Integer.parseInt(property(unit, "MainPID"));
    assertThat(pid).as("main process of " + unit).isPositive();
    return pid;
  }

  /** Waits for a main process that is not this one. */
  int awaitPidAfter(String unit, int before) throws IOException {
    return Await.answer(
        "another process of " + unit,
        () -> Integer.parseInt(property(unit, "MainPID")),
        now -> now != before && now != 0);
  }

  /** Sends its main process a signal, from beside the manager. */
  void kill(String unit, String signal) throws IOException {
    Ran.of("kill", "-" + signal, "" + pid(unit)).expect(0);
  }

  private static String[] with(List<String> first, String... words) {
    var all = new ArrayList<>(first);
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }
}
