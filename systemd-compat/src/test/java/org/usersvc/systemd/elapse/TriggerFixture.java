package org.usersvc.systemd.elapse;

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
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.Stamps;
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

/** An engine whose units trigger services without processes. */
public final class TriggerFixture implements News {
  public final UnitTree tree;
  public final FakeClock clock = new FakeClock();
  public final FakePoller poller = FakePoller.ofNamed();
  public final FakeMechanisms mechanisms;
  public final Manager manager;
  public final List<String> warnings = new ArrayList<>();
  public final Engine engine;
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final Map<UnitName, FakeTarget> targets = new LinkedHashMap<>();
  private final Map<Integer, String> results = new LinkedHashMap<>();

  /** Timers run; other types that trigger are to be added to the engine. */
  public TriggerFixture(Path root) {
    tree = new UnitTree(root);
    for (var target : List.of("basic", "shutdown", "timers", "paths")) {
      tree.file(tree.vendor() + "/" + target + ".target", "[Unit]\nDefaultDependencies=no\n");
    }
    mechanisms = new FakeMechanisms(loop, tree.files);
    engine =
        new Engine(
            mechanisms.all().turns(),
            tree.files,
            tree.index,
            new SourcesReader(_ -> Optional.empty(), _ -> {}),
            new Judge(new FakeFacts()),
            new Random(7));
    manager = engine.manager();
    manager.subscribe(this);
    var environment = Environment.of(Map.of("XDG_DATA_HOME", root + "/data", "TZ", "UTC"));
    engine.control(
        UnitType.TIMER,
        new TimerUnits(
            new Workplace(
                mechanisms.all(),
                manager,
                () -> environment,
                Stamps.Stamp.of(clock),
                new Random(7),
                warnings::add),
            "user"));
    engine.control(UnitType.SERVICE, this::control);
  }

  private Controller control(Unit unit, Reports reports) {
    var target = new FakeTarget(reports);
    targets.put(unit.id(), target);
    return target;
  }

  /** Writes the file of a unit, and that of the service {@code a.service}. */
  public TriggerFixture unit(String name, String... lines) {
    tree.file(tree.config() + "/" + name, String.join("\n", lines) + "\n");
    String service = "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/true\n";
    tree.file(tree.config() + "/a.service", service);
    return this;
  }

  /** Lets everything happen that is to happen now. */
  public void settle() {
    for (int i = 0; i < 50; i++) {
      poller.dayTimer().look(clock);
      loop.runOneTurn(false);
    }
    assertThat(bugs).isEmpty();
  }

  public void advance(Duration time) {
    clock.advance(time);
    settle();
  }

  private String ask(JobType type, String unit) {
    var asked = manager.ask(type, UnitName.of(unit), JobMode.REPLACE);
    settle();
    return switch (asked) {
      case Asked.Queued queued -> results.getOrDefault(queued.job().id(), "job");
      case Asked.Refused(var reason) -> reason.error();
    };
  }

  public String start(String unit) {
    return ask(JobType.START, unit);
  }

  public String stop(String unit) {
    return ask(JobType.STOP, unit);
  }

  /** The state as {@code active/sub}. */
  public String state(String unit) {
    return manager
        .find(UnitName.of(unit))
        .map(found -> found.state().active().word() + "/" + found.state().sub())
        .orElse("-");
  }

  /** The service that runs or has run. */
  public FakeTarget target() {
    manager.load(UnitName.of("a.service"));
    return Objects.requireNonNull(targets.get(UnitName.of("a.service")));
  }

  /** The service ends by itself. */
  public void targetEnds() {
    target().end();
    settle();
  }

  /** What the next daemon gets of a unit. */
  public Fields record(String unit) {
    var fields = new Fields();
    manager.load(UnitName.of(unit)).controller().record(fields);
    return fields;
  }

  /** Goes on with a unit as an earlier daemon has left it. */
  public void resume(String unit, Fields record) throws RecordFault {
    var name = UnitName.of(unit);
    engine.takeover().load(name);
    engine.takeover().resume(name, new UnitHistory("", Stamps.NONE, 0, 0), record);
    settle();
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    results.put(job.id(), result.word());
  }
}
