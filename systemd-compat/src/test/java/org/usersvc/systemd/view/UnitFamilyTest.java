package org.usersvc.systemd.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.job.Outcome;
import org.usersvc.daemon.job.Verb;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.view.LookUp.NoSuchService;
import org.usersvc.daemon.view.LookUp.NotSupervised;
import org.usersvc.systemd.job.JobType;

/** Units as users see and command them. */
final class UnitFamilyTest {
  @TempDir private Path root;
  private ViewFixture view;

  @BeforeEach
  void begin() {
    view = new ViewFixture(root);
    view.write("pipe.service", "Wants=helper.service\nAfter=helper.service", "");
    view.write("helper.service", "", "");
    view.write("once.service", "", "Type=oneshot");
    view.write("never.service", "ConditionPathExists=/never", "");
    view.tree.link(view.tree.config() + "/hidden.service", "/dev/null");
    view.tree.file(view.tree.config() + "/broken.service", "[Service]\nType=simple\n");
  }

  private String line(String name) {
    return StatusLine.sv(view.find(name).view());
  }

  @Test
  void whileTheEngineIsMadeNothingAsksItForAName() {
    view.find("helper");
    view.isMade = false;
    assertThat(view.family.known("helper.service")).isNull();
    view.isMade = true;
    assertThat(view.family.known("helper.service")).isNotNull();
  }

  @Test
  void noEngineIsMadeBeforeAUnitIsAskedFor() {
    view.directories.put("pipe");
    view.find("pipe");
    assertThat(view.listed()).containsExactly("pipe down");
    assertThat(view.hasEngine()).isFalse();
    view.find("helper");
    assertThat(view.hasEngine()).isTrue();
  }

  @Test
  void aListLeavesOutUnitsThatNobodyHasAskedFor() {
    for (var name : List.of("pipe", "once", "never")) {
      view.find(name);
    }
    assertThat(view.services.all()).hasSize(4); // with what pipe wants
    assertThat(view.services.listed()).isEmpty();
    view.ofUser.add("once.service");
    assertThat(view.services.listed()).hasSize(1).first().isEqualTo(view.find("once"));
    view.ofUser.clear();
    view.ask(JobType.START, "pipe.service");
    view.find("never");
    assertThat(view.services.listed())
        .extracting(service -> service.view().name())
        .contains("pipe.service")
        .doesNotContain("never.service");
  }

  @Test
  void aServiceDirectoryHidesTheUnitOfItsName() {
    var directory = view.directories.put("pipe");
    assertThat(view.find("pipe")).isSameAs(directory);
    assertThat(view.find("pipe.service")).isSameAs(directory);
    assertThat(view.listed()).containsExactly("pipe down");
  }

  @Test
  void aNameWithoutTypeIsAService() {
    assertThat(view.find("pipe")).isEqualTo(view.find("pipe.service"));
    assertThat(view.find("pipe").view().name()).isEqualTo("pipe.service");
  }

  @Test
  void theReasonIsGivenWhyThereIsNone() {
    assertThat(view.family.lookUp("nope"))
        .isEqualTo(new NoSuchService("there is no unit nope.service"));
    assertThat(view.family.lookUp("no/name"))
        .isEqualTo(new NoSuchService("no unit has such a name"));
    assertThat(view.family.lookUp("a@")).isEqualTo(new NoSuchService("no unit has such a name"));
    assertThat(view.family.lookUp("hidden"))
        .isEqualTo(new NotSupervised("unit hidden.service is masked"));
    assertThat(view.family.lookUp("broken")).isInstanceOf(NotSupervised.class);
  }

  @Test
  void upWaitsUntilTheUnitAndWhatItFollowsAreUp() {
    var answers = view.ask("pipe", Verb.UP);
    assertThat(view.listed()).containsExactly("helper.service starting", "pipe.service waiting");
    view.made("helper.service").up();
    view.settle();
    assertThat(answers).isEmpty();
    view.made("pipe.service").up();
    view.settle();
    assertThat(answers).containsExactly(Outcome.DONE);
    assertThat(view.listed()).containsExactly("helper.service run", "pipe.service run");
  }

  @Test
  void changesOfStateAreTold() {
    view.up("helper.service");
    view.ask("helper", Verb.DOWN);
    assertThat(view.heard)
        .endsWith(
            "helper.service: down > waiting",
            "helper.service: waiting > down",
            "helper.service: down > starting",
            "helper.service: starting > run",
            "helper.service: run > finish",
            "helper.service: finish > down",
            "helper.service gone");
  }

  @Test
  void statusTellsPidAndWhatTheServiceSays() {
    view.up("helper.service");
    view.advance(Duration.ofSeconds(5));
    assertThat(line("helper"))
        .isEqualTo("run: helper.service: (pid 1000) 5s, normally down, says: busy");
  }

  @Test
  void aFailedStartIsAnsweredWithItsResult() {
    var answers = view.ask("helper", Verb.UP);
    view.made("helper.service").fail();
    view.settle();
    assertThat(answers).containsExactly(Outcome.GONE);
    assertThat(line("helper")).isEqualTo("down: helper.service: 0s, result exit-code");
    assertThat(view.find("helper").view().history()).isEqualTo("last run: exit 3, deaths: 1");
    assertThat(view.listed()).containsExactly("helper.service failed");
  }

  @Test
  void aStartWhoseConditionDoesNotHoldIsNoSuccess() {
    var service = view.find("never");
    assertThat(view.ask(service, Verb.UP)).containsExactly(Outcome.GONE);
    assertThat(service.view().why()).contains("PathExists=/never");
  }

  @Test
  void aOneshotIsUpWhenItIsDone() {
    var answers = view.ask("once", Verb.UP);
    assertThat(answers).isEmpty();
    view.made("once.service").complete();
    view.settle();
    assertThat(answers).containsExactly(Outcome.DONE);
  }

  @Test
  void aUnitThatMustNotBeStartedByHandIsNotStarted() {
    view.write("shy.service", "RefuseManualStart=yes", "");
    var service = view.find("shy");
    assertThat(view.ask(service, Verb.UP)).containsExactly(Outcome.GONE);
    assertThat(view.made("shy.service").mainPid()).isZero();
    assertThat(service.view().trouble()).contains("by dependency only");
  }

  @Test
  void restartEndsWhenTheNewRunIsUp() {
    var unit = view.up("helper.service");
    var answers = view.ask("helper", Verb.RESTART);
    assertThat(answers).isEmpty();
    assertThat(view.listed()).containsExactly("helper.service starting");
    unit.up();
    view.settle();
    assertThat(answers).containsExactly(Outcome.DONE);
    assertThat(view.find("helper").view().starts()).isEqualTo(2);
  }

  @Test
  void onlyWhatIsActiveIsRestartedByTryRestart() {
    assertThat(view.ask("helper", Verb.TRY_RESTART)).containsExactly(Outcome.DONE);
    assertThat(view.made("helper.service").mainPid()).isZero();
  }

  @Test
  void signalsReachTheMainProcess() {
    var unit = view.up("helper.service");
    view.ask("helper", Verb.HUP);
    view.ask("helper", Verb.PAUSE);
    assertThat(unit.signals).containsExactly("MAIN HUP", "MAIN STOP");
    assertThat(line("helper")).contains("paused");
    view.find("helper").kill();
    assertThat(unit.signals).endsWith("ALL KILL");
  }

  @Test
  void aWaitGoesOnWhileTheEngineForgetsAndLoadsTheUnit() {
    var answers = view.ask("helper", Verb.WAIT);
    assertThat(view.listed()).isEmpty();
    view.up("helper.service");
    assertThat(answers).containsExactly(Outcome.DONE);
  }

  @Test
  void needsAreOnlyWhatListsShow() {
    view.write("needy.service", "Requires=helper.service\nAfter=helper.service once.service", "");
    view.ask("needy", Verb.UP);
    var needy = view.find("needy").view();
    assertThat(needy.needs()).containsExactly("helper.service");
    assertThat(needy.follows()).containsExactly("once.service");
  }

  @Test
  void theIdentityIsThatOfThePlace() {
    view.up("helper.service");
    var helper = view.find("helper").view();
    assertThat(helper.loggedAs())
        .isEqualTo(new ServiceId(7, 1))
        .isEqualTo(view.mechanisms.places.identity("helper.service"));
  }

  @Test
  void aUnitThatBecameAnAliasIsGone() {
    view.up("pipe.service");
    assertThat(view.listed()).contains("helper.service starting");
    view.ask("helper", Verb.DOWN);
    assertThat(view.listed()).contains("helper.service down");
    root.resolve("config/systemd/user/helper.service").toFile().delete();
    view.write("other.service", "", "");
    view.tree.link(view.tree.config() + "/helper.service", "other.service");
    view.reload();
    assertThat(view.listed()).containsExactly("other.service down", "pipe.service run");
    assertThat(view.find("helper").view().name()).isEqualTo("other.service");
  }
}
