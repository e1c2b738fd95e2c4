package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.adopt.Adoption;
import org.usersvc.daemon.enable.AvailableServices;
import org.usersvc.daemon.enable.Enabling;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.trigger.Memory;

/** The control socket's verbs about sessions and the environment, asked by living clients. */
final class BackendFixture implements AutoCloseable {
  final FakeProcesses processes = new FakeProcesses();
  final Backend backend;
  private final Path scan;
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofAll(), new FakeClock(), bugs::add);
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches watches = new InotifyWatches();
  private final List<Process> started = new ArrayList<>();
  private final List<Integer> locks = new ArrayList<>();
  private final Dispatcher dispatcher;
  private final Supervisor supervisor;

  BackendFixture(Path root) throws IOException {
    scan = Files.createDirectory(root.resolve("scan"));
    String runtime = Files.createDirectory(root.resolve("runtime")).toString();
    var platform =
        new Platform(
            files,
            processes,
            watches,
            loop,
            new FakeMessages(),
            RuntimeDirectory.make(files, runtime));
    var memory = new Memory(root + "/schedule", loop.clock()::nanos);
    supervisor =
        new Supervisor(
            platform, new FakeLogs().listeners(), new Adoption(platform), scan.toString(), memory);
    var enabling = new Enabling(files, new AvailableServices(files, List.of()), runtime);
    var environment = Environment.of(Map.of("HOME", "/home/x"));
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), environment);
    processes.strangerLives(SelfProcess.pid());
    backend = FakeBackend.of(platform, new UnixSockets(), supervisor, enabling, self);
    dispatcher = new Dispatcher(backend);
    supervisor.start();
    settle();
  }

  /** A child of this process with exactly this environment. */
  int client(Map<String, String> environment) throws IOException {
    var builder = new ProcessBuilder("/usr/bin/sleep", "1000");
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    processes.strangerLives((int) process.pid());
    return (int) process.pid();
  }

  /**
   * What a client is answered.
   *
   * @param request fields of the request as JSON, quotation marks written as apostrophes
   */
  List<String> ask(int client, String request) {
    var kept = new KeptAnswer(client);
    byte[] line = ("{" + request.replace('\'', '"') + "}").getBytes(UTF_8);
    dispatcher.request(line, line.length, kept);
    settle();
    return kept.lines;
  }

  /** Runs the action after the present one. */
  void later(Runnable action) {
    loop.soon(action);
  }

  /** Makes a service with further empty files. */
  void service(String name, String... more) throws IOException {
    var directory = Files.createDirectory(scan.resolve(name));
    for (String file : more) {
      Files.createFile(directory.resolve(file));
    }
    var run = directory.resolve("run");
    Files.writeString(run, "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    supervisor.rescan(() -> {});
    settle();
  }

  /** Makes a service that another supervisor has until the fixture is closed. */
  void serviceOfAnother(String name) throws IOException {
    var supervise = Files.createDirectories(scan.resolve("." + name).resolve("supervise"));
    int lock = files.openLockFile(FileSystem.ABSOLUTE, supervise + "/lock");
    assertThat(files.lock(lock)).isTrue();
    locks.add(lock);
    Files.move(scan.resolve("." + name), scan.resolve(name));
    supervisor.rescan(() -> {});
    settle();
  }

  private void settle() {
    for (int i = 0; i < 20; i++) {
      loop.runOneTurn(false);
    }
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
    locks.forEach(files::close);
    supervisor.stop(() -> {});
    supervisor.hurry();
    while (!processes.living().isEmpty()) {
      processes.exitEldest(ExitStatus.exited(0));
      settle();
    }
    files.close(watches.descriptor());
    assertThat(bugs).isEmpty();
  }
}
