package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of unit files: how they start, run, fail, are restarted and stop. */
@Order(8)
@ExtendWith(TreeExtension.class)
final class UnitServicesIT {
  private static final String A = "a.service";
  private static final String FAILED = "failed/failed";
  private static final String GONE = "inactive/dead";

  private static void awaitNobody(Tree tree, String words) throws IOException {
    Await.until(
        "nobody to run " + words,
        () -> {
          for (long pid : Proc.withHome(tree.root())) {
            if (Proc.commandLine(pid).contains(words)) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void aOneshotIsInactiveAfterwardsUnlessItRemains(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .oneshot("a")
            .service("b", "Type=oneshot", "RemainAfterExit=yes", "ExecStart=true")
            .start();
    units.systemctl("start", "a", "b").expect(0);
    units.expectStates(GONE, A);
    units.expectStates("active/exited", "b.service");
    units.systemctl("start", "a", "b").expect(0);
    units.awaitTrace("a", "a");
  }

  @Test
  void aOneshotRunsItsCommandsInOrderUpToTheFirstFailure(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=oneshot",
                "ExecStart=sh -c 'echo 1 >> TRACE'",
                "ExecStart=-false",
                "ExecStart=sh -c 'echo 2 >> TRACE; exit 7'",
                "ExecStart=sh -c 'echo 3 >> TRACE'",
                "ExecStopPost=sh -c 'echo $SERVICE_RESULT $EXIT_CODE $EXIT_STATUS >> TRACE'")
            .start();
    units.systemctl("start", "a").expect(1);
    units.awaitTrace("1", "2", "exit-code exited 7");
    assertThat(units.property(A, "ExecMainStatus")).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({"simple,0", "exec,1"})
  void onlyExecWaitsForTheProgram(String type, int status, Tree tree) throws IOException {
    var units = Units.of(tree).service("a", "Type=" + type, "ExecStart=/nonexistent/program");
    units.start().systemctl("start", "a").expect(status);
    units.awaitState(A, FAILED);
    assertThat(units.property(A, "ExecMainStatus")).isEqualTo("203");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sh -c 'exit 0'|protocol",
        "sh -c 'exit 4'|exit-code",
        "sleep 1000|timeout",
        "sh -c 'kill -9 $$$$'|signal"
      })
  void aNotifyServiceThatIsNeverReadyFails(String command, String result, Tree tree)
      throws IOException {
    var units =
        Units.of(tree).service("a", "Type=notify", "TimeoutStartSec=300ms", "ExecStart=" + command);
    units.start().systemctl("start", "a").expect(1);
    units.expectStates(FAILED, A);
    assertThat(units.property(A, "Result")).isEqualTo(result);
  }

  @Test
  void aForkingServiceIsUpWhenItsFirstProcessEnds(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "Type=forking", "ExecStart=sh -c 'sleep 1000 & exit 0'")
            .service(
                "b",
                "Type=forking",
                "PIDFile=%t/b.pid",
                "ExecStart=sh -c 'sleep 1000 & sleep 2000 & echo $! > %t/b.pid; exit 0'")
            .service("c", "Type=forking", "ExecStart=false")
            .start();
    units.systemctl("start", "a", "b").expect(0);
    assertThat(Proc.commandLine(units.pid(A))).contains("sleep").contains("1000");
    assertThat(Proc.commandLine(units.pid("b.service"))).contains("sleep").contains("2000");
    units.systemctl("start", "c").expect(1);
    units.kill(A, "KILL");
    units.awaitState(A, FAILED);
    units.systemctl("stop", "b").expect(0);
  }

  @Test
  void aServiceOfABusNameIsUpWhenItHasTheName(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "BusName=org.example.A",
                "ExecStart=busctl --user monitor", // has no name for good
                "TimeoutStartSec=300ms")
            .service(
                "b", "Type=dbus", "BusName=org.example.B", "ExecStart=sh -c 'sleep 0.1; exit 0'")
            .service("c", "Type=dbus", "ExecStart=sleep 1000")
            .startOnBus();
    units.systemctl("start", "a").expect(1);
    assertThat(units.property(A, "Type")).isEqualTo("dbus");
    assertThat(units.property(A, "Result")).isEqualTo("timeout");
    units.systemctl("start", "b").expect(0);
    units.expectStates(GONE, "b.service");
    assertThat(units.systemctl("start", "c").expect(1).err()).contains("bad unit file setting");
  }

  @ParameterizedTest
  @CsvSource({"1,0,success,inactive", "255,1,exit-code,failed", "0,0,success,active"})
  void anExecConditionDecides(int exit, int status, String result, String state, Tree tree)
      throws IOException {
    var units =
        Units.of(tree)
            .service("a", "ExecCondition=sh -c 'exit " + exit + "'", Units.STEADY)
            .start();
    units.systemctl("start", "a").expect(status);
    assertThat(units.property(A, "ActiveState")).isEqualTo(state);
    if (exit != 1) {
      assertThat(units.property(A, "Result")).isEqualTo(result);
    }
  }

  @Test
  void theCommandsAroundTheMainOneRunInOrder(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "ExecStartPre=sh -c 'echo pre >> TRACE'",
                Units.STEADY,
                "ExecStartPost=sh -c 'echo post $MAINPID >> TRACE'",
                "ExecStop=sh -c 'echo stop $MAINPID >> TRACE'",
                "ExecStopPost=sh -c 'echo $SERVICE_RESULT >> TRACE'")
            .service("b", "ExecStartPre=false", Units.STEADY, "ExecStop=sh -c 'echo b >> TRACE'")
            .start();
    units.systemctl("start", "b").expect(1);
    units.systemctl("start", "a").expect(0);
    int pid = units.pid(A);
    units.systemctl("stop", "a").expect(0);
    units.awaitTrace("pre", "post " + pid, "stop " + pid, "success");
  }

  @Test
  void restartsEndAtTheStartLimit(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .unit(
                A,
                "[Unit]",
                "StartLimitIntervalSec=100",
                "StartLimitBurst=3",
                "[Service]",
                "Restart=on-failure",
                "RestartSec=20ms",
                "ExecStart=sh -c 'echo x >> TRACE; exit 1'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitTrace("x", "x", "x");
    units.awaitState(A, FAILED);
    assertThat(units.property(A, "NRestarts")).isEqualTo("3");
    units.systemctl("start", "a").expect(1);
    units.awaitTrace("x", "x", "x");
    units.systemctl("reset-failed", "a").expect(0);
    units.systemctl("start", "a").expect(0);
    units.systemctl("stop", "a").expect(0);
  }

  @ParameterizedTest
  @CsvSource({
    "on-failure,TERM,false",
    "on-failure,KILL,true",
    "always,TERM,true",
    "no,KILL,false",
    "on-abort,KILL,true",
    "on-success,TERM,true"
  })
  void restartDependsOnTheEnd(String rule, String signal, boolean again, Tree tree)
      throws IOException {
    var units =
        Units.of(tree).service("a", "Restart=" + rule, "RestartSec=20ms", Units.STEADY).start();
    units.systemctl("start", "a").expect(0);
    int pid = units.pid(A);
    units.kill(A, signal);
    if (again) {
      units.awaitPidAfter(A, pid);
    } else {
      units.awaitState(A, signal.equals("KILL") ? FAILED : GONE);
    }
    units.systemctl("stop", "a").expect(0);
    assertThat(units.property(A, "MainPID")).isEqualTo("0");
  }

  @Test
  void aStopEndsTheWaitForARestart(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "Restart=always", "RestartSec=1000", "ExecStart=sh -c 'exit 1'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitState(A, "activating/auto-restart");
    units.systemctl("stop", "a").expect(0);
    assertThat(units.property(A, "ActiveState")).isNotEqualTo("activating");
    units.systemctl("start", "a").expect(0);
    units.awaitState(A, "activating/auto-restart");
    units.systemctl("restart", "a").expect(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"SuccessExitStatus=7|7|inactive", "SuccessExitStatus=KILL|9|inactive", "|7|failed"})
  void whatCountsAsSuccessCanBeTold(@Nullable String line, int end, String state, Tree tree)
      throws IOException {
    var command = end == 9 ? "kill -9 $$$$" : "exit " + end;
    var units =
        Units.of(tree)
            .service("a", line == null ? "Nice=0" : line, "ExecStart=sh -c '" + command + "'");
    units.start().systemctl("start", "a").expect(0);
    units.awaitState(A, state);
  }

  @Test
  void whatDoesNotStopIsKilled(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=notify",
                "NotifyAccess=all",
                "TimeoutStopSec=200ms",
                "ExecStart=sh -c 'trap \"\" TERM; systemd-notify --ready;"
                    + " while :; do sleep 1; done'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("stop", "a").expect(0);
    units.expectStates(FAILED, A);
    assertThat(units.property(A, "Result")).isEqualTo("timeout");
  }

  @ParameterizedTest
  @CsvSource({"control-group,false", "mixed,false", "process,true", "none,true"})
  void theKillModeDecidesWhoIsStopped(String mode, boolean left, Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=notify",
                "NotifyAccess=all",
                "KillMode=" + mode,
                "ExecStart=sh -c 'setsid sleep 1234 & systemd-notify --ready; sleep 4321'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("stop", "a").expect(0);
    units.awaitState(A, GONE);
    if (left) {
      var pids = Proc.withHome(tree.root());
      assertThat(pids).anyMatch(pid -> Proc.commandLine(pid).contains("1234"));
      for (long pid : pids) {
        if (Proc.commandLine(pid).contains("sleep")) {
          Ran.of("kill", "" + pid);
        }
      }
    } else {
      awaitNobody(tree, "1234");
    }
  }

  @Test
  void whatADeadMainProcessLeavesIsKilled(Tree tree) throws IOException {
    var units = Units.of(tree).service("a", "ExecStart=sh -c 'sleep 1234 & exit 0'").start();
    units.systemctl("start", "a").expect(0);
    units.awaitState(A, GONE);
    awaitNobody(tree, "1234");
  }

  @Test
  void directoriesAreMadeAndRemoved(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "RuntimeDirectory=one two/three",
                "RuntimeDirectoryMode=0700",
                "StateDirectory=state",
                "ExecStartPre=sh -c 'echo $RUNTIME_DIRECTORY >> TRACE'",
                "ExecStartPre=sh -c 'stat -c %%a %t/one >> TRACE'",
                Units.STEADY)
            .start();
    units.systemctl("start", "a").expect(0);
    var run = tree.runtime().toString();
    units.awaitTrace(run + "/one:" + run + "/two/three", "700");
    assertThat(tree.root().resolve(".local/state/state")).isDirectory();
    units.systemctl("stop", "a").expect(0);
    assertThat(tree.runtime().resolve("one")).doesNotExist();
    assertThat(tree.root().resolve(".local/state/state")).isDirectory();
  }

  @Test
  void theEnvironmentIsWhatTheFileSays(Tree tree) throws IOException {
    Files.writeString(
        tree.root().resolve("vars"), "# note\nB=from file\nC='quo ted'\nD=\"a\\\"b\"\n");
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=oneshot",
                "Environment=A=1 \"B=two words\" X=3 U=gone",
                "EnvironmentFile=%h/vars",
                "EnvironmentFile=-/nonexistent",
                "UnsetEnvironment=U",
                "ExecStart=sh -c 'echo \"$$A/$$B/$$C/$$D/$${U-none}\" >> TRACE'",
                "ExecStart=sh -c 'echo \"$@\" >> TRACE' x $B ${B} $NONE end %% $$X ${X}y",
                "ExecStart=sh -c 'echo $${#INVOCATION_ID} $${MANAGERPID:+pid} >> TRACE'")
            .service("b", "EnvironmentFile=/nonexistent", Units.STEADY)
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitTrace("1/from file/quo ted/a\"b/none", "from file from file end % $X 3y", "32 pid");
    units.systemctl("start", "b").expect(1);
  }

  @Test
  void theProcessIsSetUpAsTold(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=oneshot",
                "UMask=0027",
                "LimitNOFILE=777",
                "WorkingDirectory=/tmp",
                "ExecStart=sh -c 'echo $(umask) $(ulimit -n) $(pwd) >> TRACE'")
            .service("b", "Type=oneshot", "ExecStart=sh -c 'pwd >> TRACE'")
            .service("c", "Type=oneshot", "WorkingDirectory=/nonexistent", "ExecStart=true")
            .service("d", "Type=oneshot", "WorkingDirectory=-/nonexistent", "ExecStart=true")
            .start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("start", "b").expect(0);
    units.awaitTrace("0027 777 /tmp", tree.root().toString());
    units.systemctl("start", "c").expect(1);
    assertThat(units.property("c.service", "ExecMainStatus")).isEqualTo("200");
    units.systemctl("start", "d").expect(0);
  }

  @Test
  void outputGoesWhereTheFileSays(Tree tree) throws IOException {
    Files.writeString(tree.root().resolve("input"), "typed\n");
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=oneshot",
                "StandardInput=file:%h/input",
                "StandardOutput=file:%h/out",
                "StandardError=append:%h/err",
                "ExecStart=sh -c 'cat; echo bad >&2'")
            .service("b", "Type=oneshot", "StandardOutput=null", "ExecStart=echo nothing")
            .start();
    units.systemctl("start", "a", "b").expect(0);
    units.systemctl("start", "a").expect(0);
    assertThat(tree.root().resolve("out")).hasContent("typed\n");
    assertThat(tree.root().resolve("err")).hasContent("bad\nbad\n");
  }

  @Test
  void outputIsInTheLog(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "ExecStart=sh -c 'echo one; echo two >&2; exec sleep 1000'")
            .start();
    units.systemctl("start", "a").expect(0);
    var log =
        Await.answer(
            "both lines",
            () -> tree.usersvc("log", A).out(),
            text -> text.contains("one") && text.contains("two"));
    assertThat(log.indexOf("one")).isLessThan(log.indexOf("two"));
  }

  @Test
  void aLifeCanHaveALimit(Tree tree) throws IOException {
    var units = Units.of(tree).service("a", "RuntimeMaxSec=100ms", Units.STEADY).start();
    units.systemctl("start", "a").expect(0);
    units.awaitState(A, FAILED);
    assertThat(units.property(A, "Result")).isEqualTo("timeout");
  }

  @Test
  void whoMissesTheWatchdogIsEnded(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=notify",
                "NotifyAccess=all",
                "WatchdogSec=2",
                "ExecStart=sh -c 'echo $WATCHDOG_USEC >> TRACE; systemd-notify --ready;"
                    + " until test -e %h/go; do systemd-notify WATCHDOG=1; sleep 0.3; done;"
                    + " sleep 1000'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitTrace("2000000");
    units.expectStates("active/running", A);
    units.go().awaitState(A, FAILED);
    assertThat(units.property(A, "Result")).isEqualTo("watchdog");
  }

  @Test
  void theKillSignalIsWhatTheFileSays(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=notify",
                "NotifyAccess=all",
                "KillSignal=SIGUSR1",
                "ExecStart=sh -c 'trap \"echo usr1 >> TRACE; exit 0\" USR1;"
                    + " systemd-notify --ready; while :; do sleep 0.02; done'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.systemctl("stop", "a").expect(0);
    units.awaitTrace("usr1");
    units.expectStates(GONE, A);
  }

  @Test
  void aServiceThatRemainsRunsExecStopWhenItIsStopped(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a", "RemainAfterExit=yes", "ExecStart=true", "ExecStop=sh -c 'echo x >> TRACE'")
            .start();
    units.systemctl("start", "a").expect(0);
    units.awaitState(A, "active/exited");
    units.systemctl("stop", "a").expect(0);
    units.awaitTrace("x");
  }

  @Test
  void aSocketStartsItsService(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .unit("a.socket", "[Socket]", "ListenStream=%t/a.sock", "SocketMode=0600")
            .service(
                "a", "ExecStart=sh -c 'echo $LISTEN_FDS $LISTEN_FDNAMES >> TRACE; exec sleep 1000'")
            .start();
    units.systemctl("start", "a.socket").expect(0);
    units.expectStates("active/listening", "a.socket");
    units.expectStates(GONE, A);
    var path = tree.runtime().resolve("a.sock").toString();
    var connect =
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('" + path + "'); print('ok')";
    assertThat(Ran.of("python3", "-c", connect).expect(0).out()).isEqualTo("ok\n");
    units.awaitState(A, "active/running");
    units.expectStates("active/running", "a.socket");
    units.awaitTrace("1 a.socket");
    assertThat(units.systemctl("list-sockets", "--no-legend").expect(0).out())
        .containsPattern(path + " +a\\.socket +a\\.service");
    units.systemctl("stop", "a.socket").expect(0);
    units.expectStates("active/running", A);
  }

  @Test
  void whoConnectsManyTimesGetsAnInstanceEach(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .unit("e.socket", "[Socket]", "ListenStream=%t/e.sock", "Accept=yes")
            .service("e@", "StandardInput=socket", "ExecStart=sh -c 'read x; echo got $x'")
            .start();
    units.systemctl("start", "e.socket").expect(0);
    var path = tree.runtime().resolve("e.sock");
    var talk =
        "import socket\nfor i in '12':\n  s = socket.socket(socket.AF_UNIX); s.connect('"
            + path
            + "')\n  s.send((i + '\\n').encode()); print(s.makefile().read().strip())";
    assertThat(Ran.of("python3", "-c", talk).expect(0).out()).isEqualTo("got 1\ngot 2\n");
    assertThat(units.property("e.socket", "NAccepted")).isEqualTo("2");
  }
}
