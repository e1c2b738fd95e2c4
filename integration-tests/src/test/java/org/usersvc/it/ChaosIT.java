package org.usersvc.it;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The daemon goes at random moments, and its services go on. The system properties {@code
 * usersvc.chaos.times} and {@code usersvc.chaos.seed} make it longer, and the same again.
 */
@Order(2)
@ExtendWith(TreeExtension.class)
final class ChaosIT {
  private static final int TIMES = Integer.getInteger("usersvc.chaos.times", 50);
  private static final long SEED = Long.getLong("usersvc.chaos.seed", System.nanoTime());
  private static final int MOST_LINES = 7;
  private static final Duration BETWEEN_TICKS = Duration.ofMillis(100);
  private static final int SHIFTS = 4;
  private static final int LONGEST_LIFE_MILLIS = 300;
  private static final int LONGEST_START_MILLIS = 700;

  private static final String REPLACED = "has come into place";

  private static void begin(Writers writers) {
    var random = new Random(SEED);
    writers.begin(() -> 1 + random.nextInt(MOST_LINES), BETWEEN_TICKS, SHIFTS);
  }

  private static Duration upTo(int millis, Random random) {
    return Duration.ofMillis(random.nextInt(millis));
  }

  /** One in three does not come so far that clients can reach it. */
  private static void liveAndDie(Tree tree, Random random) throws IOException {
    var daemon = tree.launch().begin();
    if (random.nextInt(3) > 0) {
      daemon.awaitReady();
      daemon.expectLifeFor(upTo(LONGEST_LIFE_MILLIS, random));
    } else {
      daemon.expectLifeFor(upTo(LONGEST_START_MILLIS, random));
    }
    daemon.kill();
    daemon.awaitEnd();
  }

  @Test
  @Timeout(600)
  void servicesDoNotNoticeThatTheirDaemonIsKilled(Tree tree) throws IOException {
    System.out.println("usersvc.chaos.seed=" + SEED);
    var random = new Random(SEED);
    try (var writers = new Writers(tree)) {
      var crowd = new Crowd(tree, writers);
      var first = tree.start();
      crowd.awaitUp(first);
      begin(writers);
      first.expectLifeFor(upTo(LONGEST_LIFE_MILLIS, random));
      first.kill();
      first.awaitEnd();
      for (int i = 1; i < TIMES; i++) {
        liveAndDie(tree, random);
        crowd.expectAlive("kill " + i);
      }
      crowd.check(tree.start());
    }
  }

  /** By turns as a user does it and as a program does. */
  private static void replace(Tree tree, Daemon daemon, int count) throws IOException {
    if (count % 2 == 0) {
      tree.usersvc("reexec").expect(0);
    } else {
      long before = daemon.countLog(REPLACED);
      daemon.signal("USR2");
      Await.until("its next program", () -> daemon.countLog(REPLACED) > before);
    }
  }

  @Test
  @Timeout(600)
  void servicesDoNotNoticeThatTheirDaemonIsReplaced(Tree tree) throws IOException {
    System.out.println("usersvc.chaos.seed=" + SEED);
    var random = new Random(SEED);
    try (var writers = new Writers(tree)) {
      var crowd = new Crowd(tree, writers);
      var daemon = tree.start();
      crowd.awaitUp(daemon);
      begin(writers);
      for (int i = 0; i < TIMES; i++) {
        daemon.expectLifeFor(upTo(LONGEST_LIFE_MILLIS, random));
        replace(tree, daemon, i);
        crowd.expectAlive("replacement " + i);
      }
      crowd.expectChildren(daemon);
      crowd.check(daemon);
    }
  }
}
