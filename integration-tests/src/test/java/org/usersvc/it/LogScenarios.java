package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pipe from run to log/run, with the real svlogd at its end. */
@ExtendWith(TreeExtension.class)
abstract class LogScenarios {
  abstract Daemon start(Tree tree) throws IOException;

  final Service lines(Tree tree) throws IOException {
    tree.scenario("lines");
    var web = tree.service("web");
    start(tree);
    web.awaitUp();
    web.awaitText("starts", "started\n");
    web.log().awaitUp();
    return web;
  }

  /** Has the service write 500 more lines. */
  final void more(Service web) throws IOException {
    Files.write(web.dir().resolve("go"), "\n".getBytes(ISO_8859_1));
  }

  /** All of the log; svlogd begins a new file when it was killed. */
  final String logged(Service web) throws IOException {
    var all = new StringBuilder();
    try (var old = Files.newDirectoryStream(web.log().dir().resolve("main"), "@*")) {
      for (var file : old) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all + web.log().read("main/current");
  }

  private static String numbered(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> "line " + n + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void noLineIsLostOverRestartsOfEitherSide(Tree tree) throws IOException {
    var web = lines(tree);
    more(web);
    web.log().awaitText("main/current", "line 500\n");
    web.log().letters("d");
    web.log().awaitDown();
    more(web);
    web.awaitText("n", "1000\n");
    web.log().letters("u");
    web.log().awaitText("main/current", "line 1000\n");
    int pid = web.pid();
    web.letters("t");
    web.awaitUpAfter(pid);
    web.awaitText("starts", "started\nstarted\n");
    more(web);
    web.log().awaitText("main/current", "line 1500\n");
    int logger = web.log().pid();
    web.log().letters("k"); // what it has read by then is lost with it, so nothing is written yet
    web.log().awaitUpAfter(logger);
    more(web);
    web.log().awaitText("main/current", "line 2000\n");
    assertThat(logged(web)).isEqualTo(numbered(1, 1000) + "last words\n" + numbered(1001, 2000));
  }

  @Test
  void whatIsWrittenWhileTheLoggerIsDownIsLoggedLater(Tree tree) throws IOException {
    tree.scenario("lines");
    var web = tree.service("web");
    web.file("log/down", "");
    start(tree);
    int pid = web.awaitUp();
    web.awaitText("starts", "started\n");
    web.log().awaitDown();
    more(web);
    web.awaitText("n", "500\n");
    assertThat(web.log().dir().resolve("main")).doesNotExist();
    web.log().letters("u");
    assertThat(web.log().awaitText("main/current", "line 500\n")).isEqualTo(numbered(1, 500));
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void theLoggerReadsToTheEndWhenTheServiceLeaves(Tree tree) throws IOException {
    tree.scenario("lines");
    var web = tree.service("web").script("finish", "echo finished");
    start(tree);
    web.awaitUp();
    web.awaitText("starts", "started\n");
    int logger = web.log().awaitUp();
    more(web);
    web.awaitText("n", "500\n");
    web.letters("x");
    Proc.awaitGone(logger);
    assertThat(logged(web)).startsWith(numbered(1, 500) + "last words\nfinished\n");
  }

  @Test
  void theServiceDoesNotNoticeThatItsLoggerIsKilled(Tree tree) throws IOException {
    var web = lines(tree);
    int pid = web.pid();
    int logger = web.log().pid();
    Ran.of("kill", "-KILL", Integer.toString(logger)).expect(0);
    web.log().awaitUpAfter(logger);
    more(web);
    web.log().awaitText("main/current", "line 500\n");
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void svTellsOfBoth(Tree tree) throws IOException {
    var web = lines(tree);
    assertThat(tree.sv("status", "web").expect(0).out())
        .matches(
            "run: web: \\(pid %d\\) \\d+s; run: log: \\(pid %d\\) \\d+s\n"
                .formatted(web.pid(), web.log().pid()));
    tree.sv("-w", "30", "down", "web/log").expect(0);
    assertThat(web.log().status()).matches(Status::isDown);
    assertThat(tree.sv("status", "web").out()).matches("run: web: .*; down: log: .*\n");
  }

  @Test
  void anEmptyFileInPlaceOfLogMeansNoLogger(Tree tree) throws IOException {
    var web = tree.service("web").file("log", "").run("echo written", "exec sleep 1000");
    start(tree);
    web.awaitUp();
    assertThat(tree.sv("status", "web").out()).startsWith("run: web: ").doesNotContain("run: log");
    assertThat(Files.isSameFile(Proc.of(web.pid(), "fd/1"), tree.root().resolve("log.0"))).isTrue();
  }
}
