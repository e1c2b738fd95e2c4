package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Controller.Killed;
import org.usersvc.systemd.engine.Controller.Who;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/** Services on fakes, from the order of a job to its answer. */
final class ServiceRunnerTest {
  @TempDir private Path root;
  private RunFixture run;

  @BeforeEach
  void begin() {
    run = new RunFixture(root);
  }

  private void tells(String... texts) {
    assertThat(run.reports.take()).containsExactly(texts);
  }

  @Test
  void aOneshotIsDoneWhenItsLastCommandHasEnded() {
    run.started("Type=oneshot", "ExecStart=/bin/true", "ExecStart=/bin/echo");
    tells("start");
    run.exit("bin/true", 0);
    tells();
    run.exit("bin/echo", 0);
    tells("stop-sigterm", "dead", "START DONE");
    assertThat(run.fakes.places.logs()).isEmpty();
  }

  @Test
  void aSimpleServiceRunsUntilItIsStopped() {
    var service = run.started("ExecStart=/bin/sleep 99");
    tells("start", "running", "START DONE");
    assertThat(service.mainPid()).isEqualTo(run.pid("bin/sleep"));
    assertThat(run.fakes.places.logs()).containsExactly("a.service");
    service.stop(false);
    run.turn();
    assertThat(run.signals()).containsExactly("TERM bin/sleep", "CONT bin/sleep");
    run.end("bin/sleep", ExitStatus.killed(15, false));
    tells("stop-sigterm", "final-sigterm", "dead", "STOP DONE");
    var main = service.lastMain().orElseThrow();
    assertThat(main.status()).contains(ExitStatus.killed(15, false));
    assertThat(service.mainPid()).isZero();
  }

  /** A program that loses its name on the bus exits with an error soon after. */
  @Test
  void commandsGetTheirSignalBeforeOthersAreSoughtAndOnce() {
    var service = run.started("ExecStart=/bin/sleep 99");
    run.lives(71, RunFixture.SELF, 71, RunFixture.INVOCATION);
    service.stop(false);
    assertThat(run.signals()).containsExactly("TERM bin/sleep", "CONT bin/sleep");
    run.turn();
    assertThat(run.signals()).containsExactly("TERM stranger", "CONT stranger");
  }

  @Test
  void aNotifyServiceIsUpWhenItsMainProcessSaysSo() {
    var service = run.started("Type=notify", "ExecStart=/bin/sleep 99");
    int main = run.pid("bin/sleep");
    run.lives(50, main, main, RunFixture.INVOCATION);
    run.says(50, "READY=1");
    tells("start");
    run.says(main, "STATUS=warm\nERRNO=2\nBUSERROR=org.example.Cold\nREADY=1");
    tells("running", "START DONE");
    assertThat(service.statusText()).isEqualTo("warm");
    assertThat(service.statusErrno()).isEqualTo(2);
    assertThat(service.statusBusError()).isEqualTo("org.example.Cold");
    assertThat(run.environment().value("NOTIFY_SOCKET")).isEqualTo("/run/notify/a.service");
  }

  @Test
  void aNotifyServiceThatEndsBeforeItIsReadyHasBrokenItsPromise() {
    var service = run.started("Type=notify", "ExecStart=/bin/sleep 99");
    run.exit("bin/sleep", 0);
    assertThat(service.result()).isEqualTo(ServiceResult.PROTOCOL);
    assertThat(run.reports.take()).contains("START FAILED").endsWith("failed", "START FAILED");
    assertThat(run.fakes.places.listening()).isEmpty();
  }

  @Test
  void theOnlyInheritedProcessIsTheMainOneOfAForkingService() {
    var service = run.started("Type=forking", "ExecStart=/bin/sh");
    int first = run.pid("bin/sh");
    run.lives(60, RunFixture.SELF, first, RunFixture.INVOCATION);
    run.exit("bin/sh", 0);
    tells("start", "running", "START DONE");
    assertThat(service.mainPid()).isEqualTo(60);
    run.ends(60, ExitStatus.killed(9, false));
    assertThat(service.result()).isEqualTo(ServiceResult.SIGNAL);
    assertThat(run.reports.take()).endsWith("failed");
  }

  @Test
  void aForkingServiceThatLeavesNothingIsDoneAndInactive() {
    run.started("Type=forking", "ExecStart=/bin/true");
    run.exit("bin/true", 0);
    assertThat(run.reports.take()).contains("START DONE").endsWith("dead", "START DONE");
  }

  @Test
  void aPidFileNamesTheMainProcessLater() throws IOException {
    var file = root.resolve("pid");
    var service = run.started("Type=forking", "PIDFile=" + file, "ExecStart=/bin/sh");
    int first = run.pid("bin/sh");
    run.lives(60, RunFixture.SELF, first, RunFixture.INVOCATION);
    run.lives(61, 60, first, RunFixture.INVOCATION);
    run.exit("bin/sh", 0);
    tells("start");
    assertThat(run.fakes.watches.paths()).containsExactly(file.toString());
    Files.writeString(file, "61\n");
    run.fakes.watches.change(file.toString());
    run.turn();
    tells("running", "START DONE");
    assertThat(service.mainPid()).isEqualTo(61);
    assertThat(run.fakes.watches.paths()).isEmpty();
    assertThat(run.environment().value("PIDFILE")).isEqualTo(file.toString());
    run.ends(61, ExitStatus.exited(0));
    run.ends(60, ExitStatus.exited(0));
    assertThat(file).as("nobody is misled").doesNotExist();
  }

  @Test
  void anIdleServiceIsUpAtOnceAndIsExecutedAfterAllJobs() {
    run.others.ask(JobType.START, UnitName.of("other.service"), JobMode.REPLACE);
    run.started("Type=idle", "ExecStart=/bin/sleep 99");
    tells("start", "running", "START DONE");
    assertThat(run.fakes.processes.spawned()).isEmpty();
    run.others.end(1, JobResult.DONE);
    run.turn();
    assertThat(run.fakes.processes.spawned()).hasSize(1);
  }

  @Test
  void anIdleServiceWaitsFiveSecondsAtMost() {
    run.others.ask(JobType.START, UnitName.of("other.service"), JobMode.REPLACE);
    run.started("Type=idle", "ExecStart=/bin/sleep 99");
    run.clock.advance(Duration.ofSeconds(5));
    run.turn();
    assertThat(run.fakes.processes.spawned()).hasSize(1);
  }

  @Test
  void aStopOfAnIdleServiceWaitsForNobody() {
    run.others.ask(JobType.START, UnitName.of("other.service"), JobMode.REPLACE);
    var service = run.started("Type=idle", "ExecStart=/bin/sleep 99");
    service.stop(false);
    run.turn();
    assertThat(run.signals()).contains("TERM bin/sleep");
  }

  @Test
  void whoIsStartedByAnEndIsToldOfIt() {
    var ended = UnitName.of("ended.service");
    run.others.add(Unit.of(ended, LoadState.LOADED));
    run.others.load(ended);
    run.others.relations.put(Relation.ON_FAILURE_OF, List.of(ended));
    run.others.relations.put(Relation.ON_SUCCESS_OF, List.of(ended));
    run.started("ExecStart=/bin/sleep 99", "ExecStartPost=/bin/true");
    assertThat(run.environment().value("MONITOR_UNIT")).as("of ExecStartPost=").isNull();
    run.started("ExecStart=/bin/echo");
    var told = run.environment();
    assertThat(told.value("MONITOR_UNIT")).isEqualTo("ended.service");
    assertThat(told.value("MONITOR_SERVICE_RESULT")).isEqualTo("exit-code");
    assertThat(told.value("MONITOR_EXIT_CODE")).isEqualTo("exited");
    assertThat(told.value("MONITOR_EXIT_STATUS")).isEqualTo("4");
    assertThat(told.value("MONITOR_INVOCATION_ID")).hasSize(32);
  }

  @Test
  void whoSeveralUnitsCanStartIsToldNothing() {
    for (String name : List.of("x.service", "y.service")) {
      run.others.add(Unit.of(UnitName.of(name), LoadState.LOADED));
      run.others.load(UnitName.of(name));
    }
    run.others.relations.put(
        Relation.ON_FAILURE_OF, List.of(UnitName.of("x.service"), UnitName.of("y.service")));
    run.started("ExecStart=/bin/echo");
    assertThat(run.environment().value("MONITOR_UNIT")).isNull();
  }

  @Test
  void aDbusServiceIsUpWithItsName() {
    var service = run.started("Type=dbus", "BusName=org.example.A", "ExecStart=/bin/sleep 99");
    tells("start");
    run.names.owned("org.example.A");
    run.turn();
    tells("running", "START DONE");
    run.names.lost("org.example.A");
    run.turn();
    assertThat(run.signals()).containsExactly("TERM bin/sleep", "CONT bin/sleep");
    run.end("bin/sleep", ExitStatus.killed(15, false));
    assertThat(service.result()).isEqualTo(ServiceResult.SUCCESS);
    assertThat(run.names.watched()).isEmpty();
  }

  @Test
  void theEndOfAProcessCountsBeforeTheLossOfItsName() {
    var service = run.started("Type=dbus", "BusName=org.example.A", "ExecStart=/bin/sleep 99");
    run.names.owned("org.example.A");
    run.turn();
    run.names.lost("org.example.A");
    run.exit("bin/sleep", 3);
    assertThat(service.result()).isEqualTo(ServiceResult.EXIT_CODE);
  }

  @Test
  void commandsOfTheStopLearnTheMainPidAndLaterHowItWent() {
    var service =
        run.started(
            "ExecStart=/bin/sleep 99", "ExecStop=/bin/echo $MAINPID", "ExecStopPost=/bin/true");
    int main = run.pid("bin/sleep");
    service.stop(false);
    run.turn();
    var stop = run.fakes.processes.spawned().getLast().request().program();
    assertThat(stop.arguments()).containsExactly("/bin/echo", Integer.toString(main));
    run.exit("bin/echo", 0);
    run.end("bin/sleep", ExitStatus.killed(15, false));
    assertThat(run.environment().value("SERVICE_RESULT")).isEqualTo("success");
    assertThat(run.environment().value("EXIT_CODE")).isEqualTo("killed");
    assertThat(run.environment().value("EXIT_STATUS")).isEqualTo("TERM");
    run.exit("bin/true", 0);
    assertThat(run.reports.take())
        .endsWith("stop", "stop-sigterm", "stop-post", "final-sigterm", "dead", "STOP DONE");
    assertThat(service.command(ExecStep.STOP, 0).orElseThrow().status())
        .contains(ExitStatus.exited(0));
  }

  @Test
  void whatADeadMainProcessLeavesIsKilledBeforeTheServiceIsDown() {
    run.started("ExecStart=/bin/sleep 99", "ExecStopPost=/bin/true");
    int main = run.pid("bin/sleep");
    run.lives(70, RunFixture.SELF, main, RunFixture.INVOCATION);
    run.exit("bin/sleep", 0);
    assertThat(run.signals()).containsExactly("TERM stranger", "CONT stranger");
    assertThat(run.fakes.processes.living()).isEmpty();
    run.ends(70, ExitStatus.killed(15, false));
    assertThat(run.fakes.processes.living()).containsExactly("bin/true");
  }

  @Test
  void whatIsStartedAsADaemonOfItsOwnIsTheServices() {
    var service = run.started("ExecStart=/bin/sleep 99");
    run.lives(71, RunFixture.SELF, 71, RunFixture.INVOCATION);
    run.lives(72, RunFixture.SELF, 72, "another");
    service.stop(false);
    run.turn();
    assertThat(run.signals())
        .containsExactly("TERM bin/sleep", "CONT bin/sleep", "TERM stranger", "CONT stranger");
  }

  @Test
  void killModeProcessLeavesTheOthers() {
    var service = run.started("KillMode=process", "ExecStart=/bin/sleep 99");
    run.lives(71, RunFixture.SELF, 71, RunFixture.INVOCATION);
    service.stop(false);
    run.turn();
    run.end("bin/sleep", ExitStatus.killed(15, false));
    assertThat(run.signals()).containsExactly("TERM bin/sleep", "CONT bin/sleep");
    assertThat(run.reports.take()).endsWith("dead", "STOP DONE");
  }

  @Test
  void whoDoesNotEndInTimeIsKilled() {
    var service = run.started("TimeoutStopSec=1", "ExecStart=/bin/sleep 99");
    service.stop(false);
    run.turn();
    run.signals();
    run.pass(Duration.ofSeconds(1));
    assertThat(run.signals()).containsExactly("KILL bin/sleep");
    run.end("bin/sleep", ExitStatus.killed(9, false));
    assertThat(service.result()).isEqualTo(ServiceResult.TIMEOUT);
    assertThat(run.reports.take()).endsWith("failed", "STOP DONE");
  }

  @Test
  void aServiceWithoutASignOfLifeIsEnded() {
    var service = run.started("Type=notify", "WatchdogSec=2", "ExecStart=/bin/sleep 99");
    int main = run.pid("bin/sleep");
    assertThat(run.environment().value("WATCHDOG_USEC")).isEqualTo("2000000");
    run.says(main, "READY=1\nWATCHDOG_USEC=5000000");
    run.pass(Duration.ofSeconds(4));
    run.says(main, "WATCHDOG=1");
    run.pass(Duration.ofSeconds(4));
    assertThat(service.result()).isEqualTo(ServiceResult.SUCCESS);
    run.pass(Duration.ofSeconds(1));
    assertThat(service.result()).isEqualTo(ServiceResult.WATCHDOG);
    assertThat(run.signals()).containsExactly("ABRT bin/sleep", "CONT bin/sleep");
  }

  @Test
  void aFailedServiceAsksForItsRestart() {
    var service = run.started("Restart=on-failure", "RestartSec=2", "ExecStart=/bin/sleep 99");
    run.exit("bin/sleep", 1);
    assertThat(run.reports.take()).endsWith("failed-before-auto-restart", "auto-restart");
    assertThat(service.state().restartsItself()).isTrue();
    run.pass(Duration.ofSeconds(2));
    tells("auto-restart-queued", "restart due");
    service.stop(true);
    service.start("another");
    assertThat(service.restarts()).isEqualTo(1);
    assertThat(run.environment().value("INVOCATION_ID")).isEqualTo("another");
  }

  private ServiceRunner direct(String... more) {
    var lines = new ArrayList<>(List.of(more));
    lines.addAll(List.of("Restart=on-failure", "RestartMode=direct", "ExecStart=/bin/sleep 99"));
    var service = run.started(lines.toArray(String[]::new));
    run.reports.take();
    return service;
  }

  @Test
  void aDirectRestartIsNotSeenAsAnEnd() {
    var service = direct();
    run.end("bin/sleep", ExitStatus.killed(9, false));
    tells("auto-restart");
    run.pass(Duration.ofSeconds(1));
    tells("auto-restart-queued", "restart due DIRECT");
    service.restartFailed();
    tells("dead", "STOP DONE");
    service.restartFailed();
    tells();
  }

  @Test
  void theEndBeforeADirectRestartIsSeenIfItTakesTime() {
    direct("ExecStopPost=/bin/true");
    run.end("bin/sleep", ExitStatus.killed(9, false));
    tells("stop-post");
    run.exit("bin/true", 0);
    tells("auto-restart");
  }

  @Test
  void theEndBeforeADirectRestartIsSeenIfProcessesAreLeft() {
    direct();
    int main = run.pid("bin/sleep");
    run.lives(60, main, main, RunFixture.INVOCATION);
    run.end("bin/sleep", ExitStatus.killed(9, false));
    run.turn();
    tells("stop-sigterm");
    run.ends(60, ExitStatus.exited(0));
    run.turn();
    assertThat(run.reports.take()).endsWith("auto-restart");
  }

  @Test
  void whatCouldNotBeExecutedBeforeTheServiceIsKnownByItsLine() {
    var service = run.started("ExecStartPre=/bin/true", "ExecStartPre=/nosuch", "ExecStart=/bin/a");
    run.exit("bin/true", 0);
    var failed = service.command(ExecStep.START_PRE, 1).orElseThrow();
    assertThat(failed.status()).contains(ExitStatus.exited(203));
    assertThat(failed.pid()).isZero();
    assertThat(service.command(ExecStep.START_PRE, 0).orElseThrow().status())
        .contains(ExitStatus.exited(0));
    assertThat(service.command(ExecStep.START, 0)).isEmpty();
    assertThat(service.lastMain()).isEmpty();
  }

  @Test
  void aServiceOfAnotherUserFailsWith216() {
    var service = run.started("User=root", "ExecStart=/bin/sleep 99");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.exited(216));
    assertThat(run.warnings)
        .singleElement()
        .asString()
        .contains("a.service", "User=root: only root can run processes as another user");
    assertThat(run.started("User=root", "ExecStart=+/bin/sleep 99").mainPid()).isNotZero();
  }

  @Test
  void aProgramThatIsNotThereFailsTheServiceWith203() {
    var service = run.started("Type=exec", "ExecStart=/nosuch");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.exited(203));
    assertThat(service.result()).isEqualTo(ServiceResult.EXIT_CODE);
    assertThat(run.warnings).hasSize(1);
  }

  @Test
  void aCommandThatIgnoresFailuresEndsWellIfItCannotBeExecuted() {
    var service = run.started("Type=oneshot", "RemainAfterExit=yes", "ExecStart=-/nosuch");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.exited(0));
    assertThat(service.command(ExecStep.START, 0).orElseThrow().status())
        .contains(ExitStatus.exited(0));
    assertThat(run.reports.take()).containsExactly("start", "exited", "START DONE");
    assertThat(run.started("EnvironmentFile=/nosuch", "ExecStart=-/bin/true").result())
        .isEqualTo(ServiceResult.RESOURCES);
  }

  @Test
  void aServiceWhoseRestartIsRefusedFailsForLackOfResources() {
    var service = run.started("Restart=always", "RestartSec=1", "ExecStart=/bin/sleep 99");
    run.exit("bin/sleep", 0);
    run.pass(Duration.ofSeconds(1));
    assertThat(run.reports.take()).endsWith("auto-restart-queued", "restart due");
    service.restartRefused();
    run.turn();
    tells("failed");
    assertThat(service.result()).isEqualTo(ServiceResult.RESOURCES);
    assertThat(service.restarts()).isZero();
    service.start(RunFixture.INVOCATION);
    run.turn();
    assertThat(service.restarts()).isZero();
  }

  @Test
  void aWorkingDirectoryThatIsNotThereFailsItWith200UnlessItIsOptional() {
    var service = run.started("Type=oneshot", "WorkingDirectory=/nosuch", "ExecStart=/bin/true");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.exited(200));
    run.started("Type=oneshot", "WorkingDirectory=-/nosuch", "ExecStart=/bin/echo");
    assertThat(run.fakes.processes.living()).containsExactly("bin/echo");
  }

  @Test
  void aVariablesFileThatIsMissingIsALackOfResources() {
    var service = run.started("EnvironmentFile=/nosuch", "ExecStart=/bin/true");
    assertThat(service.result()).isEqualTo(ServiceResult.RESOURCES);
  }

  @Test
  void signalsReachTheProcessThatIsMeant() {
    var service = run.service("ExecStart=/bin/sleep 99");
    assertThat(service.kill(Who.MAIN, Signal.USR1)).isEqualTo(Killed.NO_SUCH_PROCESS);
    service.start(RunFixture.INVOCATION);
    assertThat(service.kill(Who.MAIN, Signal.USR1)).isEqualTo(Killed.SENT);
    assertThat(service.kill(Who.CONTROL, Signal.USR1)).isEqualTo(Killed.NO_SUCH_PROCESS);
    assertThat(service.kill(Who.ALL, Signal.USR2)).isEqualTo(Killed.SENT);
    run.turn();
    assertThat(run.signals()).containsExactly("USR1 bin/sleep", "USR2 bin/sleep");
  }

  @Test
  void runtimeDirectoriesComeBeforeTheStartAndGoWithTheService() {
    var service =
        run.started("RuntimeDirectory=a/b", "StateDirectory=c", "ExecStart=/bin/sleep 99");
    var runtime = root.resolve("run/a/b");
    assertThat(runtime).isDirectory();
    assertThat(run.environment().value("RUNTIME_DIRECTORY")).isEqualTo(runtime.toString());
    assertThat(root.resolve(".local/state/c")).isDirectory();
    service.stop(false);
    run.turn();
    run.end("bin/sleep", ExitStatus.killed(15, false));
    assertThat(runtime).doesNotExist();
    assertThat(root.resolve(".local/state/c")).isDirectory();
  }

  @Test
  void directoriesGetTheModeOfTheUnitUnlessTheyAreForConfiguration() throws IOException {
    var before = PosixFilePermissions.fromString("rwx------");
    for (String path : List.of(".cache/a", ".config/a")) {
      Files.createDirectories(root.resolve(path));
      Files.setPosixFilePermissions(root.resolve(path), before);
    }
    run.started(
        "CacheDirectory=a",
        "CacheDirectoryMode=0777",
        "ConfigurationDirectory=a b",
        "ConfigurationDirectoryMode=0777",
        "ExecStart=/bin/sleep 99");
    assertThat(mode(".cache/a")).isEqualTo("rwxrwxrwx");
    assertThat(mode(".config/a")).as("it was there").isEqualTo("rwx------");
    assertThat(mode(".config/b")).isEqualTo("rwxrwxrwx");
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }

  @Test
  void directoriesOfADownServiceAreCleaned() {
    var service = run.started("CacheDirectory=a", "StateDirectory=a", "ExecStart=/bin/true");
    run.exit("bin/true", 0);
    assertThat(service.cleanable()).containsExactlyInAnyOrder(Kind.CACHE, Kind.STATE);
    var done = new ArrayList<String>();
    service.clean(Set.of(Kind.CACHE), () -> done.add("done"));
    run.turn();
    assertThat(done).containsExactly("done");
    assertThat(root.resolve(".cache/a")).doesNotExist();
    assertThat(root.resolve(".local/state/a")).isDirectory();
  }

  @Test
  void aReloadBySignalIsConfirmedByTheService() {
    var service =
        run.started("Type=notify-reload", "ReloadSignal=SIGUSR1", "ExecStart=/bin/sleep 99");
    int main = run.pid("bin/sleep");
    run.says(main, "READY=1");
    run.reports.take();
    assertThat(service.canReload()).isTrue();
    service.reload();
    assertThat(run.signals()).containsExactly("USR1 bin/sleep");
    run.says(main, "RELOADING=1");
    tells("reload-signal");
    run.says(main, "RELOADING=1\nMONOTONIC_USEC=9999999999");
    run.says(main, "READY=1");
    tells("reload-notify", "running", "RELOAD DONE");
  }

  @Test
  void anotherMainProcessIsTakenIfItIsTheServices() {
    var service = run.started("Type=notify", "NotifyAccess=all", "ExecStart=/bin/sleep 99");
    run.says(run.pid("bin/sleep"), "MAINPID=1\nREADY=1");
    assertThat(service.mainPid()).isEqualTo(run.pid("bin/sleep"));
    assertThat(run.warnings).hasSize(1);
  }
}
