package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory goes from our hands to those of the real svlogd and back. */
final class SvlogdTest {
  private static final Path SVLOGD = Path.of("/usr/bin/svlogd");

  @TempDir private Path root;
  private LogFixture logs;

  @BeforeEach
  void open() throws IOException {
    assertThat(SVLOGD).as("svlogd of runit").isExecutable();
    logs = new LogFixture(root);
  }

  @AfterEach
  void close() {
    if (logs != null) {
      logs.close();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(SVLOGD.toString(), "-tt", logs.directory("foot").toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(root.resolve("said").toFile()))
        .start();
  }

  private void svlogd(String lines) throws IOException, InterruptedException {
    var svlogd = start();
    try (var in = svlogd.getOutputStream()) {
      in.write(lines.getBytes(ISO_8859_1));
    }
    assertThat(svlogd.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(root.resolve("said"))).isEmpty();
    assertThat(svlogd.exitValue()).isZero();
  }

  private void ours(String lines) throws IOException {
    var source = logs.begin("foot");
    logs.print("foot", lines);
    logs.turns();
    logs.table().end(source.id(), () -> {});
    logs.turns();
  }

  private static String withoutAnyStamp(String text) {
    return text.replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\d_\\d\\d:\\d\\d:\\d\\d\\.\\d{5} ", "");
  }

  @Test
  void eachContinuesTheCurrentOfTheOther() throws IOException, InterruptedException {
    ours("one\n");
    svlogd("two\n");
    ours("three\n");
    svlogd("four\n");
    assertThat(logs.rotated("foot")).isEmpty();
    assertThat(withoutAnyStamp(logs.current("foot"))).isEqualTo("one\ntwo\nthree\nfour\n");
  }

  @Test
  void whatWeRotateCountsForSvlogdAndTheOtherWayRound() throws IOException, InterruptedException {
    logs.config("foot", "s2000\nn4\n");
    ours("0123456789\n".repeat(400));
    assertThat(logs.rotated("foot")).hasSize(4);
    svlogd("abcdefghij\n".repeat(400));
    assertThat(logs.rotated("foot")).hasSize(4);
    ours("0123456789\n".repeat(400));
    assertThat(logs.rotated("foot")).hasSize(4);
  }

  @Test
  void onlyOneOfThemWrites() throws IOException, InterruptedException {
    logs.begin("foot");
    logs.print("foot", "one\n");
    logs.turns();
    var svlogd = start();
    svlogd.getOutputStream().close();
    assertThat(svlogd.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(svlogd.exitValue()).isNotZero();
    assertThat(logs.current("foot")).endsWith(" one\n");
  }
}
