package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.extension.HostFixture;
import org.usersvc.daemon.wire.Emission;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.FakeUnit;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** What is told without being asked for, and what a bus asks for. */
final class SignalsTest {
  private static final UnitName NAME = UnitName.of("a.service");

  @TempDir private Path root;
  private final FakeManager manager = new FakeManager();
  private final FakeUnit unit = manager.add(Unit.of(NAME, LoadState.LOADED));
  private final FakeLink bus = new FakeLink("unix:path=/a");
  private HostFixture host;
  private Activator activator;

  @BeforeEach
  void begin() throws IOException {
    host = new HostFixture(root, "org.usersvc1");
    var audience = new Audience(host.host);
    audience.ready(bus);
    bus.reply(new Link.Reply.Values(List.of(1)));
    bus.takeCalls();
    var running = BusFakes.running(manager);
    manager.subscribe(new Signals(audience, running.objects(), host.mechanisms.all().turns()));
    activator = new Activator(BusFakes.desk(manager));
    manager.subscribe(activator);
  }

  @AfterEach
  void end() {
    host.close();
  }

  private void turn() {
    host.programs.loop.runOneTurn(false);
  }

  @Test
  void jobsAreToldAtOnce() {
    manager.ask(JobType.START, NAME, JobMode.REPLACE);
    assertThat(bus.take())
        .containsExactly(
            "/org/freedesktop/systemd1 JobNew[1, /org/freedesktop/systemd1/job/1, a.service]");
    manager.end(1, JobResult.DONE);
    assertThat(bus.take())
        .containsExactly(
            "/org/freedesktop/systemd1 JobRemoved[1, /org/freedesktop/systemd1/job/1, a.service,"
                + " done]");
  }

  @Test
  void valuesAreToldOnceATurnForEachInterface() {
    manager.tell(news -> news.unitChanged(unit));
    unit.become(ActiveState.ACTIVE, "running");
    manager.tell(news -> news.unitChanged(unit));
    assertThat(bus.take()).isEmpty();
    turn();
    var told = bus.take();
    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .startsWith("/org/freedesktop/systemd1/unit/a_2eservice PropertiesChanged")
        .contains("org.freedesktop.systemd1.Unit", "ActiveState", "active", "Job");
    assertThat(told.getLast()).contains("org.freedesktop.systemd1.Service", "MainPID");
    turn();
    assertThat(bus.take()).isEmpty();
  }

  @Test
  void valuesWaitUntilTheAnswersOfTheirTurnAreSent() {
    host.mechanisms
        .all()
        .turns()
        .inPieces(() -> {
          manager.tell(news -> news.unitChanged(unit));
          return false;
        });
    turn();
    assertThat(bus.take()).isEmpty();
    turn();
    assertThat(bus.take()).hasSize(2);
  }

  @Test
  void theStateIsToldBeforeTheEndOfTheJobThatBroughtIt() {
    manager.ask(JobType.START, NAME, JobMode.REPLACE);
    unit.become(ActiveState.ACTIVE, "running");
    manager.tell(news -> news.unitChanged(unit));
    bus.take();
    manager.end(1, JobResult.DONE);
    var told = bus.take();
    assertThat(told).hasSize(3);
    assertThat(told.getFirst()).contains("PropertiesChanged");
    assertThat(told.getLast()).contains("JobRemoved");
  }

  @Test
  void unitsComeAndGo() {
    manager.tell(news -> news.unitAdded(unit));
    manager.tell(news -> news.unitRemoved(unit));
    manager.tell(news -> news.reloading(true));
    assertThat(bus.take())
        .containsExactly(
            "/org/freedesktop/systemd1 UnitNew[a.service,"
                + " /org/freedesktop/systemd1/unit/a_2eservice]",
            "/org/freedesktop/systemd1 UnitRemoved[a.service,"
                + " /org/freedesktop/systemd1/unit/a_2eservice]",
            "/org/freedesktop/systemd1 Reloading[true]");
  }

  private void want(String name) {
    var interfaceName = "org.freedesktop.systemd1.Activator";
    activator.emitted(
        bus, new Emission(Link.Request.BUS, interfaceName, "ActivationRequest", List.of(name)));
  }

  @Test
  void aBusIsToldThatAUnitDidNotStart() {
    want("a.service");
    assertThat(manager.take()).containsExactly("start a.service replace");
    bus.take();
    manager.end(1, JobResult.FAILED);
    assertThat(bus.take())
        .anyMatch(told -> told.startsWith("org.freedesktop.DBus ActivationFailure[a.service, "))
        .anyMatch(told -> told.contains("JobRemoved"));
    manager.refuseNext(new Refusal.NotLoaded(NAME, Refusal.Problem.NOT_FOUND));
    want("a.service");
    want("nonsense");
    assertThat(bus.take())
        .containsExactly(
            "org.freedesktop.DBus ActivationFailure[a.service,"
                + " org.freedesktop.systemd1.NoSuchUnit, Unit a.service not found.]",
            "org.freedesktop.DBus ActivationFailure[nonsense,"
                + " org.freedesktop.systemd1.NoSuchUnit, Unit name nonsense is not valid.]");
  }

  @Test
  void aUnitThatStartsNeedsNoAnswer() {
    want("a.service");
    manager.end(1, JobResult.DONE);
    assertThat(bus.take()).noneMatch(told -> told.contains("ActivationFailure"));
  }
}
