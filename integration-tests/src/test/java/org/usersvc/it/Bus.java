package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The real dbus-daemon, as a session bus that knows no services but ours. */
final class Bus {
  private final Desktop desktop;
  private final Running program;
  private final String address;

  private Bus(Desktop desktop, Running program, String address) {
    this.desktop = desktop;
    this.program = program;
    this.address = address;
  }

  private static String configuration(String listen, Path services) {
    return """
    <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
     "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig>
      <type>session</type>
      <keep_umask/>
      <listen>%s</listen>
      <auth>EXTERNAL</auth>
      <servicedir>%s</servicedir>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
      <limit name="service_start_timeout">20000</limit>
    </busconfig>
    """
        .formatted(listen, services);
  }

  /**
   * At an address such as {@code unix:path=/x} or {@code unix:abstract=/x}; ready when returned.
   */
  static Bus start(Desktop desktop, String listen) throws IOException {
    return start(desktop, Map.of(), listen);
  }

  static Bus start(Desktop desktop, Map<String, String> more, String listen) throws IOException {
    return start(desktop, more, listen, List.of());
  }

  private static Bus start(
      Desktop desktop, Map<String, String> more, String listen, List<String> options)
      throws IOException {
    var file = desktop.file("bus.conf", configuration(listen, services(desktop)));
    var words =
        new ArrayList<>(
            List.of(
                "dbus-daemon",
                "--config-file=" + file,
                "--nofork",
                "--nopidfile",
                "--nosyslog",
                "--print-address=1"));
    words.addAll(options);
    var program = desktop.start(more, words.toArray(String[]::new));
    String printed = program.awaitOutput("^(unix:.*)$").group(1);
    return new Bus(desktop, program, printed.replaceFirst(",guid=.*", ""));
  }

  /** At a path, as most are. */
  static Bus atPath(Desktop desktop, String name) throws IOException {
    return start(desktop, "unix:path=" + desktop.tree().root().resolve(name));
  }

  /** At an abstract address, as those of dbus-launch. */
  static Bus atAbstract(Desktop desktop, String name) throws IOException {
    return start(desktop, "unix:abstract=" + desktop.tree().root().resolve(name));
  }

  /** At the place where programs look that are told nothing. */
  static Bus usual(Desktop desktop) throws IOException {
    return start(desktop, "unix:path=" + desktop.tree().runtime().resolve("bus"));
  }

  /** The same; it lets units bring names, as desktops have it. */
  static Bus activating(Desktop desktop) throws IOException {
    String listen = "unix:path=" + desktop.tree().runtime().resolve("bus");
    return start(desktop, Map.of(), listen, List.of("--systemd-activation"));
  }

  /** Where the bus finds out which program brings which name. */
  static Path services(Desktop desktop) throws IOException {
    return Files.createDirectories(desktop.tree().root().resolve("activation"));
  }

  String address() {
    return address;
  }

  long pid() {
    return program.pid();
  }

  /** It vanishes without a word. */
  void kill() {
    program.kill();
  }

  void end() {
    program.end();
  }

  /** What a program needs to find it. */
  Map<String, String> variable() {
    return Map.of("DBUS_SESSION_BUS_ADDRESS", address);
  }

  /** Runs a program whose session bus this is. */
  Ran run(String... words) throws IOException {
    return desktop.run(variable(), words);
  }

  /** Starts a program whose session bus this is. */
  Running start(String... words) throws IOException {
    return desktop.start(variable(), words);
  }

  Ran gdbus(String verb, String... words) throws IOException {
    return run(line(List.of("gdbus", verb, "--session"), words));
  }

  Ran busctl(String... words) throws IOException {
    return run(line(List.of("busctl", "--user", "--no-pager"), words));
  }

  /** The answer, or an error by its name. */
  Ran dbusSend(String path, String method, String... arguments) throws IOException {
    return run(
        line(
            List.of(
                "dbus-send",
                "--session",
                "--print-reply",
                "--reply-timeout=30000",
                "--dest=org.usersvc1",
                path,
                method),
            arguments));
  }

  /** Calls the bus itself. */
  Ran itself(String member, String... arguments) throws IOException {
    return gdbus(
        "call",
        line(
            List.of(
                "--dest=org.freedesktop.DBus",
                "--object-path=/org/freedesktop/DBus",
                "--method=org.freedesktop.DBus." + member),
            arguments));
  }

  boolean knows(String name) throws IOException {
    return itself("NameHasOwner", name).expect(0).out().contains("true");
  }

  /**
   * Registers a session that has only this bus; its leader.
   *
   * @param more further words of {@code usersvc session register}
   */
  Running register(String... more) throws IOException {
    var leader = desktop.start("sleep", "1000");
    Await.until("the leader to be the user's", () -> Proc.uid(leader.pid()) == desktop.uid());
    var words =
        List.of(
            "usersvc",
            "session",
            "register",
            "--leader",
            "" + leader.pid(),
            "DBUS_SESSION_BUS_ADDRESS=" + address);
    desktop.run(line(words, more)).expect(0);
    return leader;
  }

  /** Waits until usersvcd can be called here. */
  Bus awaitManager() throws IOException {
    return awaitName("org.usersvc1");
  }

  /**
   * The same, and until it is known as a session of its own: whose process it is has still to be
   * asked when the name is there.
   */
  Bus awaitSession(Tree tree) throws IOException {
    var row = Pattern.compile("bus +dbus-daemon\\([0-9]+\\) .* bus\n");
    awaitManager();
    Await.until(
        "the session of " + address,
        () -> row.matcher(tree.usersvc("session", "list").expect(0).out()).find());
    return this;
  }

  Bus awaitName(String name) throws IOException {
    Await.until(name + " on " + address, () -> knows(name));
    return this;
  }

  /** Calls a method of the manager. */
  Ran manager(String member, String... arguments) throws IOException {
    return call("/org/usersvc1", "org.usersvc1.Manager." + member, arguments);
  }

  Ran call(String path, String method, String... arguments) throws IOException {
    return gdbus(
        "call",
        line(
            List.of("--dest=org.usersvc1", "--object-path=" + path, "--method=" + method),
            arguments));
  }

  /** One property of an object of ours, as GVariant's text. */
  String property(String path, String interfaceName, String name) throws IOException {
    return call(path, "org.freedesktop.DBus.Properties.Get", interfaceName, name)
        .expect(0)
        .out()
        .strip();
  }

  /** Prints everything that usersvcd says here; has begun when returned. */
  Running monitor() throws IOException {
    var monitor = start("gdbus", "monitor", "--session", "--dest=org.usersvc1");
    monitor.awaitOutput("The name org.usersvc1 is owned by");
    return monitor;
  }

  private static String[] line(List<String> first, String... words) {
    var all = new ArrayList<>(first);
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }
}
