package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Units and jobs go on when the daemon is killed or replaces itself. */
@ExtendWith(TreeExtension.class)
final class UnitSurvivalIT {
  private static final String A = "a.service";
  private static final String RUNNING = "active/running";

  private static void kill(Units units) throws IOException {
    units.daemon().kill();
    units.daemon().awaitEnd();
  }

  private static void killAndStart(Units units) throws IOException {
    kill(units);
    units.start();
  }

  private static void expectSame(Units units, int pid) throws IOException {
    units.expectStates(RUNNING, A);
    assertThat(units.pid(A)).isEqualTo(pid);
    assertThat(units.property(A, "NRestarts")).isEqualTo("0");
  }

  private static void expectStops(Units units, int pid) throws IOException {
    units.systemctl("stop", A).expect(0);
    Proc.awaitGone(pid);
    units.expectStates("inactive/dead", A);
    units.awaitTrace("+a", "-a");
  }

  @Test
  void aServiceGoesOnWhenTheDaemonIsKilled(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a").start();
    units.systemctl("start", A).expect(0);
    int pid = units.pid(A);
    var invocation = units.property(A, "InvocationID");
    var since = units.property(A, "ActiveEnterTimestampMonotonic");
    killAndStart(units);
    expectSame(units, pid);
    assertThat(units.property(A, "InvocationID")).isEqualTo(invocation);
    assertThat(units.property(A, "ActiveEnterTimestampMonotonic")).isEqualTo(since);
    killAndStart(units);
    expectSame(units, pid);
    expectStops(units, pid);
  }

  @Test
  void aServiceGoesOnWhenTheDaemonReplacesItself(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a").start();
    units.systemctl("start", A).expect(0);
    int pid = units.pid(A);
    tree.usersvc("reexec").expect(0);
    expectSame(units, pid);
    tree.usersvc("reexec").expect(0);
    expectSame(units, pid);
    expectStops(units, pid);
  }

  @Test
  void aServiceIsFoundWithoutItsRecord(Tree tree) throws IOException {
    var units = Units.of(tree).steady("a").start();
    units.systemctl("start", A).expect(0);
    int pid = units.pid(A);
    kill(units);
    Files.delete(tree.runtime().resolve("usersvc/state"));
    units.start();
    units.awaitState(A, RUNNING);
    expectSame(units, pid);
    expectStops(units, pid);
  }

  @Test
  void whatEndsMeanwhileIsRestartedIfThatIsItsRule(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service("a", "Restart=always", "RestartSec=10ms", Units.STEADY)
            .service("b", Units.STEADY)
            .start();
    units.systemctl("start", A, "b").expect(0);
    int pid = units.pid(A);
    int other = units.pid("b.service");
    kill(units);
    for (int each : new int[] {pid, other}) {
      Ran.of("kill", "-KILL", "" + each).expect(0);
      Proc.awaitGone(each);
    }
    units.start();
    units.awaitPidAfter(A, pid);
    units.awaitState("b.service", "failed/failed");
  }

  @Test
  void jobsGoOn(Tree tree) throws IOException {
    var units = Units.of(tree).waiting("a").oneshot("b", "Requires=a.service", "After=a.service");
    units.start().systemctl("start", "--no-block", "b").expect(0);
    units.awaitState(A, "activating/start");
    int pid = units.pid(A);
    var jobs = units.systemctl("list-jobs", "--no-legend").expect(0).out();
    assertThat(jobs).contains(A, "b.service");
    killAndStart(units);
    assertThat(units.systemctl("list-jobs", "--no-legend").expect(0).out()).isEqualTo(jobs);
    assertThat(units.pid(A)).isEqualTo(pid);
    tree.usersvc("reexec").expect(0);
    assertThat(units.systemctl("list-jobs", "--no-legend").expect(0).out()).isEqualTo(jobs);
    units.go().awaitTrace("a", "b");
    units.awaitState(A, "inactive/dead");
  }

  @Test
  void itsExitStatusIsKnownAfterwards(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "ExecStart=sh -c 'trap \"exit 7\" TERM; echo up >> TRACE; while :; do sleep 0.02;"
                    + " done'")
            .start();
    units.systemctl("start", A).expect(0);
    units.awaitTrace("up");
    tree.usersvc("reexec").expect(0);
    units.systemctl("stop", A).expect(0);
    units.expectStates("failed/failed", A);
    assertThat(units.property(A, "ExecMainStatus")).isEqualTo("7");
  }

  @Test
  void aServiceThatIsNotReadyYetTellsTheNextDaemon(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "a",
                "Type=notify",
                "NotifyAccess=all",
                "ExecStart=sh -c 'until test -e %h/go; do sleep 0.02; done;"
                    + " systemd-notify --ready; exec sleep 1000'")
            .start();
    units.systemctl("start", "--no-block", A).expect(0);
    units.awaitState(A, "activating/start");
    killAndStart(units);
    units.expectStates("activating/start", A);
    units.go().awaitState(A, RUNNING);
  }

  @Test
  void aTransientServiceGoesOn(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    units.run("systemd-run", "--user", "--unit=a", "sleep", "1000").expect(0);
    int pid = units.pid(A);
    killAndStart(units);
    expectSame(units, pid);
    assertThat(units.property(A, "Transient")).isEqualTo("yes");
    units.systemctl("stop", A).expect(0);
    Proc.awaitGone(pid);
  }

  /** The keeper has the socket, and the service is given the very same. */
  @Test
  void connectionsWaitWhileNoDaemonLives(Tree tree) throws IOException {
    var serve = "import socket; c, _ = socket.socket(fileno=3).accept(); c.send(b\"served\")";
    var units =
        Units.of(tree)
            .unit("a.socket", "[Socket]", "ListenStream=%t/a.sock")
            .service("a", "ExecStart=python3 -c '" + serve + "'")
            .start();
    units.systemctl("start", "a.socket").expect(0);
    var keeper = tree.runtime().resolve("usersvc/keeper");
    Await.until("the keeper", () -> Files.size(keeper) > 0);
    killAndStart(units);
    units.expectStates("active/listening", "a.socket");
    kill(units);
    var talk =
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('%s'); print('waits',"
            + " flush=True); print(s.makefile().read())";
    var path = tree.runtime().resolve("a.sock");
    var client = units.begin("python3", "-c", talk.formatted(path));
    client.awaitOutput("^waits$");
    units.start();
    client.awaitOutput("^served$");
    units.awaitState("a.socket", "active/listening");
    units.systemctl("stop", "a.socket").expect(0);
    var refused = units.begin("python3", "-c", talk.formatted(path));
    refused.awaitOutput("ConnectionRefusedError");
  }
}
