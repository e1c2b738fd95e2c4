package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Unit;

/** An engine on unit files in a temporary directory, whose services have no processes. */
final class EngineFixture implements News {
  private static final Set<String> OF_SERVICES =
      Set.of("Type", "ExecStart", "ExecReload", "Restart", "BusName");

  final UnitTree tree;
  final FakeClock clock = new FakeClock();
  final FakeFacts facts = new FakeFacts();
  final Manager manager;
  final List<String> news = new ArrayList<>();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bugs::add);
  private final Map<UnitName, FakeController> controllers = new LinkedHashMap<>();
  private final Map<Integer, String> results = new LinkedHashMap<>();
  private final List<String> trace = new ArrayList<>();

  /** Units from lines such as {@code a: Requires=b c; Type=oneshot}; no dot: a service. */
  EngineFixture(Path root, String... lines) {
    tree = new UnitTree(root);
    tree.file(tree.vendor() + "/basic.target", "[Unit]\nDefaultDependencies=no\n");
    tree.file(tree.vendor() + "/shutdown.target", "[Unit]\nDefaultDependencies=no\n");
    for (var line : lines) {
      write(line);
    }
    var engine =
        new Engine(
            new LoopTurns(loop),
            tree.files,
            tree.index,
            new SourcesReader(_ -> Optional.empty(), _ -> {}),
            new Judge(facts),
            new Random(7));
    engine.control(UnitType.SERVICE, this::control);
    manager = engine.manager();
    manager.subscribe(this);
  }

  private Controller control(Unit unit, Reports reports) {
    var controller = new FakeController(unit, reports, trace);
    controllers.put(unit.id(), controller);
    return controller;
  }

  /** Writes the file of a unit. */
  void write(String line) {
    int colon = line.indexOf(':');
    var name = name(line.substring(0, colon));
    var unit = new StringBuilder("[Unit]\n");
    var service = new StringBuilder("[Service]\n");
    if (!line.contains("ExecStart=") && name.type() == UnitType.SERVICE) {
      service.append("ExecStart=/bin/true\n");
    }
    for (var setting : line.substring(colon + 1).split(";", -1)) {
      var text = setting.strip();
      int equals = text.indexOf('=');
      if (equals > 0) {
        boolean isOfService = OF_SERVICES.contains(text.substring(0, equals));
        (isOfService ? service : unit).append(isOfService ? text : full(text)).append('\n');
      }
    }
    String text = name.type() == UnitType.SERVICE ? unit.append(service).toString() : unit + "";
    tree.file(tree.config() + "/" + name, text);
  }

  /** Names without a dot get the suffix of services, where a setting has names. */
  private static String full(String setting) {
    int equals = setting.indexOf('=');
    String key = setting.substring(0, equals);
    if (!Set.of(
            "Requires",
            "Wants",
            "After",
            "Before",
            "BindsTo",
            "PartOf",
            "Conflicts",
            "OnFailure",
            "OnSuccess",
            "Upholds",
            "Requisite",
            "PropagatesStopTo")
        .contains(key)) {
      return setting;
    }
    var names = new ArrayList<String>();
    for (var each : setting.substring(equals + 1).split(" ", -1)) {
      names.add(name(each).toString());
    }
    return key + "=" + String.join(" ", names);
  }

  static UnitName name(String text) {
    return UnitName.of(text.contains(".") ? text : text + ".service");
  }

  /** Lets everything happen that is to happen now. */
  void settle() {
    for (int i = 0; i < 50; i++) {
      loop.runOneTurn(false);
    }
    assertThat(bugs).isEmpty();
  }

  /** As {@link #settle}, while one action fails; what it says. */
  String settleWithBug() {
    for (int i = 0; i < 50; i++) {
      loop.runOneTurn(false);
    }
    assertThat(bugs).hasSize(1);
    return String.valueOf(bugs.removeFirst().getMessage());
  }

  /** How many pieces of another work are done until the condition holds. */
  int piecesUntil(BooleanSupplier holds) {
    int[] count = new int[1];
    loop.pieces()
        .add(() -> {
          count[0]++;
          return !holds.getAsBoolean();
        });
    settle();
    return count[0];
  }

  void advance(Duration time) {
    clock.advance(time);
    settle();
  }

  /** The result of the job when all is quiet, {@code job N} if it goes on, or the error. */
  String ask(JobType type, String unit, JobMode mode) {
    var asked = manager.ask(type, name(unit), mode);
    settle();
    return switch (asked) {
      case Asked.Queued(var job, _) -> result(job.id());
      case Asked.Refused(var reason) -> reason.error();
    };
  }

  String result(int id) {
    return results.getOrDefault(id, "job " + id);
  }

  String start(String unit) {
    return ask(JobType.START, unit, JobMode.REPLACE);
  }

  String stop(String unit) {
    return ask(JobType.STOP, unit, JobMode.REPLACE);
  }

  String restart(String unit) {
    return ask(JobType.RESTART, unit, JobMode.REPLACE);
  }

  void reload() {
    manager.reload(() -> news.add("reloaded"));
    settle();
  }

  /** A service comes into a state by itself. */
  void set(String unit, ActiveState state) {
    controller(unit).enter(state);
    settle();
  }

  FakeController controller(String unit) {
    return Objects.requireNonNull(controllers.get(name(unit)));
  }

  /** The active state; {@code -} for a unit that is not known. */
  String state(String unit) {
    return manager.find(name(unit)).map(found -> found.state().active().word()).orElse("-");
  }

  /** What was ordered since the last call. */
  String trace() {
    String text = String.join(" ", trace);
    trace.clear();
    return text;
  }

  /** What was told since the last call. */
  List<String> heard() {
    var all = List.copyOf(news);
    news.clear();
    return all;
  }

  @Override
  public void jobAdded(Job job) {
    news.add("new " + job.unit().withoutSuffix() + "/" + job.type().word());
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    results.put(job.id(), result.word());
    news.add("removed " + job.unit().withoutSuffix() + " " + result.word());
  }

  @Override
  public void unitAdded(UnitRecord unit) {
    news.add("known " + unit.unit().id());
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    news.add("forgotten " + unit.unit().id());
  }

  @Override
  public void unitChanged(UnitRecord unit) {
    news.add(unit.unit().id().withoutSuffix() + " " + unit.state().active().word());
  }
}
