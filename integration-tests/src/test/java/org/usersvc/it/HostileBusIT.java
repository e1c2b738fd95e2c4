package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose bus is none, or a bad one: a line in the log, and nothing else suffers. */
@Order(3)
@ExtendWith(TreeExtension.class)
final class HostileBusIT {
  /** A daemon with a service and a real bus, which have to stay as they are. */
  private record Scene(Tree tree, Desktop desktop, Daemon daemon, Bus good, int pid) {
    static Scene of(Tree tree) throws IOException {
      var desktop = Desktop.ofOurselves(tree);
      var web = tree.service("web").steady();
      var daemon = tree.start();
      var good = Bus.usual(desktop).awaitSession(tree);
      return new Scene(tree, desktop, daemon, good, web.awaitUp());
    }

    Running register(String address, String... more) throws IOException {
      var leader = tree.begin("sleep", "1000");
      var words = new ArrayList<>(List.of("session", "register", "--leader", "" + leader.pid()));
      words.add("DBUS_SESSION_BUS_ADDRESS=" + address);
      words.addAll(List.of(more));
      tree.usersvc(words.toArray(String[]::new)).expect(0);
      return leader;
    }

    void allElseIsWell() throws IOException {
      assertThat(tree.service("web").pid()).isEqualTo(pid);
      daemon.ask("status", "web").expect(0);
      assertThat(good.property("/org/usersvc1/service/web", "org.usersvc1.Service", "Pid"))
          .isEqualTo("(<uint32 " + pid + ">,)");
    }
  }

  private static void survives(Tree tree, BadBus kind, String prefix) throws IOException {
    var scene = Scene.of(tree);
    int descriptors = scene.daemon().descriptorsAtRest();
    var address = prefix + tree.root().resolve("fake");
    try (var fake = new FakeBus(address, kind)) {
      var leader = scene.register(address, "A=b");
      fake.awaitVisit();
      scene.allElseIsWell();
      leader.kill();
      scene.daemon().awaitDescriptors(descriptors);
      scene.allElseIsWell();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBusThatMisbehavesIsSurvived(BadBus kind, Tree tree) throws IOException {
    survives(tree, kind, "unix:path=");
  }

  @ParameterizedTest
  @EnumSource
  void anAbstractOneToo(BadBus kind, Tree tree) throws IOException {
    survives(tree, kind, "unix:abstract=");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SAYS_NOTHING", "LETS_IN_AND_SAYS_NOTHING", "SENDS_HALF_A_MESSAGE"},
      mode = EnumSource.Mode.EXCLUDE)
  void aBusThatMisbehavesIsToldOnce(BadBus kind, Tree tree) throws IOException {
    var scene = Scene.of(tree);
    var address = "unix:path=" + tree.root().resolve("fake");
    try (var fake = new FakeBus(address, kind)) {
      scene.register(address, "A=b");
      fake.awaitVisit();
      scene.daemon().awaitLog(tree.root().resolve("fake").toString());
      scene.allElseIsWell();
      scene.daemon().expectLog(1, tree.root().resolve("fake").toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SAYS_NOTHING", "LETS_IN_AND_SAYS_NOTHING"})
  void aBusThatHangsIsGivenUp(BadBus kind, Tree tree) throws IOException {
    var scene = Scene.of(tree);
    var address = "unix:path=" + tree.root().resolve("fake");
    try (var fake = new FakeBus(address, kind)) {
      scene.register(address);
      fake.awaitVisit();
      Await.answer(
          Duration.ofSeconds(40),
          "a line about it",
          scene.daemon()::log,
          text -> text.contains(tree.root().resolve("fake").toString()));
      scene.allElseIsWell();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        ":",
        "unix",
        "unix:",
        "unix:path",
        "unix:path=",
        "unix:nosuch=/x",
        "unix:path=relative",
        "unix:path=%zz",
        "unix:abstract=",
        "tcp:host=127.0.0.1,port=1",
        "nonce-tcp:host=127.0.0.1,port=1,noncefile=/x",
        "unixexec:path=/bin/true",
        "autolaunch:",
        ";;;",
        "unix:path=/nosuch/bus",
        "unix:path=/dev/null",
        "unix:path=/tmp",
        "unix:abstract=/nosuch/usersvc/bus"
      })
  void anAddressThatLeadsNowhereIsToldOnce(String address, Tree tree) throws IOException {
    var scene = Scene.of(tree);
    int descriptors = scene.daemon().descriptorsAtRest();
    scene.register(address, "A=b");
    var line = scene.daemon().awaitLog("'" + address + "'");
    assertThat(line).contains("usersvcd: ");
    assertThat(tree.usersvc("env").expect(0).out()).contains("A=b\n");
    scene.allElseIsWell();
    scene.daemon().awaitDescriptors(descriptors + 1); // the session's leader
    scene.daemon().expectLog(1, "'" + address + "'");
  }

  @Test
  void anAddressThatIsTooLongForASocketIsTold(Tree tree) throws IOException {
    var scene = Scene.of(tree);
    scene.register("unix:path=/" + "x".repeat(200));
    scene.register("unix:abstract=" + "x".repeat(200));
    scene.register("unix:path=/" + "y".repeat(100_000));
    scene.daemon().awaitLog("xxxx");
    scene.daemon().awaitLog("yyyy");
    scene.allElseIsWell();
  }

  @Test
  void theFirstOfSeveralAddressesThatWorksIsTaken(Tree tree) throws IOException {
    var scene = Scene.of(tree);
    var bus = Bus.atPath(scene.desktop(), "bus");
    scene.register("unix:path=/nosuch/bus;" + bus.address() + ",guid=0123456789abcdef");
    bus.awaitManager();
    scene.allElseIsWell();
  }

  @Test
  void aSocketThatNobodyListensOnIsTold(Tree tree) throws IOException {
    var scene = Scene.of(tree);
    var bus = Bus.atPath(scene.desktop(), "dead");
    bus.kill();
    assertThat(Files.exists(tree.root().resolve("dead"))).isTrue();
    scene.register(bus.address());
    assertThat(scene.daemon().awaitLog(bus.address())).contains("refused");
    scene.allElseIsWell();
  }

  @Test
  void theBusOfSomebodyElseIsTold(Tree tree) throws IOException {
    var scene = Scene.of(tree);
    var theirs = Files.createDirectory(tree.root().resolve("theirs"));
    Ran.of("chmod", "777", theirs.toString()).expect(0);
    String address = "unix:path=" + theirs.resolve("bus");
    try (var other = stranger(scene.desktop(), address)) {
      scene.register(address, "A=b");
      scene.daemon().awaitLog(address);
      scene.allElseIsWell();
      assertThat(other).isNotNull();
    }
  }

  /** The bus of another user; who cannot be one is turned away as such a bus does it. */
  private static Closeable stranger(Desktop desktop, String address) throws IOException {
    if (Tree.isRoot()) {
      var bus = Bus.start(Desktop.of(desktop.tree()), address);
      return bus::end;
    }
    return new FakeBus(address, BadBus.REJECTS)::close;
  }

  @Test
  void manyBadBusesAtOnceDelayNobody(Tree tree) throws IOException {
    var scene = Scene.of(tree);
    int descriptors = scene.daemon().descriptorsAtRest();
    var fakes = new ArrayList<FakeBus>();
    var leaders = new ArrayList<Running>();
    try {
      for (int i = 0; i < 30; i++) {
        var address = "unix:path=" + tree.root().resolve("mute" + i);
        fakes.add(new FakeBus(address, FakeBus.Visit::listen));
        leaders.add(scene.register(address));
      }
      scene.allElseIsWell();
      assertThat(scene.good().manager("Rescan").expect(0).out()).isEqualTo("()\n");
    } finally {
      leaders.forEach(Running::kill);
      for (var fake : fakes) {
        fake.close();
      }
    }
    scene.daemon().awaitDescriptors(descriptors);
  }
}
