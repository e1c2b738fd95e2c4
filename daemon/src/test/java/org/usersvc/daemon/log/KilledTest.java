package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.os.PosixLogFiles;

/** The logger is killed before and after each system call of a run with rotations. */
final class KilledTest {
  private static final int LINES = 20;
  private static final int PER_CHUNK = 5;

  @TempDir private Path root;
  private final LogFiles real = new PosixLogFiles();

  private static String line(int number) {
    return "same words\nline " + number + "\n";
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(KilledTest::line).collect(Collectors.joining());
  }

  /** Runs to the end, killed at these steps; tells whether it was killed. */
  private boolean run(Path place, int firstKill, int secondKill) throws IOException {
    Files.createDirectory(place);
    try (var logs = new LogFixture(place, real)) {
      logs.config("foot", "s400\nn0\n");
      logs.begin("foot");
      logs.ports.killAt(firstKill);
      boolean killed = false;
      for (int i = 0; i < LINES; i += PER_CHUNK) {
        String text = lines(i, i + PER_CHUNK);
        logs.print("foot", text.substring(0, 7));
        boolean first = turnsOrDies(logs, killed ? -1 : secondKill);
        logs.print("foot", text.substring(7));
        boolean dead = killed || first;
        killed = turnsOrDies(logs, dead ? -1 : secondKill) || dead;
      }
      assertThat(logs.all("foot"))
          .as("killed at step %d, then %d", firstKill, secondKill)
          .isEqualTo(lines(0, LINES));
      assertThat(logs.warnings).isEmpty();
      return killed;
    }
  }

  private static boolean turnsOrDies(LogFixture logs, int nextKill) throws IOException {
    try {
      logs.turns();
      return false;
    } catch (Interposed.Killed end) {
      logs.kill();
      if (nextKill >= 0) {
        logs.ports.killAt(nextKill);
      }
      try {
        logs.beginAgain();
        logs.turns();
      } catch (Interposed.Killed again) {
        logs.kill();
        logs.beginAgain();
        logs.turns();
      }
      return true;
    }
  }

  @Test
  void everyLineIsWrittenOnceWheneverItIsKilled() throws IOException {
    int step = 0;
    while (run(root.resolve("once" + step), step, -1)) {
      step++;
    }
    assertThat(step).isGreaterThan(60);
  }

  @Test
  void everyLineIsWrittenOnceIfItIsKilledAgainAtOnce() throws IOException {
    for (int first = 20; first < 60; first += 4) {
      for (int second = 0; second < 30; second++) {
        run(root.resolve(first + "-" + second), first, second);
      }
    }
  }
}
