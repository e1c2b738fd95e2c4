package org.usersvc.systemd.survival;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.prepare.Account;
import org.usersvc.systemd.prepare.Preparation;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.run.Claims;
import org.usersvc.systemd.run.Monitored;
import org.usersvc.systemd.run.Quiet;
import org.usersvc.systemd.run.ServiceRunner;
import org.usersvc.systemd.run.Workplace;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;

/** One daemon of several, whose units are in the same directory; its services are fakes. */
final class SurvivalFixture {
  private static final int SELF = 77;

  final FakeMechanisms fakes;
  final List<String> warnings = new ArrayList<>();

  /** The states of units that the news have told. */
  final List<String> told = new ArrayList<>();

  private final UnitTree tree;
  private final EventLoop loop =
      new EventLoop(FakePoller.ofNamed(), new FakeClock(), bug -> fail("a bug", bug));
  private final Engine engine;
  private final Claims claims = new Claims();
  private final Set<Integer> others = new HashSet<>();

  SurvivalFixture(Path root, int seed) {
    tree = new UnitTree(root);
    fakes = new FakeMechanisms(loop, tree.files);
    engine =
        new Engine(
            fakes.all().turns(),
            tree.files,
            tree.index,
            new SourcesReader(_ -> Optional.empty(), _ -> {}),
            new Judge(new FakeFacts()),
            new Random(seed));
    var environment = Environment.of(Map.of("PATH", "/usr/bin:/bin", "HOME", root.toString()));
    var preparation =
        new Preparation(
            tree.files,
            Account.of(environment),
            () -> environment,
            root.resolve("run").toString(),
            new FakeFacts());
    var place =
        new Workplace(
            fakes.all(),
            preparation,
            (_, _, _) -> () -> {},
            SocketDescriptors.NONE,
            claims,
            new Monitored(engine.manager()),
            new Quiet(engine.manager(), fakes.all().turns()),
            SELF,
            warnings::add);
    engine.control(UnitType.SERVICE, (unit, reports) -> new ServiceRunner(place, unit, reports));
  }

  /** A service of these lines, which depends on nothing by itself. */
  SurvivalFixture service(String name, String unit, String service) {
    String text = "[Unit]\nDefaultDependencies=no\n" + unit + "\n[Service]\n" + service + "\n";
    tree.file(tree.config() + "/" + name, text);
    return this;
  }

  SurvivalFixture begin() {
    engine
        .manager()
        .subscribe(
            new News() {
              @Override
              public void unitChanged(UnitRecord unit) {
                told.add(unit.unit().id() + " " + unit.state().sub());
              }
            });
    IntPredicate own = pid -> !others.contains(pid);
    new Survival(engine, fakes.all(), tree.index, claims, own, warnings::add).begin();
    turn();
    return this;
  }

  /** The next daemon finds the records of this one. */
  SurvivalFixture records(SurvivalFixture left) {
    left.fakes.records.all().forEach(fakes.records::put);
    return this;
  }

  /** A process that an earlier daemon has started lives. */
  SurvivalFixture lives(int pid, String invocation) {
    fakes.processes.strangerLives(pid);
    fakes.census.lives(new ProcessTable.Entry(pid, 1, pid, pid, 0, invocation));
    return this;
  }

  /** A process of a unit of another user's daemon lives. */
  SurvivalFixture livesElsewhere(int pid, String invocation) {
    others.add(pid);
    return lives(pid, invocation);
  }

  void ends(int pid) {
    fakes.census.ends(pid);
    fakes.processes.strangerEnds(pid, ExitStatus.exited(0));
    turn();
  }

  SurvivalFixture start(String name) {
    engine.manager().ask(JobType.START, UnitName.of(name), JobMode.REPLACE);
    turn();
    return this;
  }

  SurvivalFixture stop(String name) {
    engine.manager().ask(JobType.STOP, UnitName.of(name), JobMode.REPLACE);
    turn();
    return this;
  }

  void turn() {
    for (int i = 0; i < 20; i++) {
      loop.runOneTurn(false);
    }
  }

  UnitRecord unit(String name) {
    return engine.manager().find(UnitName.of(name)).orElseThrow();
  }

  /** Active and sub state; empty if the unit is not loaded. */
  String state(String name) {
    return engine
        .manager()
        .find(UnitName.of(name))
        .map(unit -> unit.state().active().word() + "/" + unit.state().sub())
        .orElse("");
  }

  int mainPid(String name) {
    return unit(name).controller() instanceof ServiceController service ? service.mainPid() : 0;
  }

  /** The queued jobs as {@code ID UNIT STATE}. */
  List<String> jobs() {
    return engine.manager().jobs().stream().map(SurvivalFixture::text).toList();
  }

  private static String text(Job job) {
    return job.id() + " " + job.unit() + " " + job.state();
  }
}
