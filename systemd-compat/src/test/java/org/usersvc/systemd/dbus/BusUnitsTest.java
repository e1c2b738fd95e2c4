package org.usersvc.systemd.dbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.mechanism.LoopTurns;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;

final class BusUnitsTest implements News {
  private static final List<String> ALL =
      List.of("dbus.service", "dbus.socket", "dbus-broker.service");

  private static final int BUS_PID = 70;

  @TempDir private Path root;
  private final FakeClock clock = new FakeClock();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bugs::add);
  private final SessionBuses buses = new SessionBuses();
  private final FakeLink bus = new FakeLink("unix:path=/bus", BUS_PID);
  private final List<String> ended = new ArrayList<>();
  private final Map<Integer, String> starters = new HashMap<>();
  private UnitTree tree;
  private FakeMechanisms fakes;
  private Activated activated;
  private Manager manager;

  @BeforeEach
  void prepare() {
    tree = new UnitTree(root);
    var engine =
        new Engine(
            new LoopTurns(loop),
            tree.files,
            tree.index,
            BusUnits.reader(new SourcesReader(_ -> Optional.of("/run"), _ -> {})),
            new Judge(new FakeFacts()),
            new Random(7));
    fakes = new FakeMechanisms(loop, tree.files);
    activated = new Activated(buses, fakes.all(), pid -> Optional.ofNullable(starters.get(pid)));
    BusUnits.addTo(engine, buses, activated, new LoopTurns(loop));
    engine.control(UnitType.SERVICE, (_, reports) -> new SteadyController(reports));
    manager = engine.manager();
    manager.subscribe(this);
  }

  @Override
  public void jobRemoved(Job job, JobResult result) {
    if (job.unit().type() != UnitType.SLICE) {
      ended.add(job.unit() + " " + result.word());
    }
  }

  private void settle() {
    for (int i = 0; i < 20; i++) {
      loop.runOneTurn(false);
    }
    assertThat(bugs).isEmpty();
  }

  private void ask(JobType type, String unit) {
    manager.ask(type, UnitName.of(unit), JobMode.REPLACE);
    settle();
  }

  private String state(String unit) {
    var state = manager.load(UnitName.of(unit)).state();
    return state.active().word() + "/" + state.sub();
  }

  @Test
  void theyAreLoadedWithoutAFile() {
    for (String name : ALL) {
      var unit = manager.load(UnitName.of(name)).unit();
      assertThat(unit.loadState()).as(name).isEqualTo(LoadState.LOADED);
      assertThat(unit.origin().error()).isEmpty();
      assertThat(unit.origin().fragment()).isNull();
    }
  }

  @Test
  void aFileIsShownAndNotRead() {
    String path = tree.vendor() + "/dbus.service";
    tree.file(path, "[Unit]\nDescription=theirs\n[Service]\nExecStart=/bin/false\n");
    var unit = manager.load(UnitName.of("dbus.service")).unit();
    assertThat(unit.description()).isEqualTo("D-Bus User Message Bus");
    assertThat(unit.origin().fragment()).isEqualTo(path);
  }

  @Test
  void theyAreActiveWhileABusIsThere() {
    ALL.forEach(name -> assertThat(state(name)).isEqualTo("inactive/dead"));
    buses.ready(bus);
    settle();
    ALL.forEach(name -> assertThat(state(name)).isEqualTo("active/running"));
    bus.leave(Link.Request.BUS);
    settle();
    ALL.forEach(name -> assertThat(state(name)).isEqualTo("inactive/dead"));
  }

  @Test
  void anotherBusKeepsThemActive() {
    var other = new FakeLink("unix:path=/other");
    buses.ready(bus);
    buses.ready(other);
    bus.leave(Link.Request.BUS);
    assertThat(state("dbus.socket")).isEqualTo("active/running");
    var again = new FakeLink("unix:path=/other");
    buses.ready(again);
    other.leave(Link.Request.BUS);
    assertThat(state("dbus.socket")).as("the link is a new one").isEqualTo("active/running");
  }

  @Test
  void aStartIsDoneAtOnceWithABus() {
    buses.ready(bus);
    ask(JobType.RESTART, "dbus.service");
    assertThat(ended).contains("dbus.service done");
    assertThat(state("dbus.service")).isEqualTo("active/running");
  }

  @Test
  void aStartWaitsForABus() {
    ask(JobType.START, "dbus.service");
    assertThat(state("dbus.socket")).isEqualTo("activating/start-pre");
    assertThat(ended).isEmpty();
    buses.ready(bus);
    settle();
    assertThat(ended).containsExactlyInAnyOrder("dbus.socket done", "dbus.service done");
  }

  @Test
  void aLinkThatWantsThemStartsNoJob() {
    tree.file(tree.vendor() + "/a.target", "[Unit]\nDefaultDependencies=no\n");
    tree.file(tree.vendor() + "/b.target", "[Unit]\nDefaultDependencies=no\n");
    tree.link(tree.vendor() + "/a.target.wants/dbus.socket", "../dbus.socket");
    tree.link(tree.vendor() + "/a.target.wants/b.target", "../b.target");
    ask(JobType.START, "a.target");
    assertThat(ended).containsExactlyInAnyOrder("a.target done", "b.target done");
    assertThat(manager.jobs()).isEmpty();
  }

  @Test
  void aStartDoesNotWaitForever() {
    ask(JobType.START, "dbus.socket");
    clock.advance(Duration.ofSeconds(26));
    settle();
    assertThat(ended).containsExactly("dbus.socket timeout");
  }

  @Test
  void aServiceOfABusIsStartedWithTheBusAlone() {
    tree.file(tree.config() + "/a.target", "[Unit]\nRequires=dbus.socket\nAfter=dbus.socket\n");
    tree.file(tree.vendor() + "/basic.target", "[Unit]\nDefaultDependencies=no\n");
    tree.file(tree.vendor() + "/shutdown.target", "[Unit]\nDefaultDependencies=no\n");
    buses.ready(bus);
    ask(JobType.START, "a.target");
    assertThat(ended).contains("a.target done");
    assertThat(state("a.target")).isEqualTo("active/active");
  }

  @Test
  void aStopIsDoneAndAllAreStoppedAtLogout() {
    buses.ready(bus);
    assertThat(state("dbus.service")).isEqualTo("active/running");
    manager.ask(JobType.STOP, UnitName.of("dbus.service"), JobMode.FAIL);
    settle();
    assertThat(ended)
        .as("the stop, and the start that follows")
        .containsExactly("dbus.service done", "dbus.service done");
    ALL.forEach(this::state);
    var done = new ArrayList<String>();
    manager.stopAll(() -> done.add("done"));
    settle();
    assertThat(done).containsExactly("done");
  }

  private void lives(int pid, int parent, @Nullable String invocation) {
    lives(pid, parent, invocation, pid);
  }

  private void lives(int pid, int parent, @Nullable String invocation, long start) {
    fakes.processes.strangerLives(pid);
    fakes.census.lives(new ProcessTable.Entry(pid, parent, pid, pid, start, invocation));
  }

  /** A bus with a program that it has started, and a unit that such a program has started. */
  private void busWithPrograms() {
    lives(BUS_PID, 1, null);
    lives(71, BUS_PID, null);
    lives(72, 71, null);
    lives(73, 71, "of-a-unit");
    lives(80, 1, null);
    buses.ready(bus);
    state("dbus.service");
    state("dbus.socket");
  }

  @Test
  void aStopEndsWhatTheBusHasStartedAndNotTheBus() {
    busWithPrograms();
    ask(JobType.STOP, "dbus.service");
    assertThat(fakes.processes.takeSignals()).containsExactly("TERM stranger", "TERM stranger");
  }

  @Test
  void whatDoesNotEndInTimeIsKilled() {
    busWithPrograms();
    ask(JobType.STOP, "dbus.service");
    fakes.processes.takeSignals();
    lives(72, 71, null, 99);
    clock.advance(Duration.ofSeconds(90));
    settle();
    assertThat(fakes.processes.takeSignals())
        .as("71; another process has the pid 72 by now")
        .containsExactly("KILL stranger");
  }

  @Test
  void aStopEndsWhatTheBusHasStartedAndLetGo() {
    busWithPrograms();
    lives(90, 1, null);
    lives(91, 1, null);
    lives(92, 1, "of-a-unit");
    starters.put(90, "unix:path=/bus,guid=85a5f480b331166ba53b3c0f6b0d1864");
    starters.put(91, "unix:path=/bus2,guid=85a5f480b331166ba53b3c0f6b0d1864");
    starters.put(92, "unix:path=/bus");
    ask(JobType.STOP, "dbus.service");
    assertThat(fakes.processes.takeSignals()).as("71, 72 and 90").hasSize(3);
  }

  /** GNOME stops it at each logout. */
  @Test
  void itIsActiveAgainAfterAStopIfTheBusStays() {
    busWithPrograms();
    ask(JobType.STOP, "dbus.service");
    assertThat(state("dbus.service")).isEqualTo("active/running");
    fakes.processes.takeSignals();
    ask(JobType.STOP, "dbus.service");
    assertThat(fakes.processes.takeSignals()).as("71 and 72").hasSize(2);
    bus.leave(Link.Request.BUS);
    ask(JobType.STOP, "dbus.service");
    assertThat(state("dbus.service")).isEqualTo("inactive/dead");
  }

  private void service(String name, String... lines) {
    String text = "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/x\n";
    tree.file(tree.config() + "/" + name, text + String.join("\n", lines) + "\n");
    ask(JobType.START, name);
  }

  /** With the real one they would lose their names. */
  @Test
  void aStopStopsTheServicesThatHaveNames() {
    buses.ready(bus);
    service("dconf.service", "Type=dbus", "BusName=ca.desrt.dconf");
    service("indexer.service", "Type=simple", "BusName=org.freedesktop.Indexer");
    service("other.service", "Type=simple");
    ask(JobType.STOP, "dbus.service");
    assertThat(state("dconf.service")).isEqualTo("inactive/dead");
    assertThat(state("indexer.service")).isEqualTo("inactive/dead");
    assertThat(state("other.service")).isEqualTo("active/running");
  }

  @Test
  void nothingElseEndsWhatTheBusHasStarted() {
    busWithPrograms();
    ask(JobType.RESTART, "dbus.service");
    activated.stop(() -> {});
    ask(JobType.START, "dbus.service");
    ask(JobType.STOP, "dbus.service");
    assertThat(fakes.processes.takeSignals()).isEmpty();
  }
}
