package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many services, half of which crash, and clients at every door. */
@ExtendWith(TreeExtension.class)
final class SoakIT {
  private static final int SERVICES = 200;
  private static final int CLIENTS = 8;
  private static final int COMMANDS = 2000;
  private static final long SEED = 20_261_121;
  private static final long MOST_GROWTH_KIB = 8 * 1024;

  /** Letters, and the verbs that stand for them. */
  private static final List<String> VERBS =
      List.of(
          "up",
          "down",
          "once",
          "term",
          "kill",
          "hup",
          "pause",
          "cont",
          "alarm",
          "interrupt",
          "quit",
          "1",
          "2");

  private static final String LETTERS = "udotkhpcaiq12";

  /** One client; nobody else asks anything of its services, so that its last word holds. */
  private record Owner(Tree tree, Daemon daemon, List<Service> own, Random random) {
    List<Service> work() throws IOException {
      for (int i = 0; i < COMMANDS / CLIENTS; i++) {
        ask(own.get(random.nextInt(own.size())), random.nextInt(VERBS.size()));
      }
      var wantedUp = new ArrayList<Service>();
      for (var service : own) {
        boolean up = random.nextBoolean();
        ask(service, up ? 0 : 1);
        ask(service, VERBS.indexOf("cont"));
        if (up) {
          wantedUp.add(service);
        }
      }
      return wantedUp;
    }

    private void ask(Service service, int verb) throws IOException {
      switch (random.nextInt(4)) {
        case 0 -> service.letters(LETTERS.substring(verb, verb + 1));
        case 1 -> tree.sv(VERBS.get(verb), service.name()).expect(0);
        case 2 -> tree.usersvc("-w", "0", VERBS.get(verb), service.name()).expect(0);
        default -> {
          String request =
              "{\"verb\":\"%s\",\"services\":[\"%s\"],\"wait_ms\":0}"
                  .formatted(VERBS.get(verb), service.name());
          Reply.to(daemon.socket(), request).expect(0);
        }
      }
    }
  }

  private static List<Service> services(Tree tree) throws IOException {
    var random = new Random(SEED);
    var services = new ArrayList<Service>();
    for (int i = 0; i < SERVICES; i++) {
      var service = tree.service("s" + i);
      if (isSteady(i)) {
        service.run("exec sleep 1000");
      } else {
        String life = "%d.%d".formatted(random.nextInt(3), random.nextInt(10));
        service.run("sleep " + life, "exit " + random.nextInt(5));
      }
      if (i % 10 == 0) {
        service.script("finish", "exit 0");
        service.log().run("exec cat > /dev/null");
      }
      services.add(service);
    }
    return services;
  }

  private static boolean isSteady(int number) {
    return number % 2 == 0;
  }

  private static void round(Tree tree, Daemon daemon, List<Service> services, long seed)
      throws IOException {
    var shuffled = new ArrayList<>(services);
    Collections.shuffle(shuffled, new Random(seed));
    var rest = new ArrayList<>(services);
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var results = new ArrayList<Future<List<Service>>>();
      for (int i = 0; i < CLIENTS; i++) {
        int share = SERVICES / CLIENTS;
        var own = shuffled.subList(i * share, (i + 1) * share);
        var owner = new Owner(tree, daemon, own, new Random(seed + i));
        results.add(threads.submit(owner::work));
      }
      for (var result : results) {
        for (var service : taken(result)) {
          rest.remove(service);
          service.await("to be wanted up", status -> status.wanted() == 'u');
        }
      }
    }
    for (var service : rest) {
      service.await("to be down", status -> status.isDown() && status.wanted() == 'd');
    }
  }

  private static List<Service> taken(Future<List<Service>> result) {
    try {
      return result.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError("a client failed", failed);
    }
  }

  /**
   * Everything is asked up and comes up, so that each round starts from the same. Of those that end
   * by themselves some live too short to be seen.
   */
  private static void allUp(Daemon daemon, List<Service> services) throws IOException {
    for (var service : services) {
      daemon.ask("cont", service.name()).expect(0);
      String request =
          "{\"verb\":\"up\",\"services\":[\"%s\"],\"wait_ms\":0}".formatted(service.name());
      Reply.to(daemon.socket(), request).expect(0);
    }
    for (int i = 0; i < SERVICES; i++) {
      boolean steady = isSteady(i);
      services
          .get(i)
          .await("to come up", status -> status.wanted() == 'u' && (status.pid() != 0 || !steady));
    }
  }

  private static void allDown(Daemon daemon, List<Service> services) throws IOException {
    for (var service : services) {
      daemon.ask("cont", service.name()).expect(0);
      daemon.ask("down", service.name()).expect(0);
    }
  }

  @Test
  @Timeout(180)
  void theLastWordHoldsAndNothingGrows(Tree tree) throws IOException {
    var services = services(tree);
    var daemon = tree.start();
    for (var service : services) {
      service.await("to be supervised", status -> true);
    }
    allDown(daemon, services); // who crashes comes and goes with a descriptor
    int descriptors = daemon.descriptorsAtRest();
    allUp(daemon, services);
    round(tree, daemon, services, SEED);
    allUp(daemon, services);
    long before = Proc.anonymousKib(daemon.pid());
    round(tree, daemon, services, SEED + 100);
    allUp(daemon, services);
    assertThat(Proc.anonymousKib(daemon.pid())).isLessThan(before + MOST_GROWTH_KIB);
    allDown(daemon, services);
    daemon.awaitNoZombies();
    daemon.awaitDescriptors(descriptors);
    assertThat(daemon.ask("list").expect(0).out()).hasSize(SERVICES + 1);
  }
}
