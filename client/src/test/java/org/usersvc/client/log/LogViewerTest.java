package org.usersvc.client.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.client.log.LogTree.START;
import static org.usersvc.client.log.LogTree.last;
import static org.usersvc.client.log.LogTree.line;
import static org.usersvc.client.log.LogTree.rotated;
import static org.usersvc.client.log.LogTree.since;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.client.log.LogQuery.Form;

final class LogViewerTest {
  @TempDir Path home;

  private LogTree tree;

  @BeforeEach
  void tree() {
    tree = new LogTree(home);
  }

  private static String lines(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(second -> line(second, Long.toString(second)))
        .collect(Collectors.joining());
  }

  private static String numbers(long from, long to) {
    return LongStream.range(from, to).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  @Test
  void linesOfServicesAreMergedByTime() throws IOException {
    tree.append("web", "current", line(1, "a") + line(3, "c"));
    tree.append("db", "current", line(2, "b") + line(3, "c") + line(4, "d"));
    tree.append(".usersvcd", "current", line(0, "up"));
    assertThat(tree.messages(last(LogQuery.ALL)))
        .isEqualTo("usersvcd: up web: a db: b db: c web: c db: d");
    assertThat(tree.messages(last(3))).isEqualTo("db: c web: c db: d");
    assertThat(tree.messages(last(2, "web", "usersvcd"))).isEqualTo("web: a web: c");
    assertThat(tree.messages(last(9, "web"))).isEqualTo("a c");
    assertThat(tree.messages(last(9, "usersvcd"))).isEqualTo("up");
  }

  @Test
  void whatTheDaemonSaysAboutAServiceIsAmongItsLines() throws IOException {
    tree.append("web", "current", line(1, "a") + line(3, "c") + line(5, "e"));
    tree.append("db", "current", line(2, "b"));
    String early = line(0, "web: waits for DISPLAY") + line(2, "webby: run ended");
    tree.append(".usersvcd", rotated(2), early + line(2, "web/log: run ended"));
    tree.append(".usersvcd", "current", line(3, "web, not") + line(4, "web: run ended: exit 3"));
    assertThat(tree.messages(last(9, "web")))
        .isEqualTo(
            "[usersvcd] waits for DISPLAY a [usersvcd] web/log: run ended c"
                + " [usersvcd] run ended: exit 3 e");
    assertThat(tree.messages(last(2, "web"))).isEqualTo("[usersvcd] run ended: exit 3 e");
    assertThat(tree.messages(since(START.plusSeconds(3), "db", "web")))
        .isEqualTo("web: c web: [usersvcd] run ended: exit 3 web: e");
    assertThat(tree.messages(selected(9, START.plusSeconds(4), "^run")))
        .isEqualTo("[usersvcd] run ended: exit 3");
    assertThat(tree.messages(last(1, "web", "usersvcd"))).isEqualTo("web: e");
  }

  @Test
  void whatTheDaemonSaysIsShownWithoutALogToo() throws IOException {
    tree.append(".usersvcd", "current", line(0, "web: waits for DISPLAY"));
    assertThat(tree.messages(last(9, "web"))).isEqualTo("[usersvcd] waits for DISPLAY");
    assertThat(tree.show(last(9, "db")).err()).startsWith("usersvc: db: no log, tried ");
    var query = new LogQuery(List.of("web"), false, 9, null, true);
    assertThat(tree.show(query).out())
        .contains("\"service\":\"web\",\"by\":\"usersvcd\",\"message\":\"waits for DISPLAY\"");
  }

  @Test
  void servicesThatAreCalledLikeWhatTheRootHasAreShownToo() throws IOException {
    tree.append("web", "current", line(1, "a"));
    Files.writeString(tree.root().resolve("config"), "s5000\n");
    tree.append(".config", "current", line(2, "b"));
    tree.append(".usersvcd", "current", line(3, "up"));
    assertThat(tree.messages(last(9, "config"))).isEqualTo("b");
    assertThat(tree.messages(last(9))).isEqualTo("web: a config: b usersvcd: up");
    tree.append("usersvcd", "current", line(4, "c"));
    assertThat(tree.messages(last(9, "usersvcd"))).isEqualTo("c");
    assertThat(tree.messages(last(9, ".usersvcd"))).isEqualTo("up");
    assertThat(tree.messages(last(2))).isEqualTo(".usersvcd: up usersvcd: c");
  }

  @Test
  void timeIsLocalToTheMillisecond() throws IOException {
    tree.append("web", "current", "2026-11-23_12:00:00.98765 a\n");
    String local =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault())
            .format(START);
    assertThat(tree.show(last(1, "web")).out()).isEqualTo(local + ".987 a\n");
  }

  @Test
  void filesAreReadFromTheOldestOn() throws IOException {
    tree.append("web", rotated(20), lines(10, 20));
    tree.append("web", rotated(10), lines(0, 10));
    tree.append("web", "current", lines(20, 30));
    tree.append("web", "state", "nonsense");
    tree.append("web", "@tmp.t", "nonsense");
    for (int count : new int[] {0, 1, 9, 10, 11, 20, 29, 30, 31}) {
      assertThat(tree.messages(last(count))).isEqualTo(with(numbers(Math.max(0, 30 - count), 30)));
    }
    for (long second = 0; second <= 30; second++) {
      assertThat(tree.messages(since(START.plusSeconds(second), "web")))
          .isEqualTo(numbers(second, 30));
    }
    assertThat(tree.messages(since(START.minusSeconds(1), "web"))).isEqualTo(numbers(0, 30));
  }

  private static String with(String numbers) {
    return numbers.isEmpty() ? "" : "web: " + numbers.replace(" ", " web: ");
  }

  @Test
  void lastLinesAndTheTimeBothBound() throws IOException {
    tree.append("web", rotated(10), lines(0, 10));
    tree.append("web", "current", lines(10, 20));
    var query = new LogQuery(List.of("web"), false, 3, START.plusSeconds(5), false);
    assertThat(tree.messages(query)).isEqualTo("17 18 19");
    query = new LogQuery(List.of("web"), false, 30, START.plusSeconds(5), false);
    assertThat(tree.messages(query)).isEqualTo(numbers(5, 20));
  }

  private static LogQuery selected(long lines, @Nullable Instant until, @Nullable String grep) {
    var pattern = grep == null ? null : Pattern.compile(grep);
    return new LogQuery(List.of("web"), false, lines, null, until, pattern, false, Form.SHORT);
  }

  @Test
  void onlyLinesThatAreSelectedCount() throws IOException {
    tree.append("web", rotated(10), lines(0, 10));
    tree.append("web", "current", lines(10, 30));
    assertThat(tree.messages(selected(LogQuery.ALL, START.plusSeconds(3), null)))
        .isEqualTo("0 1 2 3");
    assertThat(tree.messages(selected(2, START.plusSeconds(15), null))).isEqualTo("14 15");
    assertThat(tree.messages(selected(LogQuery.ALL, null, "^[12]5$"))).isEqualTo("15 25");
    assertThat(tree.messages(selected(1, null, "5"))).isEqualTo("25");
    assertThat(tree.messages(selected(5, null, "x"))).isEmpty();
  }

  @Test
  void theNewestLineMayComeFirst() throws IOException {
    tree.append("web", "current", lines(0, 20));
    tree.append("db", "current", line(30, "late"));
    var query = new LogQuery(List.of("web", "db"), false, 3, null, null, null, true, Form.SHORT);
    assertThat(tree.messages(query)).isEqualTo("db: late web: 19 web: 18");
    query = new LogQuery(List.of("web", "db"), false, 3, null, null, null, true, Form.CAT);
    assertThat(tree.show(query).out()).isEqualTo("late\n19\n18\n");
  }

  @Test
  void largeFilesAreSearchedFromBothEnds() throws IOException {
    tree.append("web", "current", lines(0, 20_000));
    assertThat(tree.messages(last(15_000, "web"))).isEqualTo(numbers(5_000, 20_000));
    for (long second : new long[] {0, 1, 777, 9_999, 10_000, 19_999, 20_000}) {
      assertThat(tree.messages(since(START.plusSeconds(second), "web")))
          .isEqualTo(numbers(second, 20_000));
    }
  }

  @Test
  void lineWithoutStampHasTheTimeOfTheOneBefore() throws IOException {
    tree.append("web", "current", line(1, "a") + "  b\n  c\n" + line(5, "d"));
    tree.append("db", "current", line(2, "x") + line(4, "y"));
    assertThat(tree.messages(last(LogQuery.ALL)))
        .isEqualTo("web: a web:   b web:   c db: x db: y web: d");
    assertThat(tree.messages(last(5))).isEqualTo("web:   b web:   c db: x db: y web: d");
  }

  @Test
  void unstampedFileHasTheTimeOfItsLastWrite() throws IOException {
    tree.append("web", "current", "a\nb\n");
    tree.append("db", "current", line(2, "x") + line(4, "y"));
    Path file = tree.log("web").resolve("current");
    Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(3)));
    assertThat(tree.messages(last(9))).isEqualTo("db: x web: a web: b db: y");
    assertThat(tree.messages(since(START.plusSeconds(3)))).isEqualTo("web: a web: b db: y");
    assertThat(tree.messages(since(START.plusSeconds(4)))).isEqualTo("db: y");
  }

  @Test
  void leapSecondsOfS6AreTakenOff() throws IOException {
    String second = Long.toHexString((1L << 62) + 37 + START.getEpochSecond());
    tree.append("web", "current", "@" + second + "00000000 a\n");
    Path file = tree.log("web").resolve("current");
    Files.setLastModifiedTime(file, FileTime.from(START.plusMillis(5)));
    assertThat(tree.show(new LogQuery(List.of("web"), false, 9, null, true)).out())
        .isEqualTo(
            "{\"time\":\"2026-11-23T12:00:00Z\",\"service\":\"web\","
                + "\"by\":\"service\",\"message\":\"a\"}\n");
    Files.setLastModifiedTime(file, FileTime.from(START.plus(Duration.ofHours(1))));
    assertThat(tree.show(new LogQuery(List.of("web"), false, 9, null, true)).out())
        .contains("12:00:27Z");
  }

  @Test
  void longLinesComeInPiecesAndWhole() throws IOException {
    String large = "x".repeat(65_536);
    String huge = "y".repeat(1_000_000);
    tree.append("web", "current", line(1, large) + line(2, huge) + line(3, "z"));
    assertThat(tree.messages(last(9, "web")).replaceAll("y[ y]*y", "y")).isEqualTo(large + " y z");
    assertThat(tree.messages(last(1, "web"))).isEqualTo("z");
    assertThat(tree.show(last(9, "web")).out()).hasLineCount(2 + 8);
  }

  @Test
  void lineWithoutNewlineIsShown() throws IOException {
    tree.append("web", rotated(10), line(1, "a") + line(2, "b").strip());
    tree.append("web", "current", line(3, "c") + line(4, "d").strip());
    assertThat(tree.messages(last(9, "web"))).isEqualTo("a b c d");
    assertThat(tree.messages(last(3, "web"))).isEqualTo("b c d");
    assertThat(tree.messages(last(1, "web"))).isEqualTo("d");
  }

  @Test
  void compressedFilesAreLeftOutAndTold() throws IOException {
    tree.append("web", rotated(10), "\u001f\u008b\u0008\u0000rest");
    tree.append("web", "current", line(3, "c"));
    assertThat(tree.show(last(9, "web")).err())
        .isEqualTo("usersvc: web: left out compressed files in " + tree.log("web") + "\n");
    assertThat(tree.messages(last(9, "web"))).isEqualTo("c");
  }

  @Test
  void processedFileCountsOnce() throws IOException {
    tree.append("web", rotated(10), line(1, "a"));
    tree.append("web", rotated(10).replace(".s", ".u"), line(1, "raw"));
    tree.append("web", rotated(11).replace(".s", ".u"), line(2, "b"));
    tree.append("web", rotated(11).replace(".s", ".t"), "half");
    tree.append("web", "current", "");
    assertThat(tree.messages(last(9, "web"))).isEqualTo("a b");
  }

  @Test
  void previousFileOfS6LogAndMultilogCountsOnce() throws IOException {
    tree.append("web", rotated(10), line(1, "a"));
    tree.append("web", "previous", line(2, "b"));
    tree.append("web", "current", line(3, "c"));
    assertThat(tree.messages(last(9, "web"))).isEqualTo("a b c");
    assertThat(tree.messages(last(2, "web"))).isEqualTo("b c");
    assertThat(tree.messages(since(START.plusSeconds(2), "web"))).isEqualTo("b c");
    Path log = tree.log("web");
    Files.createLink(log.resolve(rotated(11)), log.resolve("previous"));
    assertThat(tree.messages(last(9, "web"))).isEqualTo("a b c");
  }

  @Test
  void jsonKeepsStrayBytes() throws IOException {
    tree.append("web", "current", line(1, "\"\u00e9\t\u0001\u00c3\u00a9"));
    assertThat(tree.show(new LogQuery(List.of(), false, 9, null, true)).out())
        .isEqualTo(
            "{\"time\":\"2026-11-23T12:00:01Z\",\"service\":\"web\","
                + "\"by\":\"service\",\"message\":\"\\\"\\udce9\\t\\u0001\\u00e9\"}\n");
  }

  @Test
  void missingLogsAreToldAndCounted() throws IOException {
    tree.append("web", "current", line(1, "a"));
    var shown = tree.show(last(9, "nosuch", "web"));
    assertThat(shown.failures()).isEqualTo(1);
    assertThat(shown.out()).endsWith(" web: a\n");
    assertThat(shown.err())
        .startsWith("usersvc: nosuch: no log, tried " + tree.root().resolve("nosuch") + ", ")
        .contains(home + "/home/.local/service/nosuch/log/main")
        .hasLineCount(1);
    assertThat(tree.show(last(9, "..")).failures()).isEqualTo(1);
    assertThat(tree.show(last(9, "/")).failures()).isEqualTo(1);
  }

  @Test
  void theLogOfAUnitThatIsGoneIsFoundWithoutItsEnd() throws IOException {
    tree.append("later.service", "current", line(1, "a"));
    assertThat(tree.messages(last(9, "later"))).isEqualTo("a");
    assertThat(tree.messages(last(9, "later.service"))).isEqualTo("a");
    tree.append("later", "current", line(2, "b"));
    assertThat(tree.messages(last(9, "later"))).isEqualTo("b");
  }

  @Test
  void noLogsAtAllAreNoFailure() throws IOException {
    var shown = tree.show(last(9));
    assertThat(shown.failures()).isZero();
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err()).isEqualTo("usersvc: there are no logs in " + tree.root() + "\n");
  }

  @Test
  void ownLoggerIsFoundBelowTheScanDirectory() throws IOException {
    Path log = Files.createDirectories(home.resolve("home/service/web/log/main"));
    Files.writeString(log.resolveSibling("run"), "");
    Files.writeString(log.resolve("current"), line(1, "own"));
    tree.append("web", "current", line(0, "old"));
    assertThat(tree.messages(last(9, "web"))).isEqualTo("own");
    assertThat(tree.messages(last(9, "web/log"))).isEqualTo("own");
    assertThat(tree.messages(last(9, home + "/home/service/web"))).isEqualTo("own");
    assertThat(tree.messages(last(9, log.toString()))).isEqualTo("own");
  }
}
