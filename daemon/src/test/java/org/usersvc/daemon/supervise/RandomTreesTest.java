package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of services at random, against what a simple model says of them. */
final class RandomTreesTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatCanStartStartsAndNothingElse(int seed) throws IOException {
    try (var tree = new TreeFixture(root)) {
      var model = TreeModel.random(new Random(seed), tree, false);
      model.startAll();
      model.stopAll();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 22, 23, 24, 25, 26, 27, 28})
  void whatIsToldDownEndsAfterWhatNeedsItAndAllComesBack(int seed) throws IOException {
    try (var tree = new TreeFixture(root)) {
      var model = TreeModel.random(new Random(seed), tree, false);
      model.startAll();
      model.stopAndStartOne();
      model.stopAndStartOne();
      model.stopAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {41, 42, 43, 44, 45, 46, 47, 48, 109, 110, 111, 117, 121, 142, 144, 218, 526, 573})
  void cyclesHoldTheirMembersAndWhatNeedsThem(int seed) throws IOException {
    try (var tree = new TreeFixture(root)) {
      var model = TreeModel.random(new Random(seed), tree, true);
      model.startAll();
      assertThat(model.hasCycles()).isTrue();
      model.stopAll();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 605})
  void whatDoesNotLingerIsHeldBackInOrderAndAllComesBack(int seed) throws IOException {
    try (var tree = new TreeFixture(root)) {
      var model = TreeModel.random(new Random(seed), tree, false);
      model.letSomeLinger();
      model.startAll();
      model.holdAndRelease();
      model.holdAndRelease();
      model.stopAll();
    }
  }
}
