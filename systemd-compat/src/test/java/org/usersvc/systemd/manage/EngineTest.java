package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.RestartSettings;

/** What the engine does with files, time and those who listen. */
final class EngineTest {
  private static final UnitState AUTO_RESTART =
      new UnitState(ActiveState.ACTIVATING, "auto-restart", true);

  @TempDir Path root;

  private EngineFixture with(String... lines) {
    return new EngineFixture(root, lines);
  }

  private static String description(EngineFixture it, String unit) {
    return it.manager.load(EngineFixture.name(unit)).unit().description();
  }

  @Test
  void aJobIsToldBeforeTheAnswerAndItsEndAfterIt() {
    var it = with("a:");
    var asked = it.manager.ask(JobType.START, EngineFixture.name("a"), JobMode.REPLACE);
    assertThat(asked).isInstanceOf(Asked.Queued.class);
    assertThat(it.heard()).contains("new a/start").noneMatch(line -> line.startsWith("removed"));
    assertThat(it.trace()).isEmpty();
    it.settle();
    assertThat(it.heard()).containsSubsequence("a active", "removed a done");
  }

  @Test
  void allStatesAreToldInOrder() {
    var it = with("a:");
    it.start("a");
    it.stop("a");
    var states = new ArrayList<String>();
    for (var line : it.heard()) {
      if (line.startsWith("a ") && (states.isEmpty() || !states.getLast().equals(line))) {
        states.add(line);
      }
    }
    assertThat(states).containsExactly("a inactive", "a active", "a deactivating", "a inactive");
  }

  @Test
  void aChangedFileOfAnIdleUnitIsReadWithoutReload() {
    var it = with("a: Description=old");
    it.start("a");
    it.stop("a");
    assertThat(it.state("a")).isEqualTo("-");
    it.write("a: Description=new");
    it.start("a");
    assertThat(description(it, "a")).isEqualTo("new");
  }

  @Test
  void aChangedFileOfARunningUnitIsReadByAReloadOnly() {
    var it = with("a: Description=old");
    it.start("a");
    var controller = it.controller("a");
    it.write("a: Description=much newer");
    assertThat(it.manager.load(EngineFixture.name("a")).needsReload()).isTrue();
    it.start("a");
    assertThat(description(it, "a")).isEqualTo("old");
    it.reload();
    it.settle();
    assertThat(description(it, "a")).isEqualTo("much newer");
    assertThat(controller.unit().description()).isEqualTo("much newer");
    assertThat(it.controller("a")).isSameAs(controller);
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void aFileThatComesLaterNeedsNoReload() {
    var it = with("a: Wants=late");
    it.start("a");
    assertThat(it.manager.load(EngineFixture.name("late")).unit().loadState())
        .isEqualTo(LoadState.NOT_FOUND);
    it.write("late: PartOf=a");
    assertThat(it.start("late")).isEqualTo("done");
    it.stop("a");
    assertThat(it.trace()).startsWith("+a +late").contains("-late");
  }

  @Test
  void aNameThatBecomesAnAliasMeansTheOtherUnit() {
    var it = with("a: Wants=other", "real:");
    it.start("a");
    it.tree.link(it.tree.config() + "/other.service", it.tree.config() + "/real.service");
    assertThat(it.start("other")).isEqualTo("done");
    assertThat(it.state("real")).isEqualTo("active");
    assertThat(it.manager.find(EngineFixture.name("other")))
        .isEqualTo(it.manager.find(EngineFixture.name("real")));
  }

  @Test
  void anAliasInADependencyIsTheUnitItself() {
    var it = with("a: Requires=other; After=other", "real:");
    it.tree.link(it.tree.config() + "/other.service", it.tree.config() + "/real.service");
    it.start("a");
    assertThat(it.trace()).isEqualTo("+real +a");
  }

  @Test
  void aUnitIsKnownUntilTheOneThatItsEndStartsHasBegun() {
    var it = with("a: Type=oneshot; OnSuccess=s", "s: Type=oneshot");
    it.manager.ask(JobType.START, EngineFixture.name("a"), JobMode.REPLACE);
    it.settle();
    it.set("a", ActiveState.INACTIVE);
    assertThat(it.state("a")).isEqualTo("inactive");
    it.set("s", ActiveState.INACTIVE);
    assertThat(it.state("s") + it.state("a")).isEqualTo("--");
  }

  @Test
  void aRefusedRequestLeavesNoUnitBehind() {
    var it = with("a: Requires=gone", "b: Wants=a");
    for (var unit : List.of("gone", "a")) {
      var asked = it.manager.ask(JobType.START, EngineFixture.name(unit), JobMode.REPLACE);
      assertThat(asked).isInstanceOf(Asked.Refused.class);
      assertThat(it.state(unit)).as("%s, before anything else is done", unit).isEqualTo("-");
    }
    it.settle();
    assertThat(it.state("gone")).isEqualTo("-");
  }

  @Test
  void aRefusedRequestForAUnitThatOthersNameIsOfNoHarm() {
    var it = with("a: Wants=gone");
    it.start("a");
    var asked = it.manager.ask(JobType.START, EngineFixture.name("gone"), JobMode.REPLACE);
    assertThat(asked).isInstanceOf(Asked.Refused.class);
    it.settle();
    assertThat(it.state("gone")).isEqualTo("inactive");
  }

  @Test
  void whatIsNamedByARunningUnitStaysKnown() {
    var it = with("a: After=b", "b:");
    it.start("a");
    assertThat(it.state("b")).isEqualTo("inactive");
    it.stop("a");
    assertThat(it.state("b")).isEqualTo("-");
    assertThat(it.heard()).contains("known b.service", "forgotten b.service");
  }

  @Test
  void aFailedUnitStaysUntilItIsReset() {
    var it =
        with("a: ExecStart=/bin/false", "b: ExecStart=/bin/false; CollectMode=inactive-or-failed");
    it.start("a");
    it.start("b");
    assertThat(it.state("a")).isEqualTo("failed");
    assertThat(it.state("b")).isEqualTo("-");
    it.manager.resetAllFailed();
    it.settle();
    assertThat(it.state("a")).isEqualTo("-");
  }

  @Test
  void aHeldUnitStaysUntilItIsReleased() {
    var it = with("a:");
    var unit = it.manager.load(EngineFixture.name("a"));
    it.manager.hold(unit);
    it.settle();
    assertThat(it.state("a")).isEqualTo("inactive");
    it.manager.release(unit);
    it.settle();
    assertThat(it.state("a")).isEqualTo("-");
  }

  @Test
  void startsAreLimitedUntilAReset() {
    var it = with("a: StartLimitBurst=2; StartLimitIntervalSec=1min");
    for (int i = 0; i < 2; i++) {
      assertThat(it.start("a")).isEqualTo("done");
      it.set("a", ActiveState.FAILED);
    }
    assertThat(it.start("a")).isEqualTo("failed");
    it.manager.resetFailed(it.manager.load(EngineFixture.name("a")));
    assertThat(it.start("a")).isEqualTo("done");
    it.set("a", ActiveState.FAILED);
    it.start("a");
    it.set("a", ActiveState.FAILED);
    it.advance(Duration.ofSeconds(61));
    assertThat(it.start("a")).isEqualTo("done");
  }

  @Test
  void aJobThatTakesTooLongEndsAndOnFailureFollows() {
    var it = with("a: Type=oneshot; JobTimeoutSec=10; OnFailure=f", "f:");
    it.start("a");
    it.advance(Duration.ofSeconds(9));
    assertThat(it.result(1)).isEqualTo("job 1");
    it.advance(Duration.ofSeconds(2));
    assertThat(it.result(1)).isEqualTo("timeout");
    assertThat(it.trace()).isEqualTo("+a +f");
  }

  @Test
  void aRestartByItselfTakesDependentUnitsAlong() {
    var it = with("a:", "b: BindsTo=a; After=a");
    it.start("b");
    it.trace();
    it.controller("a").enter(new UnitState(ActiveState.FAILED, "failed", true));
    it.controller("a").enter(AUTO_RESTART);
    it.settle();
    assertThat(it.state("a")).isEqualTo("activating");
    String before = it.controller("a").invocation();
    it.controller("a").restartDue(RestartSettings.Mode.NORMAL);
    it.settle();
    assertThat(it.trace()).isEqualTo("-b -a +a");
    assertThat(it.controller("a").invocation()).isNotEqualTo(before).matches("[0-9a-f]{32}");
  }

  @Test
  void aDirectRestartTakesNoOtherUnitAlong() {
    var it = with("a:", "b: BindsTo=a; After=a", "c: PartOf=a");
    it.start("b");
    it.start("c");
    it.trace();
    it.controller("a").enter(AUTO_RESTART);
    it.controller("a").restartDue(RestartSettings.Mode.DIRECT);
    it.settle();
    assertThat(it.trace()).isEqualTo("+a");
    assertThat(it.state("a")).isEqualTo("active");
  }

  @Test
  void aStartThatIsUnderWayIncludesADirectRestart() {
    var it = with("a: Type=oneshot");
    it.start("a");
    it.controller("a").enter(AUTO_RESTART);
    it.controller("a").restartDue(RestartSettings.Mode.DIRECT);
    it.settle();
    assertThat(it.trace()).isEqualTo("+a +a");
    it.set("a", ActiveState.ACTIVE);
    assertThat(it.result(1)).isEqualTo("done");
  }

  @Test
  void aUnitWhoseRestartCannotBeStaysDown() {
    var it = with("a: Requisite=b; After=b", "b:");
    it.start("b");
    it.start("a");
    it.controller("a").enter(AUTO_RESTART);
    it.settle();
    it.set("b", ActiveState.INACTIVE);
    it.trace();
    it.controller("a").restartDue(RestartSettings.Mode.DIRECT);
    it.settle();
    assertThat(it.trace()).isEqualTo("!a");
    assertThat(it.state("a")).as("forgotten").isEqualTo("-");
  }

  @Test
  void aUnitWhoseRestartIsRefusedFails() {
    var it = with("a: Requires=b", "b:");
    it.start("a");
    it.controller("a").enter(AUTO_RESTART);
    it.settle();
    it.trace();
    it.write("a: Requires=gone");
    it.reload();
    it.controller("a").restartDue(RestartSettings.Mode.NORMAL);
    it.settle();
    assertThat(it.trace()).isEqualTo("?a");
    assertThat(it.state("a")).isEqualTo("failed");
  }

  @Test
  void aUnitThatIsUpheldAndFailsAlwaysIsStartedSixteenTimesInTenSeconds() {
    var it = with("a: Upholds=b", "b: ExecStart=/bin/false; StartLimitIntervalSec=0");
    it.start("a");
    int first = it.trace().split("\\+b").length;
    assertThat(first).isBetween(16, 20);
    it.advance(Duration.ofSeconds(11));
    assertThat(it.trace().split("\\+b").length).isBetween(16, 18);
  }

  @Test
  void aTransientUnitGoesWithItsFileWhenItEnds() throws IOException {
    var it = with();
    var run =
        new Manager.Transient(EngineFixture.name("run-1"), "[Service]\nExecStart=/bin/true\n");
    var file = root.resolve("run/systemd/transient/run-1.service");
    var asked = it.manager.startTransient(run, List.of(), JobMode.FAIL, _ -> {});
    assertThat(asked).isInstanceOf(Asked.Queued.class);
    it.settle();
    assertThat(it.state("run-1")).isEqualTo("active");
    assertThat(it.manager.load(run.name()).isTransient()).isTrue();
    assertThat(Files.readString(file)).contains("ExecStart=/bin/true");
    assertThat(it.manager.startTransient(run, List.of(), JobMode.FAIL, _ -> {}))
        .isInstanceOfSatisfying(
            Asked.Refused.class,
            refused -> assertThat(refused.reason().error()).isEqualTo("UnitExists"));
    it.set("run-1", ActiveState.INACTIVE);
    assertThat(it.state("run-1")).isEqualTo("-");
    assertThat(file).doesNotExist();
    assertThat(it.start("run-1")).isEqualTo("NoSuchUnit");
  }

  @Test
  void whatIsSetLastCountsAndIsWrittenDown() {
    var it = with("a: Description=one");
    it.start("a");
    for (boolean isRuntime : new boolean[] {true, false, true}) {
      var text = Map.of("Description", "[Unit]\nDescription=runtime " + isRuntime + "\n");
      assertThat(it.manager.set(it.manager.load(EngineFixture.name("a")), isRuntime, text))
          .isEmpty();
      assertThat(description(it, "a")).isEqualTo("runtime " + isRuntime);
    }
    var path = it.tree.index.path();
    for (boolean isRuntime : new boolean[] {true, false}) {
      assertThat(Path.of(path.control(isRuntime), "a.service.d")).isNotEmptyDirectory();
    }
    assertThat(it.state("a")).as("it runs on").isEqualTo("active");
  }

  @Test
  void stopsAllInOrderAndStartsNothingMore() {
    var it = with("a: After=b", "b: OnSuccess=c", "c:", "d: Type=oneshot", "e: After=d");
    it.start("b");
    it.start("a");
    it.start("d");
    it.start("e");
    it.trace();
    it.heard();
    it.manager.stopAll(() -> it.news.add("all stopped"));
    assertThat(it.start("c")).isEqualTo("ShuttingDown");
    it.settle();
    assertThat(it.trace().split(" ")).containsSubsequence("-a", "-b").contains("-d").hasSize(3);
    assertThat(it.heard().stream().filter("all stopped"::equals)).hasSize(1);
    assertThat(it.manager.jobs()).isEmpty();
  }

  @Test
  void aStartThatCannotBeReplacedKeepsNoUnitFromTheLastStop() {
    var it = with("d: Type=oneshot");
    it.ask(JobType.START, "d", JobMode.REPLACE_IRREVERSIBLY);
    it.heard();
    it.manager.stopAll(() -> it.news.add("all stopped"));
    it.settle();
    assertThat(it.heard()).contains("all stopped");
    assertThat(it.manager.jobs()).isEmpty();
  }

  @Test
  void whatComesUpByItselfMeanwhileIsStoppedToo() {
    var it = with("a: Type=oneshot", "b:");
    it.start("a");
    it.manager.load(EngineFixture.name("b"));
    it.manager.stopAll(() -> it.news.add("all stopped"));
    it.set("b", ActiveState.ACTIVE);
    it.settle();
    it.set("a", ActiveState.INACTIVE);
    it.settle();
    assertThat(it.heard()).contains("all stopped");
    assertThat(it.manager.find(EngineFixture.name("b"))).isEmpty();
  }

  @Test
  void stoppingNothingIsDoneSoon() {
    var it = with();
    it.manager.stopAll(() -> it.news.add("all stopped"));
    it.settle();
    assertThat(it.heard()).containsExactly("all stopped");
  }

  @Test
  void stampsTellWhenAUnitCameAndWent() {
    var it = with("a:");
    it.start("a");
    var unit = it.manager.load(EngineFixture.name("a"));
    var up = unit.stamps().activeEnter().orElseThrow();
    assertThat(unit.stamps().activeExit()).isEmpty();
    it.manager.hold(unit);
    it.advance(Duration.ofSeconds(5));
    it.stop("a");
    assertThat(unit.stamps().activeEnter()).contains(up);
    assertThat(unit.stamps().inactiveEnter().orElseThrow().wall())
        .isEqualTo(up.wall().plusSeconds(5));
  }

  @Test
  void aUnitOfATypeWithoutControllersNeverStarts() {
    var it = with("a:");
    it.tree.file(it.tree.config() + "/a.timer", "[Timer]\nOnActiveSec=1\n");
    assertThat(it.start("a.timer")).isEqualTo("unsupported");
  }

  @Test
  void slicesNeedNoFileAndTheRootIsAlwaysActive() {
    var it = with("a:");
    it.start("a");
    assertThat(it.state("app.slice")).isEqualTo("active");
    assertThat(it.state("-.slice")).isEqualTo("active");
  }
}
