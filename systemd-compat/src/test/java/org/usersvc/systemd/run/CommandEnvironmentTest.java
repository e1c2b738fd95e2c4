package org.usersvc.systemd.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.engine.SocketController.Passed;

/** What a command is given. */
final class CommandEnvironmentTest {
  @TempDir private Path root;
  private RunFixture run;

  @BeforeEach
  void begin() {
    run = new RunFixture(root);
  }

  private @Nullable String value(String name) {
    return run.environment().value(name);
  }

  private List<String> arguments() {
    return run.fakes.processes.spawned().getLast().request().program().arguments();
  }

  @Test
  void theLaterOfTwoSourcesWins() throws IOException {
    run.manager.put("A", "manager");
    run.manager.put("B", "manager");
    run.manager.put("E", "gone");
    Files.writeString(root.resolve("1.env"), "C=\"file one\"\n");
    Files.writeString(root.resolve("2.env"), "D=two\n");
    run.started(
        "Environment=B=unit C=unit D=unit F=unit G=unit",
        "EnvironmentFile=" + root + "/*.env",
        "EnvironmentFile=-/nosuch",
        "UnsetEnvironment=E F=unit G=other",
        "ExecStart=/bin/true");
    assertThat(List.of(value("A"), value("B"), value("C"), value("D"), value("G")))
        .containsExactly("manager", "unit", "file one", "two", "unit");
    assertThat(value("E")).isNull();
    assertThat(value("F")).isNull();
  }

  @Test
  void aLoginsVariablesAreThereAndThoseOfTheRun() {
    run.started("ExecStart=/bin/true");
    assertThat(value("HOME")).isEqualTo(root.toString());
    assertThat(value("LOGNAME")).isEqualTo("larry");
    assertThat(value("SHELL")).isEqualTo("/bin/sh");
    assertThat(value("INVOCATION_ID")).isEqualTo(RunFixture.INVOCATION);
    assertThat(value("MANAGERPID")).isEqualTo("77");
    assertThat(run.environment().variables())
        .doesNotContainKeys("NOTIFY_SOCKET", "LISTEN_FDS", "WATCHDOG_USEC", "JOURNAL_STREAM");
    var request = run.fakes.processes.spawned().getLast().request();
    assertThat(request.confinement().traits().pidNames()).containsExactly("SYSTEMD_EXEC_PID");
    assertThat(request.confinement().limits().umask()).isEqualTo(022);
  }

  @Test
  void argumentsHaveTheVariablesOfTheUnit() {
    run.started("Environment=\"X=a b\"", "ExecStart=@/bin/echo name $X ${X} $$X \"%%\"");
    assertThat(arguments()).containsExactly("name", "a", "b", "a b", "$X", "%");
  }

  @Test
  void aNameIsLookedUpInTheSearchPath() throws IOException {
    Files.createSymbolicLink(root.resolve("mine"), Path.of("/bin/true"));
    run.started("ExecStart=echo");
    assertThat(run.fakes.processes.living()).containsExactly("bin/echo");
    run.started("ExecSearchPath=" + root, "ExecStart=mine");
    assertThat(value("PATH")).isEqualTo(root.toString());
    assertThat(run.fakes.processes.living()).hasSize(2);
  }

  @Test
  void socketsArePassedToTheMainProcessOnly() {
    run.passed.add(new Passed(5000, "std"));
    run.passed.add(new Passed(5001, "ssh"));
    var service = run.started("ExecStart=/bin/sleep 9", "ExecStop=/bin/true");
    assertThat(value("LISTEN_FDS")).isEqualTo("2");
    assertThat(value("LISTEN_FDNAMES")).isEqualTo("std:ssh");
    var request = run.fakes.processes.spawned().getLast().request();
    assertThat(request.confinement().traits().pidNames()).contains("LISTEN_PID");
    assertThat(request.sourceOf(4)).isEqualTo(5001);
    service.stop(false);
    run.turn();
    assertThat(value("LISTEN_FDS")).isNull();
  }

  @Test
  void aStreamThatIsNoSocketFailsTheService() {
    var service = run.started("StandardInput=socket", "ExecStart=/bin/true");
    assertThat(service.lastMain().orElseThrow().status()).contains(ExitStatus.exited(208));
  }

  @Test
  void theSocketThatIsAStreamIsPassedNowhereElse() {
    run.passed.add(new Passed(5000, "connection"));
    run.started("StandardInput=socket", "ExecStart=/bin/cat");
    var request = run.fakes.processes.spawned().getLast().request();
    assertThat(List.of(request.sourceOf(0), request.sourceOf(1))).containsExactly(5000, 5000);
    assertThat(request.sourceOf(3)).isEqualTo(-1);
    assertThat(request.confinement().traits().pidNames()).doesNotContain("LISTEN_PID");
    assertThat(run.environment().variables()).doesNotContainKeys("LISTEN_FDS", "LISTEN_FDNAMES");
  }

  @Test
  void outputGoesToFilesTheLogOrNowhere() {
    run.started(
        "StandardOutput=append:" + root + "/out", "StandardError=inherit", "ExecStart=/bin/true");
    var request = run.fakes.processes.spawned().getLast().request();
    assertThat(run.fakes.processes.spawned().getLast().stdout()).isEqualTo(root + "/out");
    assertThat(request.sourceOf(2)).isEqualTo(request.sourceOf(1));
    run.started("StandardOutput=null", "StandardError=journal", "ExecStart=/bin/echo");
    assertThat(run.fakes.processes.spawned().getLast().stdout()).isEqualTo("/dev/null");
    assertThat(run.fakes.processes.spawned().getLast().request().sourceOf(2)).isEqualTo(6001);
  }

  @Test
  void theInputTextComesThroughAPipe() {
    run.started("StandardInput=data", "StandardInputText=hello", "ExecStart=/bin/cat");
    assertThat(run.fakes.processes.spawned().getLast().stdin()).startsWith("pipe:");
  }
}
