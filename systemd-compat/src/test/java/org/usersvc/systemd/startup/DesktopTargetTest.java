package org.usersvc.systemd.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.extension.FakeMechanisms;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.face.FakeUnit;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Unit;

/** Which desktops get usersvc-session.target, and until when. */
final class DesktopTargetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int UNIT_PROCESS = 900;
  private static final UnitName OWN = UnitName.of("usersvc-session.target");
  private static final String START = "start usersvc-session.target replace";
  private static final String STOP = "stop usersvc-session.target replace";

  private final FakeClock clock = new FakeClock();
  private final EventLoop loop =
      new EventLoop(FakePoller.ofNamed(), clock, bug -> fail("a bug", bug));
  private final FakeMechanisms mechanisms = new FakeMechanisms(loop, new PosixFileSystem());
  private final FakeDesktops desktops = new FakeDesktops();
  private final FakeManager manager = new FakeManager();
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void begin() {
    desktops.forgetListeners();
    var all = mechanisms.all();
    new DesktopTarget(
            new DesktopTarget.Parts(
                all.turns(),
                all.records(),
                desktops,
                () -> manager,
                (pid, taker) -> taker.accept(pid == UNIT_PROCESS),
                warnings::add))
        .begin();
    loop.runOneTurn(false);
  }

  private void pass(Duration time) {
    clock.advance(time);
    loop.runOneTurn(false);
    loop.runOneTurn(false);
  }

  private FakeUnit pulled(String name) {
    var unit = manager.add(Unit.of(UnitName.of(name), LoadState.LOADED));
    manager.load(UnitName.of(name));
    unit.become(ActiveState.ACTIVE, "active");
    return unit;
  }

  @Test
  void aDesktopThatStartsNothingGetsTheTargetAfterAWhile() {
    desktops.come(1, 100);
    pass(PATIENCE.minusMillis(1));
    assertThat(manager.take()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(manager.take()).containsExactly(START);
    desktops.come(1, 100);
    pass(PATIENCE);
    assertThat(manager.take()).isEmpty();
    desktops.end(1);
    assertThat(manager.take()).containsExactly(STOP);
    assertThat(mechanisms.records.all()).isEmpty();
  }

  @Test
  void theTargetStaysForTheLastOfThem() {
    desktops.come(1, 100);
    pass(PATIENCE);
    pulled("usersvc-session.target");
    pulled("graphical-session.target");
    desktops.come(2, 200);
    pass(PATIENCE);
    desktops.end(1);
    assertThat(manager.take()).containsExactly(START, START);
    desktops.end(2);
    assertThat(manager.take()).containsExactly(STOP);
  }

  @Test
  void aDesktopThatIsAUnitIsLeftAlone() {
    desktops.come(1, UNIT_PROCESS);
    pass(PATIENCE);
    desktops.end(1);
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void aDesktopThatHasStartedTheTargetIsLeftAloneForGood() {
    desktops.come(1, 100);
    var target = pulled("graphical-session.target");
    pass(PATIENCE);
    target.become(ActiveState.INACTIVE, "dead");
    desktops.come(1, 100);
    pass(PATIENCE);
    desktops.end(1);
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void aDesktopThatEndsEarlyIsForgotten() {
    desktops.come(1, 100);
    desktops.end(1);
    pass(PATIENCE);
    assertThat(manager.take()).isEmpty();
  }

  @Test
  void aDesktopThatAsksGetsItAtOnce() {
    desktops.come(1, UNIT_PROCESS);
    desktops.ask(1);
    assertThat(manager.take()).containsExactly(START);
    pass(PATIENCE);
    assertThat(manager.take()).isEmpty();
    desktops.end(1);
    assertThat(manager.take()).containsExactly(STOP);
  }

  @Test
  void theNextDaemonKnowsWhatWasDecided() {
    desktops.come(1, 100);
    desktops.come(2, UNIT_PROCESS);
    pass(PATIENCE);
    assertThat(manager.take()).containsExactly(START);
    begin();
    pass(PATIENCE);
    assertThat(manager.take()).isEmpty();
    desktops.end(1);
    assertThat(manager.take()).containsExactly(STOP);
  }

  @Test
  void theNextDaemonStopsItIfTheDesktopHasEndedMeanwhile() {
    desktops.come(1, 100);
    pass(PATIENCE);
    desktops.forgetListeners();
    desktops.end(1);
    manager.take();
    begin();
    assertThat(manager.take()).containsExactly(STOP);
  }

  @Test
  void whoeverMasksTheTargetIsNotWarned() {
    manager.refuseNext(new Refusal.NotLoaded(OWN, Refusal.Problem.MASKED));
    desktops.come(1, 100);
    pass(PATIENCE);
    manager.refuseNext(new Refusal.NotLoaded(OWN, Refusal.Problem.NOT_FOUND));
    desktops.come(2, 200);
    pass(PATIENCE);
    assertThat(warnings)
        .containsExactly(
            "Cannot start usersvc-session.target: Unit usersvc-session.target not found.");
    manager.take();
    desktops.end(1);
    desktops.end(2);
    assertThat(manager.take()).isEmpty();
  }
}
