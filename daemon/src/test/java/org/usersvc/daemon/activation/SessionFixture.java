package org.usersvc.daemon.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;

/** Sessions and the environment on a fake clock; leaders are processes that a test makes up. */
public final class SessionFixture implements AutoCloseable {
  static final Environment BASE = Environment.of(Map.of("HOME", "/home/x", "PATH", "/bin"));

  final FakeClock clock = new FakeClock();
  final List<RuntimeException> bugs = new ArrayList<>();
  public final EventLoop loop = new EventLoop(FakePoller.ofAll(), clock, bugs::add);
  public final FakeProcesses processes = new FakeProcesses();
  final PosixFileSystem files = new PosixFileSystem();
  final FakeMessages messages = new FakeMessages();
  public final Sessions sessions;
  public final Activation activation;
  private final List<Process> started = new ArrayList<>();
  private final InotifyWatches watches = new InotifyWatches();

  public SessionFixture(Path runtime, String... inherited) {
    var platform =
        new Platform(
            files,
            processes,
            watches,
            loop,
            messages,
            new RuntimeDirectory(files, runtime.toString()));
    var self = new Self(SelfProcess.pid(), SelfProcess.uid(), environment(inherited));
    processes.strangerLives(SelfProcess.pid());
    sessions = new Sessions(platform, new UnixSockets(), self);
    activation = new Activation(() -> BASE, OwnPrograms.NONE, sessions, loop);
  }

  /** A process that can lead a session. */
  public int leader(String... environment) throws IOException {
    var builder = new ProcessBuilder("sleep", "1000");
    builder.environment().clear();
    builder.environment().putAll(environment(environment).variables());
    var process = builder.start();
    started.add(process);
    processes.strangerLives((int) process.pid());
    return (int) process.pid();
  }

  Outcome tryToRegister(int leader, String... variables) {
    return sessions.register(new Registration(environment(variables), "", leader, 0));
  }

  public Session register(int leader, String... variables) {
    var outcome = tryToRegister(leader, variables);
    if (outcome instanceof Outcome.Registered(Session session)) {
      return session;
    }
    throw new AssertionError(outcome.describe());
  }

  static Environment environment(String... variables) {
    var given = new LinkedHashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      given.put(variables[i], variables[i + 1]);
    }
    return Environment.of(given);
  }

  void advance(Duration time) {
    clock.advance(time);
    loop.runOneTurn(false);
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
    files.close(watches.descriptor());
    assertThat(bugs).isEmpty();
  }
}
