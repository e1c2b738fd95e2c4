package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What days of uptime bring, in a moment: many services that crash, somebody who follows all logs,
 * sessions that come and go, new services, and TERM at a random time. The system properties {@code
 * usersvc.uptime.rounds}, {@code usersvc.uptime.seconds} (of a round), {@code usersvc.uptime.stop}
 * (milliseconds that a stop may take) and {@code usersvc.uptime.seed} make it longer, stricter, and
 * the same again.
 */
final class UptimeIT {
  private static final int SERVICES = Integer.getInteger("usersvc.uptime.services", 200);
  private static final int ROUNDS = Integer.getInteger("usersvc.uptime.rounds", 2);
  private static final int SECONDS = Integer.getInteger("usersvc.uptime.seconds", 4);
  private static final int STOP_MILLIS = Integer.getInteger("usersvc.uptime.stop", 20_000);
  private static final long SEED = Long.getLong("usersvc.uptime.seed", System.nanoTime());
  private static final int MOST_LINES = 5;

  /** All services that crash may have their turn before the new one. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_TICKS = Duration.ofMillis(50);

  /** More than a pipe holds: who is not logged does not come to its end. */
  private static final String MUCH = "head -c 200000 /dev/zero | tr '\\0' x; echo; echo the end";

  private final Random random = new Random(SEED);

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void everyStopIsSwiftNoLineIsLostAndNoServiceIsDeaf() throws IOException {
    System.out.println("usersvc.uptime.seed=" + SEED);
    for (int i = 1; i <= ROUNDS; i++) {
      try (var tree = new Tree();
          var writers = new Writers(tree)) {
        round(tree, writers, i);
      }
    }
  }

  private void round(Tree tree, Writers writers, int number) throws IOException {
    for (int i = 0; i < SERVICES; i++) {
      writers.quick("crash" + i, random.nextInt(4));
    }
    for (String name : new String[] {"a", "b"}) {
      writers.steady(name);
    }
    var daemon = tree.start();
    var follower = tree.begin(Programs.image("usersvc"), "log", "-f");
    writers.begin(() -> 1 + random.nextInt(MOST_LINES), BETWEEN_TICKS, 1);
    int turns = live(tree, daemon);
    writers.rest();
    long asked = System.nanoTime();
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    long millis = (System.nanoTime() - asked) / 1_000_000;
    System.out.printf("round %d: %d sessions, stopped in %d ms%n", number, turns, millis);
    assertThat(millis).as("milliseconds of the stop").isLessThan(STOP_MILLIS);
    for (int i = 0; i < SERVICES; i++) {
      if (writers.runs("crash" + i) > 0) {
        writers.expectAll("crash" + i, LogFiles.builtIn(tree, "crash" + i));
      }
    }
    for (String name : new String[] {"a", "b"}) {
      String last = writers.expectLogged(name, LogFiles.builtIn(tree, name));
      follower.awaitOutput(" " + name + ": " + last + "$");
    }
    assertThat(tree.root().resolve("doubles")).doesNotExist();
  }

  /** Sessions come and go, and services come that write much, until a random moment. */
  private int live(Tree tree, Daemon daemon) throws IOException {
    long end = System.nanoTime() + random.nextInt(1, 1 + SECONDS * 1000) * 1_000_000L;
    int turns = 0;
    do {
      turns++;
      var leader = tree.begin("sleep", "1000");
      tree.usersvc(
              "session", "register", "--leader", "" + leader.pid(), "DISPLAY=:" + (70 + turns % 9))
          .expect(0);
      tree.service("late" + turns).run(MUCH, "exec sleep 1000");
      var log = LogFiles.builtIn(tree, "late" + turns);
      Await.answer(PATIENCE, "the end in " + log, log::text, text -> text.endsWith(" the end\n"));
      leader.end();
      assertThat(daemon.lives()).isTrue();
    } while (System.nanoTime() < end);
    return turns;
  }
}
