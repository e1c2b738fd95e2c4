package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.PosixFileSystem;

final class LogTreeTest {
  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();

  private LogTree tree() {
    return new LogTree(new PosixFileSystem(), root.toString(), warnings::add);
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
    tree().rotated(root + "/c", 0, 100);
    assertThat(left()).containsExactly(rotated("a", 4), rotated("b", 3));
  }

  @Test
  void withoutATotalNothingGoes() throws IOException {
    fill();
    Files.writeString(root.resolve("config"), "T0\n");
    tree().rotated(root + "/c", 0, 100);
    assertThat(left()).hasSize(4);
  }

  @Test
  void theTotalIsCountedAgainOnlyWhenItMayBeReached() throws IOException {
    fill();
    var tree = tree();
    tree.rotated(root + "/c", 0, 100);
    file(rotated("b", 5), 5000);
    tree.rotated(root + "/c", 0, 400);
    assertThat(left()).contains(rotated("b", 5));
    tree.rotated(root + "/c", 0, 400);
    assertThat(left()).isEmpty();
  }

  @Test
  void theConfigOfTheRootHoldsForAllAndThatOfADirectoryForIt() throws IOException {
    Files.writeString(root.resolve("config"), "s5\nn6\n");
    file("a/config", 0);
    Files.writeString(root.resolve("a/config"), "n7\n");
    var tree = tree();
    assertThat(tree.limits(root + "/a").size()).isEqualTo(5);
    assertThat(tree.limits(root + "/a").keep()).isEqualTo(7);
    assertThat(tree.limits(root + "/b").keep()).isEqualTo(6);
    assertThat(warnings).isEmpty();
  }

  @Test
  void parentsAreMadeForTheUserAlone() throws IOException {
    var tree = new LogTree(new PosixFileSystem(), root + "/x/y", warnings::add);
    assertThat(tree.makeDirectory("foot")).isEqualTo(root + "/x/y/foot");
    assertThat(Files.getPosixFilePermissions(root.resolve("x"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(root.resolve("x/y/foot"))).hasSize(3);
  }
}
