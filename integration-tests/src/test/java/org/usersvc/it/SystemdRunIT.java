package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real systemd-run and systemd-notify: units that are made by a request. */
@ExtendWith(TreeExtension.class)
final class SystemdRunIT {
  private static String[] words(String... words) {
    var all = new ArrayList<>(List.of("systemd-run", "--user"));
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }

  private static Ran run(Units units, String... words) throws IOException {
    return units.run(words(words));
  }

  @Test
  void aServiceRunsAndIsForgotten(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    assertThat(run(units, "--unit=job", "sleep", "1000").expect(0).err())
        .isEqualTo("Running as unit: job.service\n");
    units.expectStates("active/running", "job.service");
    assertThat(units.property("job.service", "Transient")).isEqualTo("yes");
    assertThat(run(units, "--unit=job", "true").expect(1).err())
        .contains("Unit job.service was already loaded or has a fragment file.");
    units.systemctl("stop", "job").expect(0);
    units.awaitProperty("job.service", "LoadState", "not-found");
    assertThat(run(units, "true").expect(0).err()).containsPattern("run-.*\\.service");
  }

  @Test
  void aFailureStaysUntilItIsResetOrCollected(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    run(units, "--unit=kept", "false").expect(0);
    units.awaitState("kept.service", "failed/failed");
    run(units, "--unit=kept", "true").expect(1);
    units.systemctl("reset-failed", "kept").expect(0);
    run(units, "--unit=kept", "sleep", "1000").expect(0);
    run(units, "--collect", "--unit=lost", "false").expect(0);
    units.awaitProperty("lost.service", "LoadState", "not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|0|Finished with result: success",
        "exit 3|3|code=exited/status=3",
        "kill -9 $$$$|255|code=killed/status=KILL"
      })
  void waitGivesTheExitStatus(String command, int status, String text, Tree tree)
      throws IOException {
    var units = Units.of(tree).startOnBus();
    assertThat(run(units, "--wait", "--unit=job", "sh", "-c", command).expect(status).err())
        .contains("Running as unit: job.service", text);
  }

  @Test
  void pipePassesTheStandardStreams(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    var ran =
        units.run(
            "sh",
            "-c",
            "echo hello | systemd-run --user --quiet --wait --pipe sh -c 'cat; echo bad >&2'");
    assertThat(ran.expect(0).out()).isEqualTo("hello\n");
    assertThat(ran.err()).isEqualTo("bad\n");
  }

  @Test
  void propertiesMeanWhatTheyMeanInFiles(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    String[] settings = {
      "--quiet",
      "--wait",
      "--pipe",
      "--nice=3",
      "--setenv=B=2",
      "--property=Environment=A=1",
      "--property=WorkingDirectory=/tmp",
      "--property=UMask=0027",
      "--property=LimitNOFILE=777",
      "--property=MemoryMax=100M",
      "sh",
      "-c",
      "echo $A $B $(pwd) $(umask) $(ulimit -n) $(nice)"
    };
    int nice = Integer.parseInt(units.run("nice").expect(0).out().strip());
    assertThat(run(units, settings).expect(0).out())
        .startsWith("1 2 /tmp 0027 777 ")
        .doesNotEndWith(" " + nice + "\n");
    assertThat(run(units, "--wait", "--property=RuntimeMaxSec=200ms", "sleep", "1000").err())
        .contains("Finished with result: timeout");
    assertThat(run(units, "--wait", "--property=ExecStartPre=/bin/false", "true").expect(1).err())
        .contains("failed because the control process exited with error code");
  }

  @Test
  void remainAfterExitAndSlices(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    run(units, "--remain-after-exit", "--slice=my.slice", "--unit=job", "true").expect(0);
    units.awaitState("job.service", "active/exited");
    assertThat(units.property("job.service", "Slice")).isEqualTo("my.slice");
    units.expectStates("active/active", "my.slice");
    units.systemctl("stop", "job").expect(0);
  }

  @Test
  void aScopeHoldsTheProgramItself(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    var ran =
        run(
            units,
            "--scope",
            "--unit=mine",
            "sh",
            "-c",
            "systemctl --user is-active mine.scope; exit 5");
    assertThat(ran.expect(5).out()).isEqualTo("active\n");
    assertThat(ran.err()).contains("Running scope as unit: mine.scope");
    units.awaitProperty("mine.scope", "LoadState", "not-found");
  }

  @Test
  void stoppingAScopeEndsItsProcesses(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    var program = units.begin(words("--scope", "--unit=mine", "sh", "-c", "sleep 1000 & wait"));
    units.awaitState("mine.scope", "active/running");
    units.systemctl("stop", "mine.scope").expect(0);
    assertThat(program.awaitEnd()).isEqualTo(143);
    units.awaitProperty("mine.scope", "LoadState", "not-found");
  }

  @Test
  void aTimerStartsItsServiceLater(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    var file = tree.root().resolve("touched");
    assertThat(run(units, "--on-active=200ms", "--unit=later", "touch", file.toString()).err())
        .contains("Running timer as unit: later.timer", "Will run service as unit: later.service");
    Await.until("the file", () -> Files.exists(file));
    units.awaitProperty("later.timer", "LoadState", "not-found");
    units.awaitProperty("later.service", "LoadState", "not-found");
  }

  @Test
  void aPathUnitStartsItsServiceWhenAFileComes(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    var file = tree.root().resolve("asked");
    var done = tree.root().resolve("done");
    String command = "rm " + file + " && touch " + done;
    assertThat(
            run(units, "--path-property=PathExists=" + file, "sh", "-c", command).expect(0).err())
        .containsPattern("Running path as unit: run-.*\\.path");
    assertThat(done).doesNotExist();
    Files.createFile(file);
    Await.until("the file", () -> Files.exists(done));
  }

  @Test
  void aSocketIsPassedToItsServiceAtTheFirstConnection(Tree tree) throws IOException {
    var units = Units.of(tree).start();
    var socket = tree.root().resolve("socket");
    var done = tree.root().resolve("done");
    String command = "echo $LISTEN_FDS > " + done + "; exec sleep 1000";
    var words =
        List.of("--socket-property=ListenStream=" + socket, "--unit=met", "sh", "-c", command);
    assertThat(run(units, words.toArray(String[]::new)).expect(0).err())
        .contains("Running socket as unit: met.socket", "Will run service as unit: met.service");
    units.expectStates("active/listening", "met.socket");
    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
    Await.until("the number", () -> Files.exists(done) && Files.readString(done).equals("1\n"));
    units.systemctl("stop", "met.socket", "met.service").expect(0);
    units.awaitProperty("met.socket", "LoadState", "not-found");
    assertThat(socket).exists();
  }

  @Test
  void aTerminalIsPassedAsTheStandardStreams(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    run(units, "--quiet", "--pty", "test", "-t", "0").expect(0);
  }

  @Test
  void aProgramKnowsTheScopeThatItIsIn(Tree tree) throws IOException {
    var units = Units.of(tree).startOnBus();
    String[] self = {
      "busctl",
      "--user",
      "get-property",
      Units.NAME,
      "/org/freedesktop/systemd1/unit/self",
      "org.freedesktop.systemd1.Unit",
      "Id"
    };
    assertThat(units.run(self).expect(1).err()).contains("no object");
    var words = new ArrayList<>(List.of("--scope", "--quiet", "--unit=outer", "systemd-run"));
    words.addAll(List.of("--user", "--scope", "--quiet", "--unit=inner"));
    words.addAll(Arrays.asList(self));
    assertThat(run(units, words.toArray(String[]::new)).expect(0).out())
        .isEqualTo("s \"inner.scope\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--unit=x.target true|Unit type",
        "--property=Type=nonsense true|Failed to ",
        "/nonexistent/program|Failed to find executable"
      })
  void aWrongRequestIsRefused(String words, String text, Tree tree) throws IOException {
    var units = Units.of(tree).start();
    assertThat(run(units, words.split(" ", -1)).expect(1).err()).contains(text);
    assertThat(units.systemctl("list-units", "--no-legend", "run-[ru]*", "x*").out()).isEmpty();
  }

  @Test
  void systemdNotifyTellsItsService(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "told",
                "Type=notify",
                "NotifyAccess=all",
                "ExecStart=sh -c 'until test -e %h/go; do sleep 0.02; done;"
                    + " systemd-notify --ready --status=\"all is well\"; exec sleep 1000'")
            .start();
    units.systemctl("start", "--no-block", "told").expect(0);
    units.awaitState("told.service", "activating/start");
    units.go();
    units.awaitState("told.service", "active/running");
    assertThat(units.property("told.service", "StatusText")).isEqualTo("all is well");
    assertThat(units.systemctl("status", "told").expect(0).out())
        .contains("Status: \"all is well\"");
  }

  @Test
  void systemdNotifyNamesTheMainProcess(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .service(
                "moved",
                "Type=notify",
                "NotifyAccess=all",
                "ExecStart=sh -c 'sleep 1000 & echo $! > %h/pid;"
                    + " systemd-notify --ready --pid=$!; wait'")
            .start();
    units.systemctl("start", "moved").expect(0);
    var wanted = Files.readString(tree.root().resolve("pid")).strip();
    units.awaitProperty("moved.service", "MainPID", wanted);
  }
}
