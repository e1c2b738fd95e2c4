package org.usersvc.daemon.extension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.bus.BusEnvironment;
import org.usersvc.daemon.bus.BusIdentity;
import org.usersvc.daemon.bus.Buses;
import org.usersvc.daemon.bus.CallerEnvironment;
import org.usersvc.daemon.bus.ExtensionHost;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.export.Exporter;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.mechanism.Departures;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.view.FakeFamily;
import org.usersvc.daemon.view.Services;
import org.usersvc.daemon.wire.BusFixture;
import org.usersvc.daemon.wire.SignalTargets;

/**
 * What an extension stands on, for tests of extensions: real sockets and buses, and a fake of what
 * supervises processes.
 */
public final class HostFixture implements AutoCloseable {
  public final FakeMessages messages = new FakeMessages();
  public final BusFixture programs;
  public final Sessions sessions;
  public final Activation activation;
  public final Buses buses;
  public final Services services = new Services(new FakeFamily(Runnable::run));
  public final ExtensionHost host;
  public final FakeMechanisms mechanisms;
  public final Departures departures;
  public final Verbs verbs = new Verbs();
  public final FakeWhole whole = new FakeWhole();
  private final FakeProcesses processes = new FakeProcesses();
  private final InotifyWatches watches = new InotifyWatches();

  /**
   * Begins without buses.
   *
   * @param name to be owned on every bus
   */
  public HostFixture(Path root, String name) throws IOException {
    programs = new BusFixture(root);
    var files = programs.files;
    String runtime = Files.createDirectories(root.resolve("runtime")).toString();
    var own = RuntimeDirectory.make(files, runtime + "/usersvc");
    var platform = new Platform(files, processes, watches, programs.loop, messages, own);
    processes.strangerLives(SelfProcess.pid());
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), Environment.EMPTY);
    sessions = new Sessions(platform, programs.sockets, self);
    activation =
        new Activation(
            () -> environment("HOME", "/home/x"), OwnPrograms.NONE, sessions, programs.loop);
    var tree = new ObjectTree();
    var calls = new Exporter(tree, () -> null);
    var keys = new BusIdentity(sessions, runtime);
    var upload = new BusEnvironment(keys, sessions, activation, programs.loop);
    var transport = programs.transport;
    var parts = new Buses.Parts(transport, calls, new SignalTargets(), upload, name, keys);
    buses = new Buses(platform, parts, sessions);
    mechanisms = new FakeMechanisms(programs.loop, files);
    departures = new Departures(programs.loop);
    var callers = new CallerEnvironment(keys, sessions, activation, messages);
    host =
        new ExtensionHost(
            new ExtensionHost.Parts(
                platform,
                transport,
                calls,
                tree,
                services,
                buses,
                upload,
                sessions,
                activation,
                callers,
                verbs,
                () -> mechanisms.all(),
                departures,
                whole));
  }

  private static Environment environment(String... variables) {
    return Environment.of(map(variables));
  }

  private static Map<String, String> map(String... variables) {
    var given = new LinkedHashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      given.put(variables[i], variables[i + 1]);
    }
    return given;
  }

  /** A child of this process that lives as long as the fixture. */
  public int process(String... environment) throws IOException {
    return lives(programs.start(map(environment), "sleep", "1000"));
  }

  private int lives(Process process) {
    processes.strangerLives((int) process.pid());
    return (int) process.pid();
  }

  /** A session that brings these variables. */
  public Session register(int leader, String... variables) {
    var outcome = sessions.register(new Registration(environment(variables), "", leader, 0));
    if (outcome instanceof Outcome.Registered(Session session)) {
      return session;
    }
    throw new AssertionError(outcome.describe());
  }

  /** The value that services are given, {@code -} if they are given none. */
  public String value(String name) {
    String value = activation.current().value(name);
    return value == null ? "-" : value;
  }

  /** Starts a bus as systems with a service manager do, and waits until it listens. */
  public int bus(String address) throws IOException {
    var process =
        programs.start(
            Map.of("XDG_RUNTIME_DIR", host.runtime()),
            "dbus-daemon",
            "--session",
            "--systemd-activation",
            "--nofork",
            "--print-address=1",
            "--address=" + address);
    process.inputReader(UTF_8).readLine();
    return lives(process);
  }

  /** Goes on a bus. */
  public void take(String address) {
    var answers = new ArrayList<String>();
    buses.take(address, answers::add);
    programs.until(() -> !answers.isEmpty());
    assertThat(answers).containsExactly("");
  }

  /** Runs a program to its end while the loop turns; what it has printed. */
  public String run(String address, String... command) {
    try {
      return programs.run(
          Map.of("DBUS_SESSION_BUS_ADDRESS", address, "XDG_RUNTIME_DIR", host.runtime()), command);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Lets a time pass in which something must not happen. */
  public void turnFor(Duration time) {
    var over = new ArrayList<String>();
    programs.loop.timers().after(time, () -> over.add("over"));
    programs.until(() -> !over.isEmpty());
  }

  /** Ends all; no action may have failed. */
  @Override
  public void close() {
    host.close();
    buses.close();
    programs.files.close(watches.descriptor());
    programs.close();
  }
}
