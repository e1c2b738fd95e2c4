package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;

/** The daemon's real loop and sockets in the hand of a test, and the programs it talks with. */
public final class BusFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The machine's clock, which a test may put forward. */
  private static final class MovableClock implements Clock {
    private long ahead;

    @Override
    public long nanos() {
      return SYSTEM.nanos() + ahead;
    }

    @Override
    public Instant wall() {
      return SYSTEM.wall();
    }
  }

  final List<RuntimeException> bugs = new ArrayList<>();
  public final PosixFileSystem files = new PosixFileSystem();
  public final UnixSockets sockets = new UnixSockets();
  private final MovableClock clock = new MovableClock();
  public final EventLoop loop = new EventLoop(new EpollPoller(), clock, bugs::add);
  final List<String> dropped = new ArrayList<>();
  final Budget budget = new Budget(16 << 20, loop.timers(), dropped::add);
  public final Transport transport = new Transport(files, sockets, loop, budget, SelfProcess.uid());
  private final List<Process> started = new ArrayList<>();
  private final Path root;

  public BusFixture(Path root) {
    this.root = root;
  }

  /** Starts a bus and waits until it listens. */
  public Process bus(String address) throws IOException {
    var config = root.resolve("bus.conf");
    Files.writeString(
        config,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
        <policy context="default"><allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/><allow own="*"/></policy>
        <limit name="max_incoming_bytes">1000000000</limit>
        <limit name="max_outgoing_bytes">1000000000</limit>
        <limit name="max_message_size">1000000000</limit>
        <limit name="max_replies_per_connection">50000</limit></busconfig>
        """);
    var process =
        start(
            "dbus-daemon",
            "--config-file=" + config,
            "--nofork",
            "--print-address=1",
            "--address=" + address);
    process.inputReader(UTF_8).readLine();
    return process;
  }

  public Process start(String... command) throws IOException {
    var output = Files.createTempFile(root, "output", "");
    return start(new ProcessBuilder(command).redirectError(output.toFile()), Map.of());
  }

  /** Starts a program with these variables, and with PATH. */
  public Process start(Map<String, String> environment, String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().retainAll(Set.of("PATH"));
    return start(builder, environment);
  }

  private Process start(ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    return process;
  }

  /** A process of another user that listens, and prints how many bytes it is told first. */
  public Process stranger(Path socket) throws IOException {
    var process =
        start(
            "setpriv",
            "--reuid=65534",
            "--clear-groups",
            "/usr/bin/python3",
            "-c",
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.bind(sys.argv[1])
            s.listen()
            print("listening", flush=True)
            c, _ = s.accept()
            print(len(c.recv(100)), flush=True)
            """,
            socket.toString());
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("listening");
    return process;
  }

  /** Runs a program to its end while the loop turns; what it has printed. */
  public String run(String... command) throws IOException {
    return run(Map.of(), command);
  }

  /** The same for a program with these variables. */
  public String run(Map<String, String> environment, String... command) throws IOException {
    var output = Files.createTempFile(root, "run", "");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    var process = start(builder, environment);
    until(() -> !process.isAlive());
    return Files.readString(output).strip();
  }

  /** Turns the loop until something is so. */
  public void until(BooleanSupplier condition) {
    long deadline = Clock.SYSTEM.nanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(Clock.SYSTEM.nanos()).as("deadline").isLessThan(deadline);
      var wakeUp = loop.timers().after(Duration.ofMillis(20), () -> {});
      loop.runOneTurn(true);
      wakeUp.cancel();
    }
  }

  public void turns(int count) {
    for (int i = 0; i < count; i++) {
      loop.runOneTurn(false);
    }
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    clock.ahead += time.toNanos();
    turns(3);
  }

  public static long openDescriptors() throws IOException {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.count();
    }
  }

  /** Ends what was started; no action may have failed. */
  public void close() {
    for (var process : started) {
      process.destroyForcibly();
      assertThat(process.onExit().orTimeout(10, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }
    assertThat(bugs).isEmpty();
  }
}
