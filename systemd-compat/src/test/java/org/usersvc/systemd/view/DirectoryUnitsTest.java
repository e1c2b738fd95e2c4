package org.usersvc.systemd.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;

/** Service directories as systemctl sees them, and units that depend on them. */
final class DirectoryUnitsTest {
  @TempDir private Path root;
  private ViewFixture view;

  @BeforeEach
  void begin() {
    view = new ViewFixture(root);
    view.write("user.service", "Requires=foot.service\nAfter=foot.service", "");
  }

  @Test
  void aUnitStartsTheServiceThatItRequires() {
    var foot = view.directories.put("foot");
    view.ask(JobType.START, "user.service");
    assertThat(foot.lives()).isTrue();
    assertThat(view.unit("foot.service")).isEqualTo("active running");
    assertThat(view.unit("user.service")).isEqualTo("activating start");
  }

  @Test
  void aUnitStopsWithTheServiceThatItRequires() {
    var foot = view.directories.put("foot");
    view.up("user.service");
    view.ask(JobType.STOP, "foot.service");
    assertThat(foot.lives()).isFalse();
    assertThat(view.unit("user.service")).isEqualTo("-");
    assertThat(view.made("user.service").mainPid()).isZero();
  }

  @Test
  void servicesThatAreUpAreKnownWithoutBeingNamed() {
    view.directories.put("early").command("u");
    view.ask(JobType.STOP, "user.service");
    var late = view.directories.put("late");
    view.settle();
    assertThat(view.unit("late.service")).isEqualTo("-");
    late.command("u");
    view.settle();
    assertThat(view.unit("early.service")).isEqualTo("active running");
    assertThat(view.unit("late.service")).isEqualTo("active running");
  }

  @Test
  void aChangeOfTheServiceIsOneOfTheUnit() {
    var foot = view.directories.put("foot");
    view.ask(JobType.START, "foot.service");
    assertThat(view.jobs()).isEmpty();
    foot.command("d");
    view.settle();
    assertThat(view.unit("foot.service")).isEqualTo("-");
  }

  @Test
  void itGoesBeforeAUnitFileOfItsName() {
    view.write("foot.service", "", "");
    var foot = view.directories.put("foot");
    view.ask(JobType.START, "foot.service");
    assertThat(foot.lives()).isTrue();
    assertThat(view.units).doesNotContainKey("foot.service");
    assertThat(view.listed()).containsExactly("foot run");
  }

  @Test
  void aUnitThatRunsIsLeftAloneWhenADirectoryOfItsNameComes() {
    view.write("foot.service", "", "");
    view.up("foot.service");
    view.directories.put("foot");
    view.settle();
    assertThat(view.unit("foot.service")).isEqualTo("active running");
    assertThat(view.listed()).containsExactly("foot down", "foot.service run");
  }

  @Test
  void aNameThatNothingStoodForIsTheDirectoryThatComes() {
    view.write("wanter.service", "Wants=foot.service", "");
    view.up("wanter.service");
    assertThat(view.unit("foot.service")).isEqualTo("inactive dead");
    var foot = view.directories.put("foot");
    view.settle();
    view.ask(JobType.START, "foot.service");
    assertThat(foot.lives()).isTrue();
  }

  @Test
  void aDirectoryThatGoesIsAUnitThatIsDown() {
    var foot = view.directories.put("foot");
    view.up("user.service");
    foot.command("d");
    view.directories.remove(foot);
    view.settle();
    assertThat(view.unit("user.service")).startsWith("active");
    view.ask(JobType.STOP, "user.service");
    assertThat(view.unit("foot.service")).isEqualTo("-");
  }

  @Test
  void signalsBecomeLetters() {
    var foot = view.directories.put("foot");
    view.ask(JobType.START, "foot.service");
    int before = foot.pid();
    var unit = view.manager().load(UnitName.of("foot.service"));
    assertThat(unit.controller().kill(Controller.Who.MAIN, Signal.TERM))
        .isEqualTo(Controller.Killed.SENT);
    assertThat(foot.pid()).isNotEqualTo(before);
    assertThat(unit.controller().kill(Controller.Who.MAIN, Signal.SEGV))
        .isEqualTo(Controller.Killed.NO_PROCESSES);
  }

  @Test
  void servicesDoNotStopWithTheUnits() {
    var foot = view.directories.put("foot");
    view.up("user.service");
    boolean[] done = {false};
    view.directoryUnits.stop(() -> {});
    view.manager().stopAll(() -> done[0] = true);
    view.settle();
    assertThat(done[0]).isTrue();
    assertThat(view.unit("user.service")).isIn("inactive dead", "-");
    assertThat(foot.lives()).isTrue();
  }
}
