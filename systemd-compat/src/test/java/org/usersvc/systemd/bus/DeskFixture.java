package org.usersvc.systemd.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.bus.BusKeys;
import org.usersvc.daemon.bus.Buses;
import org.usersvc.daemon.bus.CallerEnvironment;
import org.usersvc.daemon.bus.EnvironmentUpload;
import org.usersvc.daemon.bus.ExtensionHost;
import org.usersvc.daemon.export.Exporter;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.EndListener;
import org.usersvc.daemon.process.Processes;
import org.usersvc.daemon.process.SpawnOutcome;
import org.usersvc.daemon.process.SpawnRequest;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.Links;
import org.usersvc.daemon.wire.Transport;

/** What an extension stands on: real sockets and buses, and processes that do not end. */
final class DeskFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Every process lives. */
  private static final class Living implements Processes {
    @Override
    public SpawnOutcome spawn(SpawnRequest request, EndListener onEnd) {
      throw new AssertionError(request);
    }

    @Override
    public void signal(int pid, Signal signal) {
      throw new AssertionError(signal);
    }

    @Override
    public boolean signalGroup(int leader, Signal signal) {
      throw new AssertionError(signal);
    }

    @Override
    public boolean groupLives(int leader) {
      return false;
    }

    @Override
    public Runnable onEndOf(int pid, EndListener onEnd) {
      return () -> {};
    }

    @Override
    public boolean isSpawned(int pid) {
      return false;
    }

    @Override
    public void afterEachEnd(Runnable action) {}
  }

  /** Keeps what was said. */
  private final class Said implements Messages {
    @Override
    public void warn(String line) {
      said.add(line);
    }

    @Override
    public void info(String line) {
      said.add(line);
    }

    @Override
    public void debug(String line) {}
  }

  final List<String> said = new ArrayList<>();
  final Sessions sessions;
  final Activation activation;
  final Buses buses;
  final Host host;
  private final List<RuntimeException> bugs = new ArrayList<>();
  final EventLoop loop = new EventLoop(new EpollPoller(), Clock.SYSTEM, bugs::add);
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches watches = new InotifyWatches();
  private final List<Process> started = new ArrayList<>();
  private final Path root;

  /**
   * Begins without buses.
   *
   * @param name to be owned on every bus
   */
  DeskFixture(Path root, String name) throws IOException {
    this.root = root;
    var sockets = new UnixSockets();
    String runtime = Files.createDirectories(root.resolve("runtime")).toString();
    var platform =
        new Platform(
            files, new Living(), watches, loop, new Said(), RuntimeDirectory.make(files, runtime));
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), Environment.EMPTY);
    var base = environment("HOME", "/home/x");
    sessions = new Sessions(platform, sockets, self);
    activation = new Activation(() -> base, sessions, loop);
    var tree = new ObjectTree();
    var calls = new Exporter(tree, () -> null);
    var budget = new Budget(16 << 20, loop.timers(), said::add);
    var transport = new Transport(files, sockets, loop, budget, SelfProcess.uid());
    var keys = new BusKeys(sessions, runtime);
    var upload = new EnvironmentUpload(keys, sessions, activation, loop);
    var parts = new Buses.Parts(transport, calls, new Links(), upload, name, keys);
    buses = new Buses(platform, parts, sessions);
    var callers = new CallerEnvironment(keys, sessions, activation, new Said());
    var desk = new ExtensionHost.Desk(buses, upload, activation, callers);
    host = new ExtensionHost(platform, desk, transport, calls, tree, runtime);
  }

  static Environment environment(String... variables) {
    var given = new LinkedHashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      given.put(variables[i], variables[i + 1]);
    }
    return Environment.of(given);
  }

  /** A child of this process that lives as long as the fixture. */
  int process(String... environment) throws IOException {
    var builder = new ProcessBuilder("sleep", "1000");
    builder.environment().clear();
    builder.environment().putAll(environment(environment).variables());
    var process = builder.start();
    started.add(process);
    return (int) process.pid();
  }

  Session register(int leader, String... variables) {
    var outcome = sessions.register(new Registration(environment(variables), "", leader, 0));
    if (outcome instanceof Outcome.Registered(Session session)) {
      return session;
    }
    throw new AssertionError(outcome.describe());
  }

  /** The value that services are given, {@code -} if they are given none. */
  String value(String name) {
    String value = activation.current().value(name);
    return value == null ? "-" : value;
  }

  /** Starts a bus as systems with a service manager do, and waits until it listens. */
  Process bus(String address) throws IOException {
    var builder =
        new ProcessBuilder(
                "dbus-daemon",
                "--session",
                "--systemd-activation",
                "--nofork",
                "--print-address=1",
                "--address=" + address)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("XDG_RUNTIME_DIR", host.runtime());
    var process = builder.start();
    started.add(process);
    process.inputReader(UTF_8).readLine();
    return process;
  }

  /** Goes on a bus. */
  void take(String address) {
    var answers = new ArrayList<String>();
    buses.take(address, answers::add);
    until(() -> !answers.isEmpty());
    assertThat(answers).containsExactly("");
  }

  /** Runs a program to its end while the loop turns; what it has printed. */
  String run(String address, String... command) {
    try {
      var output = Files.createTempFile(root, "run", "");
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
      builder.environment().put("XDG_RUNTIME_DIR", host.runtime());
      builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
      var process = builder.start();
      started.add(process);
      until(() -> !process.isAlive());
      return Files.readString(output).strip();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Turns the loop until something is so. */
  void until(BooleanSupplier condition) {
    long deadline = Clock.SYSTEM.nanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(Clock.SYSTEM.nanos()).as("deadline").isLessThan(deadline);
      var wakeUp = loop.timers().after(Duration.ofMillis(20), () -> {});
      loop.runOneTurn(true);
      wakeUp.cancel();
    }
  }

  /** Lets a time pass in which something must not happen. */
  void turnFor(Duration time) {
    var over = new ArrayList<String>();
    loop.timers().after(time, () -> over.add("over"));
    until(() -> !over.isEmpty());
  }

  /** Ends all; no action may have failed. */
  @Override
  public void close() {
    buses.close();
    for (var process : started) {
      process.destroyForcibly();
      assertThat(process.onExit().orTimeout(10, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }
    files.close(watches.descriptor());
    assertThat(bugs).isEmpty();
  }
}
