package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.systemd.read.Made.name;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.PathSettings;
import org.usersvc.systemd.unit.ScopeSettings;
import org.usersvc.systemd.unit.SocketOptions;
import org.usersvc.systemd.unit.SocketOptions.Option;
import org.usersvc.systemd.unit.SocketSettings.Listen;
import org.usersvc.systemd.unit.SocketSettings.ListenKind;
import org.usersvc.systemd.unit.SocketSettings.Names;
import org.usersvc.systemd.unit.StartLimit;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;
import org.usersvc.systemd.unit.TimerSettings.Changes;
import org.usersvc.systemd.unit.TimerSettings.Trigger;

/** The sections of sockets, timers, paths and scopes. */
final class TriggersTest {
  private static Made timer(String... lines) {
    return Made.of("a.timer", "[Timer]\n" + String.join("\n", lines) + "\n");
  }

  private static Made path(String... lines) {
    return Made.of("a.path", "[Path]\n" + String.join("\n", lines) + "\n");
  }

  @Test
  void socketHasDefaults() {
    var socket = Made.socket().socketSettings();
    assertThat(socket.listen()).containsExactly(new Listen(ListenKind.STREAM, "/s"));
    assertThat(socket.service()).isEqualTo(name("a.service"));
    assertThat(socket.options()).isEqualTo(SocketOptions.DEFAULT);
    assertThat(socket.names()).isEqualTo(new Names("a.socket", 0666, 0755, List.of(), false));
    assertThat(socket.triggerLimit()).isEqualTo(new StartLimit(Duration.ofSeconds(2), 20));
    assertThat(socket.commands().timeout()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void addressesAddUpUntilAnEmptyOneOfAnyKind() {
    assertThat(
            Made.socket(
                    "ListenDatagram=@x",
                    "ListenFIFO=%t/f",
                    "ListenSequentialPacket=/q",
                    "ListenStream=127.0.0.1:80",
                    "ListenStream=[::1]:80",
                    "ListenDatagram=53",
                    "ListenStream=[fe80::1]:80%%eth0")
                .socketSettings()
                .listen())
        .extracting(Listen::address)
        .containsExactly(
            "/s",
            "@x",
            "/run/user/1000/f",
            "/q",
            "127.0.0.1:80",
            "[::1]:80",
            "53",
            "[fe80::1]:80%eth0");
    assertThat(Made.socket("ListenDatagram=", "ListenFIFO=/f").socketSettings().listen())
        .containsExactly(new Listen(ListenKind.FIFO, "/f"));
  }

  @Test
  void whatIsNoAddressIsLeftOut() {
    var made =
        Made.socket(
            "ListenStream=relative",
            "ListenStream=70000",
            "ListenFIFO=@x",
            "ListenSequentialPacket=80");
    assertThat(made.problems()).hasSize(4);
    assertThat(made.socketSettings().listen()).hasSize(1);
  }

  @Test
  void socketWithoutAnAddressCannotBe() {
    var made = Made.of("a.socket", "[Socket]\nSocketMode=0600\n");
    assertThat(made.unit().loadState()).isEqualTo(LoadState.BAD_SETTING);
    assertThat(made.unit().origin().error()).contains("ListenStream=");
  }

  @Test
  void socketIsReadWhole() {
    var socket =
        Made.socket(
                "SocketMode=0600",
                "DirectoryMode=0700",
                "FileDescriptorName=std",
                "Service=b.service",
                "RemoveOnStop=yes",
                "Backlog=5",
                "PassCredentials=yes",
                "KeepAlive=yes",
                "NoDelay=yes",
                "NoDelay=no",
                "ReceiveBuffer=8K",
                "Symlinks=/l",
                "TriggerLimitIntervalSec=5",
                "TriggerLimitBurst=7",
                "PassFileDescriptorsToExec=yes",
                "FlushPending=yes",
                "TimeoutSec=3",
                "ExecStopPre=/bin/x")
            .socketSettings();
    assertThat(socket.names()).isEqualTo(new Names("std", 0600, 0700, List.of("/l"), true));
    assertThat(socket.service()).isEqualTo(name("b.service"));
    assertThat(socket.options())
        .isEqualTo(
            new SocketOptions(Set.of(Option.PASS_CREDENTIALS, Option.KEEP_ALIVE), 5, 8192L, null));
    assertThat(socket.triggerLimit()).isEqualTo(new StartLimit(Duration.ofSeconds(5), 7));
    assertThat(socket.passesToExec()).isTrue();
    assertThat(socket.flushesPending()).isTrue();
    assertThat(socket.commands().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(socket.commands().lines().has(ExecStep.STOP_PRE)).isTrue();
  }

  @Test
  void acceptingSocketStartsInstances() {
    var socket = Made.socket("Accept=yes", "MaxConnections=3").socketSettings();
    assertThat(socket.acceptsConnections()).isTrue();
    assertThat(socket.service()).isEqualTo(name("a@.service"));
    assertThat(socket.accept().connections()).isEqualTo(3);
    assertThat(socket.triggerLimit().burst()).isEqualTo(200);
  }

  @Test
  void dataIsNeverAccepted() {
    var socket = Made.socket("Accept=yes", "ListenDatagram=/d").socketSettings();
    assertThat(socket.acceptsConnections()).isFalse();
    assertThat(socket.service()).isEqualTo(name("a.service"));
  }

  @Test
  void acceptingSocketNamesNoService() {
    assertThat(Made.socket("Accept=yes", "Service=b.service").unit().loadState())
        .isEqualTo(LoadState.BAD_SETTING);
  }

  @Test
  void symlinksNeedExactlyOneFile() {
    assertThat(Made.socket("Symlinks=/l", "ListenStream=/t").unit().loadState())
        .isEqualTo(LoadState.BAD_SETTING);
    assertThat(Made.socket("Symlinks=/l", "ListenStream=@t").isLoaded()).isTrue();
  }

  @Test
  void descriptorsNameHasNoColon() {
    assertThat(Made.socket("FileDescriptorName=a:b").socketSettings().names().descriptor())
        .isEqualTo("a.socket");
  }

  @Test
  void timerIsReadWhole() {
    var made =
        timer(
            "OnBootSec=5min",
            "OnCalendar=daily",
            "OnClockChange=yes",
            "OnTimezoneChange=no",
            "Persistent=true",
            "AccuracySec=1us",
            "RandomizedDelaySec=900",
            "FixedRandomDelay=yes",
            "RemainAfterElapse=no",
            "Unit=b.target");
    assertThat(made.unit().settings())
        .isEqualTo(
            new TimerSettings(
                List.of(new Trigger(Base.BOOT, "5min"), new Trigger(Base.CALENDAR, "daily")),
                new Changes(true, false),
                name("b.target"),
                Duration.ofNanos(1000),
                Duration.ofMinutes(15),
                true,
                true,
                false));
  }

  @Test
  void emptyTriggerForgetsAllAndATimerNeedsOne() {
    var made = timer("OnBootSec=5", "OnCalendar=");
    assertThat(made.unit().loadState()).isEqualTo(LoadState.BAD_SETTING);
    var settings =
        (TimerSettings) timer("OnBootSec=5", "OnCalendar=", "OnActiveSec=1").unit().settings();
    assertThat(settings.triggers()).containsExactly(new Trigger(Base.ACTIVE, "1"));
    assertThat(settings.unit()).isEqualTo(name("a.service"));
  }

  @Test
  void aTimerMayElapseByChangesOnly() {
    assertThat(timer("OnTimezoneChange=yes").unit().loadState()).isEqualTo(LoadState.LOADED);
  }

  @Test
  void aTimerThatIsToWakeTheMachineIsLoadedWithAWarning() {
    var made = timer("OnActiveSec=1", "WakeSystem=yes");
    assertThat(made.unit().loadState()).isEqualTo(LoadState.LOADED);
    assertThat(made.problems()).hasSize(1);
    assertThat(timer("OnActiveSec=1", "WakeSystem=no").problems()).isEmpty();
  }

  @Test
  void wrongSpanOfATimerIsLeftOut() {
    var made = timer("OnActiveSec=1", "OnBootSec=soon");
    assertThat(((TimerSettings) made.unit().settings()).triggers()).hasSize(1);
    assertThat(made.problems()).hasSize(1);
  }

  @Test
  void pathIsReadWhole() {
    var made =
        path(
            "PathExists=%t/x",
            "DirectoryNotEmpty=/y",
            "PathChanged=relative",
            "MakeDirectory=yes",
            "DirectoryMode=0700",
            "TriggerLimitBurst=3");
    assertThat(made.unit().settings())
        .isEqualTo(
            new PathSettings(
                List.of(
                    new PathSettings.Watch(PathSettings.WatchKind.EXISTS, "/run/user/1000/x"),
                    new PathSettings.Watch(PathSettings.WatchKind.DIRECTORY_NOT_EMPTY, "/y")),
                name("a.service"),
                true,
                0700,
                new StartLimit(Duration.ofSeconds(2), 3)));
    assertThat(made.problems()).hasSize(1);
    assertThat(path("PathExists=/x", "PathChanged=").unit().loadState())
        .isEqualTo(LoadState.BAD_SETTING);
  }

  @Test
  void scopeHasTimesAndSignals() {
    var made = Made.of("a.scope", "[Scope]\nTimeoutStopSec=5s\nRuntimeMaxSec=1h\nKillMode=mixed\n");
    var scope = (ScopeSettings) made.unit().settings();
    assertThat(scope.timeoutStop()).isEqualTo(Duration.ofSeconds(5));
    assertThat(scope.runtimeMax()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void usersHaveNoMounts() {
    assertThat(Made.of("a.mount", "[Mount]\nWhat=x\n").unit().loadState())
        .isEqualTo(LoadState.BAD_SETTING);
  }
}
