package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.client.FakeDaemon.answer;
import static org.usersvc.client.FakeDaemon.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.client.command.VerbLines;

final class LauncherIT extends ClientScenarios {
  private static Installation installation;

  @BeforeAll
  static void install(@TempDir Path root) throws IOException {
    installation = Installation.ofLauncher(root);
  }

  @Override
  Installation installation() {
    return installation;
  }

  /** A launcher with this script for its Java client. */
  private Path besides(Path root, String script) throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(installation.bin().resolve("usersvc"), bin.resolve("usersvc"));
    Files.createSymbolicLink(bin.resolve("svc"), Path.of("usersvc"));
    if (!script.isEmpty()) {
      Installation.script(root.resolve("lib/usersvc/usersvc-java"), script);
    }
    return bin;
  }

  @Test
  void everyVerbIsServedWithoutJava(@TempDir Path root) throws Exception {
    Path bin = besides(root, "exit 77");
    try (var daemon = daemon(answer("= 5\n"))) {
      for (String line : VerbLines.one()) {
        assertThat(run(bin + "/usersvc " + line).exit()).as(line).isEqualTo(5);
        assertThat(daemon.request()).contains("\"" + line.replaceFirst(" .*", "") + "\"");
      }
    }
    assertThat(run(bin + "/usersvc --help").exit()).isEqualTo(77);
  }

  @Test
  void aValueMayFollowItsLetterWithoutJava(@TempDir Path root) throws Exception {
    Path bin = besides(root, "exit 77");
    try (var daemon = daemon(answer("= 5\n"))) {
      for (String wait : List.of("-w20", "-w=20", "-w 20")) {
        assertThat(run(bin + "/usersvc up foo " + wait).exit()).as(wait).isEqualTo(5);
        assertThat(daemon.request()).contains("\"wait_ms\":20000");
      }
    }
    assertThat(run(bin + "/usersvc up foo -wx").exit()).isEqualTo(77);
  }

  @Test
  void handsOverItsNameAndItsArguments(@TempDir Path root) throws Exception {
    Path bin = besides(root, "printf '<%s>' \"$@\"");
    assertThat(run(bin + "/usersvc frob '' 'a b'").out()).isEqualTo("<--as=usersvc><frob><><a b>");
    assertThat(run(bin + "/svc -z --as=x").out()).isEqualTo("<--as=svc><-z><--as=x>");
  }

  @Test
  void missingJavaClientIsNamed(@TempDir Path root) throws Exception {
    Path bin = besides(root, "");
    Result result = run(bin + "/usersvc --help");
    assertThat(result.exit()).isEqualTo(111);
    assertThat(result.err()).startsWith("usersvc: cannot run /").contains("usersvc-java: ");
  }

  @Test
  void becomesTheDaemonThatLiesBesideIt(@TempDir Path root) throws Exception {
    Path bin = besides(root, "exit 77");
    Installation.script(bin.resolve("usersvcd"), "echo $$ $DBUS_SESSION_BUS_ADDRESS");
    Path other = root.resolve("other");
    Installation.script(other.resolve("usersvcd"), "echo the other one");
    Process process =
        start(
            "DBUS_STARTER_ADDRESS=unix:path=/b PATH="
                + other
                + " exec "
                + bin
                + "/usersvc activate");
    assertThat(new String(process.getInputStream().readAllBytes(), ISO_8859_1))
        .isEqualTo(process.pid() + " unix:path=/b\n");
    assertThat(process.waitFor()).isZero();
  }

  /** What it says has no end. */
  @Tag("root")
  @Test
  void anotherUsersSocketIsNotWaitedForWithoutEnd() throws Exception {
    FakeDaemon.Play endless =
        client -> {
          while (client.isOpen()) {
            send(client, "1 x\n");
          }
        };
    try (var _ = daemon(endless)) {
      Files.setAttribute(socket(), "unix:uid", 65_534);
      String problem = "another user's usersvcd does not end its answer; ask as that user";
      assertThat(run("usersvc list > /dev/null"))
          .isEqualTo(new Result(111, "", "usersvc: " + problem + "\n"));
    }
  }

  /** No JVM starts there. */
  @Test
  void missingWorkingDirectoryIsNamed() throws Exception {
    assertThat(run("mkdir gone && cd gone && rmdir ../gone && svstat ./a"))
        .isEqualTo(new Result(111, "", "svstat: the working directory is gone\n"));
  }
}
