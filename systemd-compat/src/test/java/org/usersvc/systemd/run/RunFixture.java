package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.prepare.Account;
import org.usersvc.systemd.prepare.Preparation;
import org.usersvc.systemd.read.UnitMaker;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/** Runners on fakes; files are real. */
final class RunFixture {
  static final int SELF = 77;
  static final String INVOCATION = "0123456789abcdef0123456789abcdef";

  final FakeClock clock = new FakeClock();
  final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bug -> fail("a bug", bug));
  final FakeMechanisms fakes = new FakeMechanisms(loop, new PosixFileSystem());
  final FakeReports reports = new FakeReports();
  final FakeBusNames names = new FakeBusNames();
  final List<String> warnings = new ArrayList<>();
  final List<Passed> passed = new ArrayList<>();
  final FakeManager others = new FakeManager();
  final Map<String, String> manager = new LinkedHashMap<>();
  private final Claims claims = new Claims();
  private final Path root;

  RunFixture(Path root) {
    this.root = root;
    manager.put("PATH", "/usr/bin:/bin");
    manager.put("HOME", root.toString());
    manager.put("USER", "larry");
  }

  Workplace place() {
    return place(fakes.all());
  }

  Workplace place(Mechanisms mechanisms) {
    var environment = Environment.of(manager);
    var preparation =
        new Preparation(
            mechanisms.files(),
            Account.of(environment),
            () -> Environment.of(manager),
            root.resolve("run").toString(),
            new FakeFacts());
    return new Workplace(
        mechanisms,
        preparation,
        names,
        _ -> List.copyOf(passed),
        claims,
        new Monitored(others),
        new Quiet(others, mechanisms.turns()),
        SELF,
        warnings::add);
  }

  /** A unit from the lines of its section. */
  static Unit unit(String name, String... lines) {
    int type = name.lastIndexOf('.') + 1;
    String section = Character.toUpperCase(name.charAt(type)) + name.substring(type + 1);
    String text = "[" + section + "]\n" + String.join("\n", lines) + "\n";
    var file = UnitFile.read("/u/" + name, text.getBytes(StandardCharsets.UTF_8));
    var id = UnitName.of(name);
    var input = new UnitMaker.Input(id, Set.of(id), file, List.of(), Map.of());
    return UnitMaker.make(input, _ -> Optional.of("/run/user/1000")).unit();
  }

  ServiceRunner service(String... lines) {
    return new ServiceRunner(place(), unit("a.service", lines), reports);
  }

  /** One that was started, and what follows at once has happened. */
  ServiceRunner started(String... lines) {
    var service = service(lines);
    service.start(INVOCATION);
    turn();
    return service;
  }

  /** Lets all happen that follows without time. */
  void turn() {
    for (int i = 0; i < 12; i++) {
      loop.runOneTurn(false);
    }
  }

  void pass(Duration time) {
    clock.advance(time);
    turn();
  }

  /** Ends the child of that name. */
  void exit(String name, int code) {
    end(name, ExitStatus.exited(code));
  }

  void end(String name, ExitStatus status) {
    fakes.processes.exit(fakes.processes.pid(name), status);
    turn();
  }

  /** A process that is no child of ours begins; proc(5) does not show it, so its time is 0. */
  void lives(int pid, int parent, int session, @Nullable String invocation) {
    fakes.processes.strangerLives(pid);
    fakes.census.lives(new ProcessTable.Entry(pid, parent, session, session, 0, invocation));
  }

  void ends(int pid, ExitStatus status) {
    fakes.census.ends(pid);
    fakes.processes.strangerEnds(pid, status);
    turn();
  }

  void says(int pid, String message) {
    fakes.places.send("a.service", pid, message);
    turn();
  }

  int pid(String name) {
    return fakes.processes.pid(name);
  }

  List<String> signals() {
    return fakes.processes.takeSignals();
  }

  /** The environment of the last child. */
  Environment environment() {
    return fakes.processes.spawned().getLast().request().environment();
  }
}
