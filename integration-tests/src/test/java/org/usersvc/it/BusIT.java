package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** usersvcd on several real buses at once, which come and go. */
@ExtendWith(TreeExtension.class)
final class BusIT {
  private static final String WEB = "/org/usersvc1/service/web";
  private static final String SERVICE = "org.usersvc1.Service";
  private static final int MANY = 100;

  private static void awaitSessions(Tree tree, int count) throws IOException {
    Await.answer(
        count + " sessions",
        () -> Document.in(tree.usersvc("--json", "session", "list").expect(0)).size(),
        now -> now == count);
  }

  private static void awaitState(Bus bus, String state) throws IOException {
    Await.answer(
        "web to be " + state + " on " + bus.address(),
        () -> bus.property(WEB, SERVICE, "State"),
        value -> value.equals("(<'" + state + "'>,)"));
  }

  @Test
  void everyBusControlsTheSameServices(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var first = Bus.atPath(desktop, "first");
    var second = Bus.atAbstract(desktop, "second");
    first.register();
    second.register();
    int pid = web.awaitUp();
    for (var bus : new Bus[] {first.awaitManager(), second.awaitManager()}) {
      assertThat(bus.property(WEB, SERVICE, "Pid")).isEqualTo("(<uint32 " + pid + ">,)");
    }
    first.manager("Down", "web", "0").expect(0);
    web.awaitDown();
    awaitState(first, "down");
    awaitState(second, "down");
    second.manager("Up", "web", "30000").expect(0);
    assertThat(web.awaitUpAfter(pid)).isNotZero();
    awaitState(first, "run");
    int before = web.pid();
    assertThat(second.call(WEB, SERVICE + ".Restart", "30000").status()).isZero();
    assertThat(web.awaitUpAfter(before)).isNotZero();
  }

  @Test
  void aRescanReadsEnvironmentDAtEitherDoor(Tree tree) throws IOException {
    var directory = Files.createDirectories(tree.root().resolve(".config/environment.d"));
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var bus = Bus.atPath(desktop, "bus");
    bus.register();
    bus.awaitManager();
    Files.writeString(directory.resolve("bus.conf"), "BY_BUS=1\n");
    bus.manager("Rescan").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).contains("BY_BUS=1");
    Files.writeString(directory.resolve("socket.conf"), "BY_SOCKET=1\n");
    tree.usersvc("rescan").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).contains("BY_SOCKET=1");
  }

  @Test
  void signalsArriveOnEveryBus(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var desktop = Desktop.ofOurselves(tree);
    tree.start();
    var first = Bus.atPath(desktop, "first");
    var second = Bus.atAbstract(desktop, "second");
    first.register();
    second.register();
    web.awaitUp();
    var monitors = new Running[] {first.awaitManager().monitor(), second.awaitManager().monitor()};
    first.manager("Down", "web", "0").expect(0);
    for (var monitor : monitors) {
      monitor.awaitOutput(
          "^/org/usersvc1: org.usersvc1.Manager.StateChanged \\('web', .*'down'\\)");
      monitor.awaitOutput(
          "^" + WEB + ": .*PropertiesChanged \\('" + SERVICE + "', .*'State': <'down'");
    }
    tree.service("later").steady();
    for (var monitor : monitors) {
      monitor.awaitOutput("^/org/usersvc1: .*InterfacesAdded \\(.*/org/usersvc1/service/later'");
    }
    tree.shell("rm -r services/later");
    for (var monitor : monitors) {
      monitor.awaitOutput("^/org/usersvc1: .*InterfacesRemoved \\(.*/org/usersvc1/service/later'");
    }
  }

  @Test
  void aBusThatIsKilledIsForgottenAndTheOtherGoesOn(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var desktop = Desktop.ofOurselves(tree);
    var daemon = tree.start();
    var first = Bus.atPath(desktop, "first");
    first.register();
    first.awaitManager();
    int pid = web.awaitUp();
    int descriptors = daemon.descriptorsAtRest();
    int threads = Proc.threads(daemon.pid());
    var second = Bus.atAbstract(desktop, "second");
    var leader = second.register("A=second");
    second.awaitManager();
    awaitSessions(tree, 2);
    second.kill();
    Await.until(
        "the address of the other bus",
        () -> tree.usersvc("env").expect(0).out().contains(first.address()));
    assertThat(leader.lives()).isTrue();
    awaitSessions(tree, 2);
    assertThat(tree.usersvc("env").expect(0).out()).contains("A=second");
    leader.end();
    awaitSessions(tree, 1);
    daemon.awaitDescriptors(descriptors);
    daemon.awaitThreads(threads);
    assertThat(first.property(WEB, SERVICE, "Pid")).isEqualTo("(<uint32 " + pid + ">,)");
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void aHundredBusesLeaveNothingBehind(Tree tree) throws IOException {
    tree.service("web").steady();
    var desktop = Desktop.ofOurselves(tree);
    var daemon = tree.start();
    comeAndGo(desktop, "warm");
    awaitSessions(tree, 0);
    int descriptors = daemon.descriptorsAtRest();
    int threads = Proc.threads(daemon.pid());
    long before = Proc.anonymousKib(daemon.pid());
    for (int i = 0; i < MANY; i++) {
      comeAndGo(desktop, "bus" + i);
    }
    awaitSessions(tree, 0);
    daemon.awaitDescriptors(descriptors);
    daemon.awaitThreads(threads);
    long after = Proc.anonymousKib(daemon.pid());
    System.out.println(MANY + " buses: " + before + " KiB -> " + after + " KiB");
    assertThat(after - before).as("KiB more").isLessThan(8 * 1024);
  }

  /** One bus is registered, used, and killed or ended. */
  private static void comeAndGo(Desktop desktop, String name) throws IOException {
    boolean even = name.hashCode() % 2 == 0;
    var bus = even ? Bus.atPath(desktop, name) : Bus.atAbstract(desktop, name);
    var leader = bus.register();
    bus.awaitManager();
    bus.manager("GetService", "web").expect(0);
    if (even) {
      bus.kill();
    } else {
      bus.end();
    }
    leader.end();
  }

  @Test
  void theUsualBusNeedsNoRegistration(Tree tree) throws IOException {
    tree.service("web").steady();
    var desktop = Desktop.ofOurselves(tree);
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    var first = Bus.usual(desktop).awaitManager();
    first.manager("GetService", "web").expect(0);
    first.kill();
    daemon.awaitDescriptors(descriptors);
    var second = Bus.usual(desktop).awaitManager();
    second.manager("GetService", "web").expect(0);
    second.end();
    daemon.awaitDescriptors(descriptors);
    Bus.usual(desktop).awaitSession(tree);
  }

  @Test
  void aUsualBusThatIsThereBeforeTheDaemonIsFound(Tree tree) throws IOException {
    tree.service("web").steady();
    var bus = Bus.usual(Desktop.ofOurselves(tree));
    tree.start();
    bus.awaitManager().manager("GetService", "web").expect(0);
  }

  @Test
  void aBusOfTwoSessionsIsConnectedToOnce(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    var daemon = tree.start();
    int without = daemon.descriptorsAtRest();
    var bus = Bus.atPath(desktop, "bus");
    var first = bus.register();
    bus.awaitManager().awaitName("org.freedesktop.systemd1");
    int names = names(bus);
    var second = bus.register();
    awaitSessions(tree, 2);
    Await.until("no further name for good", () -> names(bus) <= names); // a monitor has none
    first.kill();
    awaitSessions(tree, 1);
    bus.manager("ListServices").expect(0);
    second.kill();
    awaitSessions(tree, 0);
    daemon.awaitDescriptors(without);
    assertThat(bus.knows("org.usersvc1")).isFalse();
  }

  /** Names on the bus, without that of the asking program. */
  private static int names(Bus bus) throws IOException {
    return bus.itself("ListNames").expect(0).out().split(",", -1).length;
  }

  @Test
  void anInstanceHasANameOfItsOwn(Tree tree) throws IOException {
    var desktop = Desktop.ofOurselves(tree);
    tree.service("web").steady();
    var first = tree.start();
    var bus = Bus.usual(desktop).awaitManager();
    var other = Files.createDirectory(tree.root().resolve("others"));
    Service.in(other, "other").steady();
    tree.launch().arguments("--instance", "two", other.toString()).start();
    bus.awaitName("org.usersvc1.Instance.two");
    bus.manager("GetService", "web").expect(0);
    assertThat(
            bus.gdbus(
                    "call",
                    "--dest=org.usersvc1.Instance.two",
                    "--object-path=/org/usersvc1",
                    "--method=org.usersvc1.Manager.GetService",
                    "other")
                .expect(0)
                .out())
        .contains("/org/usersvc1/service/other");
    first.signal("TERM");
    assertThat(first.awaitEnd()).isZero();
    Await.until("nobody to have web", () -> bus.manager("GetService", "web").status() != 0);
  }

  @Test
  void aBusDoesNotDelayTheFirstService(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var address = "unix:path=" + tree.runtime().resolve("bus");
    try (var mute = new FakeBus(address, FakeBus.Visit::listen)) {
      var daemon = tree.start();
      web.awaitUp();
      mute.awaitVisit();
      daemon.ask("status", "web").expect(0);
      daemon.ask("down", "web").expect(0);
    }
  }
}
