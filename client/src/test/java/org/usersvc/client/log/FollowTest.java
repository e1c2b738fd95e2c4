package org.usersvc.client.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.client.log.LogTree.line;
import static org.usersvc.client.log.LogTree.rotated;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.client.socket.Output;

@Timeout(60)
final class FollowTest {
  @TempDir Path home;

  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
  private LogTree tree;
  private @Nullable Thread follower;

  @BeforeEach
  void tree() {
    tree = new LogTree(home);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (follower != null) {
      follower.interrupt();
      follower.join();
    }
  }

  /** Puts whole lines into a queue. */
  private static final class Lines extends OutputStream {
    private final BlockingQueue<String> lines;
    private String part = "";

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int count) {
      part += new String(bytes, start, count, ISO_8859_1);
      for (int end = part.indexOf('\n'); end >= 0; end = part.indexOf('\n')) {
        lines.add(part.substring(0, end));
        part = part.substring(end + 1);
      }
    }
  }

  private void follow(long lines, String... names) {
    var query = new LogQuery(List.of(names), true, lines, null, false);
    var output = new Output(new Lines(shown), new Lines(errors));
    follower =
        Thread.ofPlatform()
            .start(() -> {
              try {
                LogViewer.show(query, "", tree.environment(), output, false);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** What is written to that log now is shown, and nothing else was or will be. */
  private void nothingElseIsShown(String log) throws Exception {
    tree.append(log, "current", line(9_999, "the last line"));
    assertThat(next()).isEqualTo("the last line");
    end();
    assertThat(shown).isEmpty();
  }

  private String next() throws InterruptedException {
    return Objects.requireNonNull(shown.poll(10, TimeUnit.SECONDS), "nothing is shown")
        .replaceFirst("^.{23} ", "");
  }

  @Test
  void whatIsAddedIsShown() throws Exception {
    tree.append("web", "current", line(1, "a") + line(2, "b"));
    follow(1, "web");
    assertThat(next()).isEqualTo("b");
    tree.append("web", "current", line(3, "c"));
    assertThat(next()).isEqualTo("c");
    tree.append("web", "current", "2026-11-23_12:00:04.");
    tree.append("web", "current", "00000 d");
    tree.append("web", "current", "ee\n");
    assertThat(next()).isEqualTo("dee");
    nothingElseIsShown("web");
  }

  @Test
  void whatTheDaemonSaysAboutTheServiceIsFollowed() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(1, "web");
    assertThat(next()).isEqualTo("a");
    tree.append(".usersvcd", "current", line(2, "db: run ended") + line(3, "web: run ended"));
    assertThat(next()).isEqualTo("[usersvcd] run ended");
    tree.rotate(".usersvcd", 4);
    tree.append(".usersvcd", "current", line(5, "web: next start in 1 s"));
    assertThat(next()).isEqualTo("[usersvcd] next start in 1 s");
    nothingElseIsShown("web");
  }

  @Test
  void lineThatIsBeingWrittenIsShownOnceWhole() throws Exception {
    tree.append("web", "current", line(1, "a") + line(2, "b").strip());
    follow(1, "web");
    assertThat(next()).isEqualTo("a");
    tree.append("web", "current", "c\n");
    assertThat(next()).isEqualTo("bc");
    nothingElseIsShown("web");
  }

  @Test
  void nothingIsLostOrTwiceOverRotations() throws Exception {
    tree.append("web", rotated(0), line(0, "old"));
    tree.append("web", "current", line(1, "0"));
    follow(1, "web");
    assertThat(next()).isEqualTo("0");
    for (int i = 1; i < 3000; i++) {
      if (i % 7 == 0) {
        tree.rotate("web", i);
      }
      tree.append("web", "current", line(i, Integer.toString(i)));
    }
    for (int i = 1; i < 3000; i++) {
      assertThat(next()).isEqualTo(Integer.toString(i));
    }
    nothingElseIsShown("web");
  }

  @Test
  void rotationDuringTheProcessorIsFollowed() throws Exception {
    tree.append("web", rotated(1), line(0, "x"));
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("x");
    assertThat(next()).isEqualTo("a");
    Path log = tree.log("web");
    Path raw = log.resolve(rotated(2).replace(".s", ".u"));
    Files.move(log.resolve("current"), raw);
    Files.copy(raw, log.resolve(rotated(2)));
    Files.delete(raw);
    tree.append("web", "current", line(2, "b"));
    assertThat(next()).isEqualTo("b");
    nothingElseIsShown("web");
  }

  @Test
  void previousFileOfS6LogAndMultilogIsReadBeforeItHasItsName() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a");
    Path log = tree.log("web");
    Files.write(log.resolve("previous"), line(2, "b").getBytes(ISO_8859_1));
    Files.move(log.resolve("current"), log.resolve(rotated(2)));
    tree.append("web", "next", line(3, "c"));
    Files.move(log.resolve("next"), log.resolve("current"));
    tree.append("web", "current", line(4, "d"));
    assertThat(List.of(next(), next(), next())).containsExactly("b", "c", "d");
  }

  @Test
  void truncatedLogIsReadFromItsStart() throws Exception {
    tree.append("web", "current", line(1, "a long line"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a long line");
    Files.write(tree.log("web").resolve("current"), line(2, "b").getBytes(ISO_8859_1));
    assertThat(next()).isEqualTo("b");
  }

  @Test
  void logsThatAppearLaterAreShown() throws Exception {
    follow(9);
    tree.append("web", "current", line(1, "a"));
    assertThat(next()).isEqualTo("web: a");
    tree.append("db", "current", line(2, "b"));
    assertThat(next()).isEqualTo("db: b");
    tree.append("web", "current", line(3, "c"));
    assertThat(next()).isEqualTo("web: c");
    tree.append(".usersvcd", "current", line(4, "d"));
    assertThat(next()).isEqualTo("usersvcd: d");
  }

  @Test
  void namedLogIsWaitedForAndNoOther() throws Exception {
    follow(9, "web");
    assertThat(Objects.requireNonNull(errors.poll(10, TimeUnit.SECONDS)))
        .startsWith("usersvc: web: no log, tried ")
        .endsWith("; waiting for it");
    tree.append("db", "current", line(1, "x"));
    tree.append("web", "current", line(2, "a"));
    assertThat(next()).isEqualTo("a");
    tree.append("web", "current", line(3, "b"));
    assertThat(next()).isEqualTo("b");
  }

  @Test
  void removedLogMayComeAgain() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a");
    for (int i = 2; i < 30; i++) {
      Files.delete(tree.log("web").resolve("current"));
      Files.delete(tree.log("web"));
      tree.append("web", "current", line(i, Integer.toString(i)));
      assertThat(next()).isEqualTo(Integer.toString(i));
    }
    nothingElseIsShown("web");
  }

  @Test
  void logThatIsRenamedIsLeftForTheOneInItsPlaceAlsoWhereAllAreMoved() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a");
    Files.move(tree.log("web"), home.resolve("old"));
    tree.append("web", "current", line(2, "b"));
    assertThat(next()).isEqualTo("b");
    Files.move(tree.log("web").getParent(), home.resolve("older"));
    tree.append("web", "current", line(3, "c"));
    assertThat(next()).isEqualTo("c");
    nothingElseIsShown("web");
  }

  @Test
  void removedLogMayComeAgainAtOnceAndAgainAndAgain() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a");
    for (int i = 2; i < 200; i++) {
      Files.delete(tree.log("web").resolve("current"));
      Files.delete(tree.log("web"));
      tree.append("web", "current", line(i, Integer.toString(i)));
      if (i % 7 == 0) {
        awaitShown(Integer.toString(i));
      }
    }
    awaitShown("199");
    nothingElseIsShown("web");
  }

  /** Those before may have come and gone unseen. */
  private void awaitShown(String line) throws Exception {
    String last = next();
    while (!last.equals(line)) {
      last = next();
    }
  }

  @Test
  void logThatCannotBeReadAnyMoreIsToldAndIsFollowedOnceItIsAnotherOne() throws Exception {
    tree.append("web", "current", line(1, "a"));
    follow(9, "web");
    assertThat(next()).isEqualTo("a");
    Path log = tree.log("web");
    Files.delete(log.resolve("current"));
    Files.createDirectory(log.resolve("current"));
    assertThat(Objects.requireNonNull(errors.poll(10, TimeUnit.SECONDS)))
        .startsWith("usersvc: web: cannot read ")
        .endsWith(": Is a directory");
    Files.delete(log.resolve("current"));
    Files.delete(log);
    tree.append("web", "current", line(2, "b"));
    assertThat(next()).isEqualTo("b");
    nothingElseIsShown("web");
  }

  @Test
  void linesOfOneMomentAreMerged() throws Exception {
    tree.append("web", "current", line(1, "a") + line(3, "c"));
    tree.append("db", "current", line(2, "b"));
    follow(9);
    assertThat(List.of(next(), next(), next())).containsExactly("web: a", "db: b", "web: c");
  }
}
