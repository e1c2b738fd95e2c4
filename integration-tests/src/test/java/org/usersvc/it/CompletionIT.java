package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shells complete, in the real shells. */
@ExtendWith(TreeExtension.class)
final class CompletionIT {
  /** Types text into the shell that its arguments name, and waits for what it has to show then. */
  private static final String TYPIST =
      """
      import os, pty, sys, time, select
      pid, fd = pty.fork()
      if pid == 0: os.execvp(sys.argv[1], sys.argv[1].split() + sys.argv[3:])
      def show(text, wanted):
        seen, end = b'', time.time() + 30
        os.write(fd, text)
        while wanted not in seen:
          if not select.select([fd], [], [], end - time.time())[0]: sys.exit(repr((text, seen)))
          seen += os.read(fd, 65536)
      show(sys.argv[2].encode() + b'; echo rea""dy\\n', b'ready\\r')
      show(b'usersvc sta', b'sta')
      show(b'tu\\t', b's')
      show(b' --ch\\t', b'eck')
      show(b' we\\t', b'b')
      show(b'\\n', b'NOTES')
      show(b'usersvc up we\\t\\n', b'ok: run: web')
      os.write(fd, b'exit\\n')
      """;

  private static Path share() {
    return Path.of(Programs.image("usersvc")).resolveSibling("../share").normalize();
  }

  private static List<String> offered(Tree tree, String... words) throws IOException {
    var all = new ArrayList<>(List.of("--complete"));
    all.addAll(List.of(words));
    return tree.usersvc(all.toArray(String[]::new))
        .expect(0)
        .out()
        .lines()
        .map(line -> line.replaceFirst("\t.*", ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bash|source @/bash-completion/completions/usersvc|--norc|-i",
        "zsh|fpath=(@/zsh/site-functions $fpath); autoload -U compinit; compinit -u -D|-f|-i",
        "fish|source @/fish/vendor_completions.d/usersvc.fish|--no-config|-i"
      })
  void eachShellCompletesVerbsOptionsAndServices(
      String shell, String begin, String first, String second, Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.service("db").steady();
    tree.start();
    Programs.system(shell);
    String typed = begin.replace("@", share().toString());
    String path = Path.of(Programs.image("usersvc")).resolveSibling("").toString();
    tree.run(
            "env",
            "TERM=xterm",
            "PATH=" + path + ":" + Programs.PATH,
            "python3",
            "-c",
            TYPIST,
            shell,
            typed,
            first,
            second)
        .expect(0);
    assertThat(web.awaitUp()).isPositive();
  }

  @Test
  void servicesAreOfferedByTheirState(Tree tree) throws IOException {
    tree.service("idle").steady().file("down", "");
    tree.service("busy").steady().file("down", "");
    tree.shell("mkdir -p .config/sv/own; touch .config/sv/own/run .config/sv/other").expect(0);
    tree.start();
    tree.usersvc("up", "busy").expect(0);
    assertThat(offered(tree, "up", "")).containsExactly("idle");
    assertThat(offered(tree, "down", "")).containsExactly("busy");
    assertThat(offered(tree, "-w", "3", "status", "")).containsExactlyInAnyOrder("idle", "busy");
    assertThat(offered(tree, "enable", "o")).containsExactly("own");
    tree.usersvc("enable", "own").expect(0);
    assertThat(offered(tree, "enable", "o")).isEmpty();
    assertThat(offered(tree, "disable", "")).containsExactly("own");
    tree.usersvc(
            "session", "register", "A=b", "--leader", Long.toString(ProcessHandle.current().pid()))
        .expect(0);
    assertThat(offered(tree, "session", "show", "")).hasSize(1);
    assertThat(offered(tree, "session", "reg")).containsExactly("register");
    assertThat(offered(tree, "kill", "-s", "W")).containsExactly("WINCH");
    assertThat(offered(tree, "tree", "--d")).containsExactly("--dot");
    assertThat(offered(tree, "switch", "")).containsExactly(":directories");
  }

  @Test
  void withoutADaemonTheWordsAreOffered(Tree tree) throws IOException {
    assertThat(offered(tree, "is-f")).containsExactly("is-failed");
    assertThat(offered(tree, "up", "")).isEmpty();
  }
}
