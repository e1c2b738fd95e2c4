package org.usersvc.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built-in logger with much to write; it prints what that has cost. */
@ExtendWith(TreeExtension.class)
final class LogLoadIT {
  private static final int SERVICES = 200;
  private static final int LINES = 20;
  private static final Duration BETWEEN_TICKS = Duration.ofMillis(20);
  private static final Duration LOAD = Duration.ofSeconds(5);

  @Test
  @Timeout(180)
  void twoHundredServicesLoseNoLineAtAThousandASecondEach(Tree tree) throws IOException {
    LogFiles.limit(tree, "s1000000", "n0", "T0");
    try (var writers = new Writers(tree)) {
      var services = new ArrayList<Service>();
      for (int i = 0; i < SERVICES; i++) {
        services.add(writers.steady("web" + i));
      }
      var daemon = tree.start();
      for (var service : services) {
        service.awaitUp();
      }
      var before = Proc.cpu(daemon.pid());
      writers.begin(() -> LINES, BETWEEN_TICKS, 1);
      daemon.expectLifeFor(LOAD);
      writers.rest();
      for (var service : services) {
        writers.expectAll(service.name(), LogFiles.builtIn(tree, service.name()));
      }
      var used = Proc.cpu(daemon.pid()).minus(before);
      System.out.printf(
          "%d lines of %d services: %.2f s of CPU in usersvcd%n",
          writers.total(), SERVICES, used.toMillis() / 1000.0);
    }
  }
}
