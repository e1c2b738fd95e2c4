package org.usersvc.systemd.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.daemon.os.EpollPoller;
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.os.KeptDescriptors;
import org.usersvc.daemon.os.PassedSockets;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.SocketController;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.manage.UnitHistory;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Unit;

/** An engine with socket units on fakes: services without processes, sockets that are numbers. */
final class SocketFixture implements News {
  private static final int FIRST_FAKE = 5000;

  final UnitTree tree;
  final FakeClock clock = new FakeClock();
  final FakePoller poller;
  final FakeMechanisms mechanisms;
  final Manager manager;
  final List<String> warnings = new ArrayList<>();
  final List<String> done = new ArrayList<>();
  final TreeSet<Integer> closed = new TreeSet<>();
  int changes;
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop;
  private final Engine engine;
  private final SocketUnits units;
  private final Map<UnitName, FakeService> services = new LinkedHashMap<>();
  private final Map<UnitName, FakeCommands> commands = new LinkedHashMap<>();
  private final Map<Integer, String> results = new LinkedHashMap<>();

  /** On numbers in place of sockets. */
  SocketFixture(Path root) {
    this(root, FakePoller.ofNamed(), null);
  }

  /**
   * On real sockets.
   *
   * @param kept those that outlive the program
   */
  static SocketFixture real(Path root, KeptDescriptors kept) {
    return new SocketFixture(
        root, null, new PassedSockets(kept, new HeldDescriptors(kept, _ -> {})));
  }

  private SocketFixture(Path root, @Nullable FakePoller fake, @Nullable ListeningSockets sockets) {
    poller = fake == null ? FakePoller.ofNamed() : fake;
    loop = new EventLoop(fake == null ? new EpollPoller() : fake, clock, bugs::add);
    tree = new UnitTree(root);
    for (var target : List.of("basic", "shutdown", "sockets")) {
      tree.file(tree.vendor() + "/" + target + ".target", "[Unit]\nDefaultDependencies=no\n");
    }
    mechanisms = new FakeMechanisms(loop, files(tree.files));
    var all = mechanisms.all();
    var real = sockets == null ? all : with(all, sockets);
    engine =
        new Engine(
            new LoopTurns(loop),
            tree.files,
            tree.index,
            new SourcesReader(_ -> Optional.empty(), _ -> {}),
            new Judge(new FakeFacts()),
            new Random(7));
    manager = engine.manager();
    manager.subscribe(this);
    units = new SocketUnits(new Workplace(real, manager, this::make, warnings::add));
    engine.control(UnitType.SOCKET, units);
    engine.control(UnitType.SERVICE, this::control);
  }

  private static Mechanisms with(Mechanisms all, ListeningSockets sockets) {
    return new Mechanisms(
        all.files(),
        all.processes(),
        all.launcher(),
        all.census(),
        all.turns(),
        all.places(),
        all.watches(),
        sockets,
        all.records());
  }

  /** The real files, but for the numbers that stand for sockets. */
  private FileSystem files(FileSystem real) {
    return (FileSystem)
        Proxy.newProxyInstance(
            FileSystem.class.getClassLoader(),
            new Class<?>[] {FileSystem.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close") && (int) arguments[0] >= FIRST_FAKE) {
                closed.add((int) arguments[0]);
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private Controller control(Unit unit, Reports reports) {
    var service = new FakeService(unit, reports, units);
    services.put(unit.id(), service);
    return service;
  }

  private UnitCommands make(Unit unit, UnitCommands.Listener listener) {
    var made = new FakeCommands(listener, done);
    commands.put(unit.id(), made);
    return made;
  }

  /** Writes a socket unit; the lines are those of its section. */
  SocketFixture socket(String name, String... lines) {
    tree.file(tree.config() + "/" + name, "[Socket]\n" + String.join("\n", lines) + "\n");
    return this;
  }

  /** Writes a service that executes a program. */
  SocketFixture service(String name, String program, String... unitLines) {
    String text = "[Unit]\n" + String.join("\n", unitLines) + "\n[Service]\nExecStart=" + program;
    tree.file(tree.config() + "/" + name, text + "\n");
    return this;
  }

  /** Lets everything happen that is to happen now. */
  void settle() {
    for (int i = 0; i < 50; i++) {
      loop.runOneTurn(false);
    }
    assertThat(bugs).isEmpty();
  }

  void advance(Duration time) {
    clock.advance(time);
    settle();
  }

  /** Something comes to a socket; nothing if it is not watched. */
  void connect(int descriptor) {
    if (poller.watched().containsKey(descriptor)) {
      poller.ready(descriptor);
    }
    settle();
  }

  private String ask(JobType type, String unit) {
    var asked = manager.ask(type, UnitName.of(unit), JobMode.REPLACE);
    settle();
    return switch (asked) {
      case Asked.Queued(var job, _) -> results.getOrDefault(job.id(), "job");
      case Asked.Refused(var reason) -> reason.error();
    };
  }

  String start(String unit) {
    return ask(JobType.START, unit);
  }

  String stop(String unit) {
    return ask(JobType.STOP, unit);
  }

  /** The state as {@code active/sub}. */
  String state(String unit) {
    return manager
        .find(UnitName.of(unit))
        .map(found -> found.state().active().word() + "/" + found.state().sub())
        .orElse("-");
  }

  FakeService service(String name) {
    return Objects.requireNonNull(services.get(UnitName.of(name)));
  }

  FakeCommands commands(String name) {
    return Objects.requireNonNull(commands.get(UnitName.of(name)));
  }

  /** What the next daemon is told of a unit. */
  Fields record(String name) {
    var fields = new Fields();
    controller(name).record(fields);
    return fields;
  }

  /** An earlier daemon has left that record. */
  void resume(String name, String... lines) throws RecordFault {
    var record = Fields.parse("1\n" + String.join("\n", lines));
    var history = new UnitHistory("", Stamps.NONE, 0, 0);
    engine.takeover().load(UnitName.of(name));
    engine.takeover().resume(UnitName.of(name), history, record);
  }

  SocketController controller(String name) {
    return (SocketController) manager.load(UnitName.of(name)).controller();
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    changes++;
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    results.put(job.id(), result.word());
  }
}
