package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.os.PosixLogFiles;

final class LogTreeTest {
  @TempDir private Path root;
  private final FakeClock clock = new FakeClock();
  private final List<String> warnings = new ArrayList<>();

  private LogTree tree() {
    return new LogTree(
        new PosixFileSystem(), root.toString(), clock, warnings::add, NoMounts.PLACE);
  }

  private void file(String name, int size) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.write(root.resolve(name), new byte[size]);
  }

  private static String rotated(String directory, int label) {
    return directory + "/@%024x.s".formatted(label);
  }

  private List<String> left() throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .filter(name -> name.contains("@"))
          .sorted()
          .toList();
    }
  }

  private void fill() throws IOException {
    file("config", 0);
    Files.writeString(root.resolve("config"), "T2500\n");
    Files.createDirectories(root.resolve("c"));
    file("a/current", 500);
    file(rotated("a", 1), 1000);
    file(rotated("a", 4), 1000);
    file(rotated("b", 2), 1000);
    file(rotated("b", 3), 500);
  }

  @Test
  void overTheTotalTheOldestOfAllGo() throws IOException {
    fill();
    tree().rotated(root + "/c", "", 0, 100);
    assertThat(left()).containsExactly(rotated("a", 4), rotated("b", 3));
  }

  @Test
  void withoutATotalNothingGoes() throws IOException {
    fill();
    Files.writeString(root.resolve("config"), "T0\n");
    tree().rotated(root + "/c", "", 0, 100);
    assertThat(left()).hasSize(4);
  }

  @Test
  void theTotalIsCountedAgainOnlyWhenItMayBeReached() throws IOException {
    fill();
    var tree = tree();
    tree.rotated(root + "/c", "", 0, 100);
    file(rotated("b", 5), 5000);
    tree.rotated(root + "/c", "", 0, 400);
    assertThat(left()).contains(rotated("b", 5));
    tree.rotated(root + "/c", "", 0, 400);
    assertThat(left()).isEmpty();
  }

  @Test
  void theConfigOfTheRootHoldsForAllAndThatOfADirectoryForIt() throws IOException {
    Files.writeString(root.resolve("config"), "s5\nn6\n");
    file("a/config", 0);
    Files.writeString(root.resolve("a/config"), "n7\n");
    var tree = tree();
    assertThat(limits(tree, "a").size()).isEqualTo(5);
    assertThat(limits(tree, "a").keep()).isEqualTo(7);
    assertThat(limits(tree, "b").keep()).isEqualTo(6);
    assertThat(warnings).isEmpty();
  }

  private LogLimits limits(LogTree tree, String name) {
    return tree.config(tree.path(name)).read(tree.defaults());
  }

  @Test
  void aBadLineIsToldOnceForEachContentAndADirectoryIsNoConfig() throws IOException {
    Files.createDirectories(root.resolve("config"));
    var tree = tree();
    assertThat(tree.defaults()).isEqualTo(LogLimits.USUAL);
    assertThat(warnings).isEmpty();
    file("a/config", 0);
    var config = tree.config(root + "/a");
    for (String bad : new String[] {"x1\nn3\n", "y1\nn4\n"}) {
      Files.writeString(root.resolve("a/config"), bad);
      config.read(LogLimits.USUAL);
      config.read(LogLimits.USUAL);
    }
    assertThat(warnings).hasSize(2);
    assertThat(config.read(LogLimits.USUAL).keep()).isEqualTo(4);
    Files.delete(root.resolve("a/config"));
    assertThat(config.read(LogLimits.USUAL)).isEqualTo(LogLimits.USUAL);
  }

  @Test
  void aFileThatIsNoConfigIsToldInFewLines() throws IOException {
    file("a/config", 0);
    Files.writeString(root.resolve("a/config"), "x\n".repeat(3000));
    tree().config(root + "/a").read(LogLimits.USUAL);
    assertThat(warnings).hasSize(9);
    assertThat(warnings.getLast()).contains("a/config", "2992 more lines");
  }

  @Test
  void noServiceHasADirectoryInThePlaceOfTheLimits() {
    assertThat(tree().path("config")).isEqualTo(root + "/.config");
    assertThat(tree().path("lock")).isEqualTo(root + "/lock");
  }

  @Test
  void labelsFollowOneAnotherWhateverTheClockSays() throws IOException {
    var tree = tree();
    file("a/current", 0);
    String now = LogFormat.tai64n(clock.wall());
    assertThat(tree.nextLabel(root + "/a")).isEqualTo(now);
    file("a/" + now + ".s", 0);
    assertThat(tree.nextLabel(root + "/a")).isGreaterThan(now);
    file("a/@400000009b0479983b9ac9ff.s", 0);
    assertThat(tree.nextLabel(root + "/a")).isEqualTo("@400000009b04799900000000");
    file("a/@ffffffffffffffffffffffff.u", 0);
    assertThat(tree.nextLabel(root + "/a")).isEqualTo(now);
    file("a/@zzzzzzzzzzzzzzzzzzzzzzzz.s", 0);
    assertThat(tree.nextLabel(root + "/a")).isEqualTo(now);
  }

  @Test
  void theNewestFileStaysAndThoseOfTheFutureGoFirst() throws IOException {
    String now = LogFormat.tai64n(clock.wall()) + ".s";
    String future = "@400000009b0479983b9ac9ff.s";
    file("a/" + future, 1000);
    file("a/" + now, 1000);
    file("b/" + future, 1000);
    tree().rotated(root + "/a", now, 1, 1000);
    assertThat(left()).contains("a/" + now);
    Files.writeString(root.resolve("config"), "T1500\n");
    tree().rotated(root + "/a", now, 0, 1000);
    assertThat(left()).containsExactly("a/" + now);
  }

  @Test
  void parentsAreMadeForTheUserAlone() throws IOException {
    var files = new PosixFileSystem();
    var tree = new LogTree(files, root + "/x/y", clock, warnings::add, NoMounts.PLACE);
    LogDirectory.open(files, new PosixLogFiles(), tree, "foot").close();
    assertThat(Files.getPosixFilePermissions(root.resolve("x"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(root.resolve("x/y/foot"))).hasSize(3);
  }
}
