package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.os.InotifyWatches;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.supervise.FakeMessages;
import org.usersvc.daemon.supervise.FakeProcesses;
import org.usersvc.daemon.supervise.Platform;

/** Sessions and the environment on a fake clock, for what stands between them and buses. */
final class DeskFixture implements AutoCloseable {
  final List<RuntimeException> bugs = new ArrayList<>();
  final FakeClock clock = new FakeClock();
  final EventLoop loop = new EventLoop(FakePoller.ofAll(), clock, bugs::add);
  final FakeProcesses processes = new FakeProcesses();
  final Sessions sessions;
  final Activation activation;
  final BusKeys keys;
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches watches = new InotifyWatches();
  private final List<Process> started = new ArrayList<>();

  DeskFixture(Path runtime, String... base) {
    var platform =
        new Platform(files, processes, watches, loop, new FakeMessages(), runtime.toString());
    var self = new Sessions.Self(SelfProcess.pid(), SelfProcess.uid(), Environment.EMPTY);
    processes.strangerLives(SelfProcess.pid());
    sessions = new Sessions(platform, new UnixSockets(), self);
    activation = new Activation(() -> environment(base), sessions, loop);
    keys = new BusKeys(sessions, runtime.toString());
  }

  /** A child of this process that can lead a session. */
  int leader() throws java.io.IOException {
    var process = new ProcessBuilder("sleep", "1000").start();
    started.add(process);
    processes.strangerLives((int) process.pid());
    return (int) process.pid();
  }

  Session register(int leader, String... variables) {
    var outcome = sessions.register(new Registration(environment(variables), "", leader, 0));
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

  void turn() {
    loop.runOneTurn(false);
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
    files.close(watches.descriptor());
    assertThat(bugs).isEmpty();
  }
}
