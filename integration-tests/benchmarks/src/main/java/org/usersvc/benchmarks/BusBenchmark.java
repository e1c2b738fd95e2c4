package org.usersvc.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.Properties;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.usersvc.dbus.Manager;

/**
 * Round trips over a real session bus: what dbus-daemon itself answers, beside what the daemon of
 * {@code target/image} answers, by one connection and by a busctl each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class BusBenchmark {
  private static final String NAME = "org.usersvc1";
  private static final String PATH = "/org/usersvc1";

  private Path root;
  private String address;
  private Process bus;
  private Process daemon;
  private DBusConnection connection;
  private DBus busItself;
  private Manager manager;
  private Properties service;

  /** Starts a bus and a daemon with one service, and waits until the daemon answers. */
  @Setup
  public void start() throws IOException, InterruptedException, DBusException {
    root = Files.createTempDirectory("usersvc-bench");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    var foot = Files.createDirectories(root.resolve("scan/foot"));
    Files.writeString(foot.resolve("run"), "#!/bin/sh\nexec sleep 1000\n");
    Files.setPosixFilePermissions(
        foot.resolve("run"), PosixFilePermissions.fromString("rwx------"));
    address = "unix:path=" + root + "/bus";
    bus =
        program("dbus-daemon", "--session", "--nofork", "--print-address", "--address=" + address);
    firstLine(bus);
    daemon = program("target/image/bin/usersvcd", root + "/scan");
    connection = DBusConnectionBuilder.forAddress(address).withShared(false).build();
    busItself =
        connection.getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class);
    while (!busItself.NameHasOwner(NAME)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    manager = connection.getRemoteObject(NAME, PATH, Manager.class);
    service = connection.getRemoteObject(NAME, PATH + "/service/foot", Properties.class);
  }

  private Process program(String... words) throws IOException {
    var builder = new ProcessBuilder(List.of(words)).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("XDG_RUNTIME_DIR", root.toString());
    builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
    return builder.start();
  }

  private static String firstLine(Process process) throws IOException {
    var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    return String.valueOf(reader.readLine());
  }

  /** Ends both and removes what they have left. */
  @TearDown
  public void stop() throws IOException, InterruptedException {
    connection.close();
    daemon.destroy();
    daemon.waitFor();
    bus.destroy();
    bus.waitFor();
    try (var files = Files.walk(root)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What a method call costs that dbus-daemon answers itself. */
  @Benchmark
  public String getIdOfBus() {
    return busItself.GetId();
  }

  /** The same, answered by the daemon. */
  @Benchmark
  public Object getService() {
    return manager.GetService("foot");
  }

  /** A property of a service. */
  @Benchmark
  public Object getProperty() {
    return service.Get("org.usersvc1.Service", "Pid");
  }

  /** A whole busctl that asks dbus-daemon itself. */
  @Benchmark
  public int busctlGetIdOfBus() throws IOException, InterruptedException {
    return busctl(
        "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId");
  }

  /** A whole busctl that asks the daemon. */
  @Benchmark
  public int busctlGetService() throws IOException, InterruptedException {
    return busctl("call", NAME, PATH, "org.usersvc1.Manager", "GetService", "s", "foot");
  }

  private int busctl(String... words) throws IOException, InterruptedException {
    var all = new java.util.ArrayList<>(List.of("busctl", "--address=" + address));
    all.addAll(List.of(words));
    var process = program(all.toArray(String[]::new));
    process.getInputStream().readAllBytes();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("busctl ended with " + status);
    }
    return status;
  }
}
