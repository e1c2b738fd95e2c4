package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TreeExtension.class)
final class LargeTreeIT {
  private static final int MOST = 10_000;
  private static final int DESCRIPTORS = 65_536;
  private static final int FEWER = 4_000;

  /** As many services as the descriptors suffice for. */
  private static int affordable() throws IOException {
    var limit = Ran.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " 2> /dev/null; ulimit -n");
    String allowed = limit.out().strip();
    boolean many = allowed.equals("unlimited") || Integer.parseInt(allowed) >= DESCRIPTORS;
    return many ? MOST : FEWER;
  }

  private static List<Service> services(Tree tree, int count) throws IOException {
    var pattern = tree.prepare("pattern").steady().dir().resolve("run");
    var services = new ArrayList<Service>(count);
    for (int i = 0; i < count; i++) {
      var service = tree.service("s" + i);
      Files.createLink(service.dir().resolve("run"), pattern);
      Files.createFile(service.dir().resolve("down"));
      services.add(service);
    }
    return services;
  }

  @Test
  @Timeout(180)
  void thousandsOfServicesAreSupervised(Tree tree) throws IOException {
    int count = affordable();
    var services = services(tree, count);
    var daemon = tree.launch().afterShell("ulimit -n " + DESCRIPTORS + " 2> /dev/null").start();
    String last = "s" + (count - 1); // it is opened late
    daemon.ask("status", last, tree.scan() + "/s" + (count - 2) + "/").expect(0);
    Await.answer(
        Duration.ofSeconds(60),
        "all services",
        () -> daemon.ask("list").out().size(),
        lines -> lines == count + 1);
    daemon.ask("up", "s7").expect(0);
    services.get(7).awaitUp();
    daemon.ask("rescan").expect(0);
    tree.sv("-w", "30", "up", last).expect(0);
    services.get(count - 1).awaitUp();
    Service.in(tree.scan(), "late").steady().awaitUp();
    assertThat(daemon.log()).isEmpty();
  }

  @Test
  void moreServicesThanDescriptorsAreToldAndTheOthersWork(Tree tree) throws IOException {
    var first = tree.service("a").steady();
    var daemon = tree.launch().under("prlimit", "--nofile=256:256", "--").start();
    int pid = first.awaitUp();
    tree.sv("check", "a").expect(0);
    services(tree, 150);
    assertThat(daemon.awaitLog("too many open files")).contains("ulimit -n");
    tree.sv("-w", "30", "restart", "a").expect(0);
    assertThat(first.awaitUpAfter(pid)).isNotZero();
    tree.shell("rm -r services/s[1-8]*");
    daemon.ask("rescan").expect(0);
    Await.until("s99 to be taken up", () -> tree.sv("-w", "30", "up", "s99").status() == 0);
  }
}
