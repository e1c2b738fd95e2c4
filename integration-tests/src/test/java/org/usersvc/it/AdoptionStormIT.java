package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon is killed again and again while it starts processes as fast as it can. */
@ExtendWith(TreeExtension.class)
final class AdoptionStormIT {
  private static final int SERVICES = 20;
  private static final int KILLS = 20;
  private static final long LONGEST_LIFE_NANOS = 400_000_000L;
  private static final long SEED = 20_261_123;

  /** A change of conf has the next start follow at once. */
  private static List<Service> services(Tree tree) throws IOException {
    var services = new ArrayList<Service>();
    for (int i = 0; i < SERVICES; i++) {
      services.add(
          tree.service("s" + i)
              .run(
                  "exec 9> lock",
                  "flock -n 9 || echo \"run $$\" >> ../../doubles",
                  "echo run >> runs",
                  "sleep 0.05 9>&-",
                  "exit 1")
              .script(
                  "finish",
                  "exec 9> lock",
                  "flock -n 9 || echo \"finish $$\" >> ../../doubles",
                  ": > conf"));
    }
    return services;
  }

  @Test
  @Timeout(120)
  void nothingEverRunsTwice(Tree tree) throws IOException {
    var services = services(tree);
    var random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      var daemon = tree.start();
      LockSupport.parkNanos(random.nextLong(LONGEST_LIFE_NANOS)); // the moment is what is tested
      daemon.kill();
      daemon.awaitEnd();
    }
    var daemon = tree.start();
    daemon.ask("rescan").expect(0);
    for (var service : services) {
      long before = service.read("runs").length();
      Await.until("another run", () -> service.read("runs").length() > before);
    }
    assertThat(Files.exists(tree.root().resolve("doubles"))).isFalse();
  }
}
