package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.NoSettings;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.RestartSettings.When;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceType;

final class ServiceSectionTest {
  private static Made bare(String... lines) {
    return Made.of("a.service", "[Service]\n" + String.join("\n", lines) + "\n");
  }

  private static void assertBad(Made made, String part) {
    assertThat(made.unit().loadState()).isEqualTo(LoadState.BAD_SETTING);
    assertThat(made.unit().origin().error()).contains(part);
    assertThat(made.unit().settings()).isEqualTo(new NoSettings());
  }

  @Test
  void typeIsSimpleWithACommandAndDbusWithAName() {
    assertThat(Made.service().settings().own().type()).isEqualTo(ServiceType.SIMPLE);
    assertThat(Made.service("BusName=org.x").settings().own().type()).isEqualTo(ServiceType.DBUS);
    assertThat(Made.service("BusName=org.x", "Type=notify-reload").settings().own().type())
        .isEqualTo(ServiceType.NOTIFY_RELOAD);
  }

  @Test
  void typeIsOneshotWithoutAStartCommand() {
    var made = bare("ExecStop=/bin/a", "RemainAfterExit=yes");
    assertThat(made.settings().own().type()).isEqualTo(ServiceType.ONESHOT);
    assertThat(made.settings().own().timeouts().start()).isNull();
  }

  @Test
  void serviceNeedsSomethingToDo() {
    assertBad(bare("Restart=no"), "ExecStart=");
    assertBad(Made.of("a.service", "[Unit]\nDescription=x\n"), "ExecStart=");
    assertThat(Made.of("a.service", "[Unit]\nSuccessAction=exit\n").isLoaded()).isTrue();
  }

  @Test
  void onlyAOneshotThatRemainsCanLackAStart() {
    assertBad(bare("Type=simple", "ExecStop=/bin/a"), "Type=oneshot");
    assertBad(bare("ExecStop=/bin/a"), "RemainAfterExit=yes");
  }

  @Test
  void onlyAOneshotHasSeveralStarts() {
    assertBad(Made.service("ExecStart=/bin/b"), "Type=oneshot");
    var made = Made.service("Type=oneshot", "ExecStart=-/bin/b");
    assertThat(made.settings().own().commands().of(ExecStep.START))
        .extracting(command -> command.ignoresFailure())
        .containsExactly(false, true);
  }

  @Test
  void oneshotIsNotStartedAgainAfterSuccess() {
    assertBad(Made.service("Type=oneshot", "Restart=always"), "Type=oneshot");
    assertBad(Made.service("Type=oneshot", "Restart=on-success"), "Type=oneshot");
    assertThat(Made.service("Type=oneshot", "Restart=on-failure").isLoaded()).isTrue();
  }

  @Test
  void programIsAbsoluteOrWithoutSlash() {
    assertBad(bare("ExecStart=relative/path"), "relative/path");
    assertThat(bare("ExecStart=gnome-shell --x").isLoaded()).isTrue();
  }

  @Test
  void dbusNeedsAName() {
    assertBad(Made.service("Type=dbus"), "BusName=");
  }

  @Test
  void emptyCommandForgetsThoseBeforeIt() {
    var commands =
        Made.service("ExecStartPre=/bin/x", "ExecStartPre=", "ExecStart=", "ExecStart=/bin/b %t")
            .settings()
            .own()
            .commands();
    assertThat(commands.has(ExecStep.START_PRE)).isFalse();
    assertThat(commands.of(ExecStep.START))
        .singleElement()
        .satisfies(
            command -> assertThat(command.words()).containsExactly("/bin/b", "/run/user/1000"));
  }

  @Test
  void restartIsReadWithItsLists() {
    var restart =
        Made.service(
                "Restart=on-abnormal",
                "RestartSec=500ms",
                "RestartSteps=3",
                "RestartMaxDelaySec=10",
                "RestartMode=direct",
                "RestartPreventExitStatus=1 SIGKILL",
                "RestartPreventExitStatus=DATAERR",
                "RestartForceExitStatus=7",
                "RestartForceExitStatus=")
            .settings()
            .own()
            .restart();
    assertThat(restart.when()).isEqualTo(When.ON_ABNORMAL);
    assertThat(restart.delay()).isEqualTo(Duration.ofMillis(500));
    assertThat(restart.steps()).isEqualTo(3);
    assertThat(restart.longestDelay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(restart.mode()).isEqualTo(Mode.DIRECT);
    assertThat(restart.prevent()).isEqualTo(new ExitStatuses(Set.of(1, 65), Set.of(9)));
    assertThat(restart.force()).isEqualTo(ExitStatuses.NONE);
  }

  @Test
  void timeoutSecIsThatOfStartAndStop() {
    var timeouts = Made.service("TimeoutSec=5").settings().own().timeouts();
    assertThat(timeouts.start()).isEqualTo(Duration.ofSeconds(5));
    assertThat(timeouts.stop()).isEqualTo(Duration.ofSeconds(5));
    assertThat(timeouts.abort()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void zeroIsATimeoutWithoutAnEnd() {
    var timeouts =
        Made.service("TimeoutStartSec=0", "TimeoutStopSec=infinity", "WatchdogSec=0")
            .settings()
            .own()
            .timeouts();
    assertThat(timeouts.start()).isNull();
    assertThat(timeouts.stop()).isNull();
    assertThat(timeouts.watchdog()).isNull();
  }

  @Test
  void timeoutsHaveDefaults() {
    assertThat(Made.service().settings().own().timeouts())
        .isEqualTo(ServiceTimeouts.defaults(ServiceType.SIMPLE));
  }

  @Test
  void messagesOfTheMainProcessCountWhereTheyAreExpected() {
    assertThat(Made.service().settings().own().messages().access()).isEqualTo(Access.NONE);
    assertThat(Made.service("Type=notify").settings().own().messages().access())
        .isEqualTo(Access.MAIN);
    assertThat(Made.service("WatchdogSec=5").settings().own().messages().access())
        .isEqualTo(Access.MAIN);
    assertThat(Made.service("Type=notify", "NotifyAccess=all").settings().own().messages().access())
        .isEqualTo(Access.ALL);
  }

  @Test
  void pidFileIsBelowTheRuntimeDirectoryIfItIsRelative() {
    assertThat(Made.service("Type=forking", "PIDFile=x/a.pid").settings().own().main().pidFile())
        .isEqualTo("/run/user/1000/x/a.pid");
    assertThat(Made.service("Type=forking", "PIDFile=/x/a.pid").settings().own().main().pidFile())
        .isEqualTo("/x/a.pid");
  }

  @Test
  void runtimeMaxHasNoEffectOnAOneshot() {
    var made = Made.service("Type=oneshot", "RuntimeMaxSec=5");
    assertThat(made.isLoaded()).isTrue();
    assertThat(made.messages()).singleElement().asString().contains("RuntimeMaxSec=");
  }

  @Test
  void killIsReadAndARestartKillsAsAStopDoes() {
    var kill =
        Made.service(
                "KillMode=mixed",
                "KillSignal=INT",
                "SendSIGHUP=yes",
                "SendSIGKILL=no",
                "FinalKillSignal=SIGQUIT",
                "WatchdogSignal=USR1")
            .settings()
            .kill();
    assertThat(kill)
        .isEqualTo(
            new KillSettings(
                KillSettings.Mode.MIXED,
                Signal.INT,
                Signal.INT,
                true,
                false,
                Signal.QUIT,
                Signal.USR1));
    assertThat(Made.service("RestartKillSignal=HUP").settings().kill().restartSignal())
        .isEqualTo(Signal.HUP);
  }

  @Test
  void wrongValuesChangeNothing() {
    var made =
        Made.service(
            "KillMode=gently", "KillSignal=NOSUCH", "Restart=maybe", "TimeoutStopSec=soon");
    assertThat(made.isLoaded()).isTrue();
    assertThat(made.problems()).hasSize(4);
    assertThat(made.settings()).isEqualTo(Made.service().settings());
  }

  @Test
  void socketsAreWantedBeforeTheServiceAndTriggerIt() {
    var unit = Made.service("Sockets=b.socket c.service").unit();
    for (var relation : List.of(Relation.WANTS, Relation.TRIGGERED_BY)) {
      assertThat(unit.dependencies(relation)).containsExactly(name("b.socket"));
    }
    assertThat(unit.dependencies(Relation.AFTER)).contains(name("b.socket"));
  }
}
