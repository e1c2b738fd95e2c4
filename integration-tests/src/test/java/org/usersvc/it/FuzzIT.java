package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random input at every door of the daemon; {@code make fuzz} does it for longer. */
@Order(7)
@ExtendWith(TreeExtension.class)
final class FuzzIT {
  private static final int MOST_CLIENTS = 60;
  private static final int MOST_DIRECTORIES = 25;
  private static final int SOME_FILES = 20;

  @Test
  void theControlSocketTakesAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var requests = new RequestNoise(fuzz.noise(), tree);
          tree.service("victim").steady().file("needs-env", "FUZZ_A FUZZ_B\n");
          tree.service("victim2")
              .run("trap '' TERM", "exec sleep 1000")
              .file("timeout-kill", "50\n");
          fuzz.begin();
          var left = new ArrayDeque<Client>();
          while (fuzz.goesOn()) {
            if (fuzz.noise().chance(0.4)) {
              var reply = Reply.to(fuzz.daemon().socket(), requests.answerable());
              assertThat(reply.status()).as(reply.toString()).isNotNegative();
            } else {
              left.add(leave(fuzz, requests));
            }
            while (left.size() > MOST_CLIENTS) {
              left.remove().close();
            }
          }
          for (var client : left) {
            client.close();
          }
        });
  }

  /** A client that asks and does not read, or does not ask to the end. */
  private static Client leave(Fuzz fuzz, RequestNoise requests) throws IOException {
    var client = new Client(fuzz.daemon().socket());
    String request = requests.any();
    try {
      switch (fuzz.noise().below(4)) {
        case 0 -> client.send(request.substring(0, fuzz.noise().below(request.length() + 1)));
        case 1 -> client.send(request + "\n").closeSendingHalf();
        case 2 -> client.send(request + "\n" + fuzz.noise().text(5000));
        default -> client.send(request + "\n");
      }
    } catch (IOException ignored) { // it may be cut off early
      assertThat(fuzz.daemon().lives()).isTrue();
    }
    return client;
  }

  @Test
  void thePrivateSocketTakesAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          tree.service("victim").steady();
          var units = new UnitNoise(fuzz.noise(), tree);
          for (int i = 0; i < SOME_FILES; i++) {
            units.change();
          }
          fuzz.begin();
          var address = "unix:path=" + tree.runtime().resolve("systemd/private");
          var left = new ArrayDeque<Wire>();
          while (fuzz.goesOn()) {
            if (fuzz.noise().chance(0.2)) {
              shakeHands(fuzz, tree.runtime().resolve("systemd/private"));
            } else {
              left.add(call(fuzz, address));
            }
            while (left.size() > MOST_CLIENTS) {
              left.remove().close();
            }
          }
          for (var wire : left) {
            wire.close();
          }
        });
  }

  @Test
  void unitFilesMayHoldAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var noise = fuzz.noise();
          var units = new UnitNoise(noise, tree);
          Files.createDirectories(units.directory());
          fuzz.begin();
          while (fuzz.goesOn()) {
            units.change();
            switch (noise.below(6)) {
              case 0 -> reload(tree);
              case 1 -> fuzz.daemon().ask(noise.one("list", "tree")).expect(0);
              default -> {
                var verb = noise.one("up", "up", "down", "restart", "reload", "status");
                fuzz.ask(verb, units.unit());
              }
            }
            fuzz.pause(noise.number(0, 0, 10, 100));
          }
          units.removeAll();
          reload(tree);
        });
  }

  private static void reload(Tree tree) throws IOException {
    try (var wire = Wire.peer("unix:path=" + tree.runtime().resolve("systemd/private"))) {
      wire.send(
          Wire.Message.bare(
              "", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "Reload"));
      assertThat(wire.awaitReply()).isEqualTo(Wire.RETURN);
    }
  }

  private static void shakeHands(Fuzz fuzz, Path socket) throws IOException {
    var said = new StringBuilder();
    for (int i = fuzz.noise().below(9); i >= 0; i--) {
      said.append(
          fuzz.noise()
              .one(
                  "\0AUTH\r\n",
                  "\0AUTH EXTERNAL 30\r\n",
                  "AUTH EXTERNAL\r\n",
                  "DATA\r\n",
                  "BEGIN\r\n",
                  "NEGOTIATE_UNIX_FD\r\n",
                  "CANCEL\r\n",
                  "ERROR x\r\n",
                  "AUTH EXTERNAL zz\r\n",
                  "AUTH DBUS_COOKIE_SHA1 30\r\n",
                  "A".repeat(1500),
                  "\r\n",
                  "\0"));
    }
    try (var client = new Client(socket)) {
      client.send(fuzz.noise().mutate(said.toString()));
    } catch (IOException ignored) { // it may be cut off early
      assertThat(fuzz.daemon().lives()).isTrue();
    }
  }

  private static Wire call(Fuzz fuzz, String address) throws IOException {
    var messages = new WireNoise(fuzz.noise());
    var wire = Wire.peer(address);
    try {
      for (int i = fuzz.noise().number(1, 1, 3, 20); i > 0; i--) {
        String message = messages.call(fuzz.noise().number(i, i, 0, -1));
        wire.sendRaw(
            (fuzz.noise().chance(0.7) ? fuzz.noise().mutate(message) : message)
                .getBytes(ISO_8859_1));
      }
    } catch (IOException ignored) { // it may be cut off early
      assertThat(fuzz.daemon().lives()).isTrue();
    }
    return wire;
  }

  @Test
  void aBusMaySayAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          tree.service("victim").steady();
          fuzz.begin();
          for (int i = 0; fuzz.goesOn(); i++) {
            var leader = tree.begin(Fuzz.asUser("sleep", "1000"));
            String address = "unix:path=" + tree.root().resolve("bus" + i);
            try (var bus = new FakeBus(address, visit -> talk(fuzz, visit))) {
              Fuzz.own(tree.root().resolve("bus" + i));
              Await.until("the leader", () -> Proc.commandLine(leader.pid()).equals("sleep 1000"));
              tree.usersvc(
                      "session",
                      "register",
                      "--leader",
                      "" + leader.pid(),
                      "DBUS_SESSION_BUS_ADDRESS=" + address)
                  .expect(0);
              bus.awaitVisit();
              fuzz.pause(fuzz.noise().number(0, 20, 100));
            }
            leader.kill();
            Files.deleteIfExists(tree.root().resolve("bus" + i));
          }
        });
  }

  private static void talk(Fuzz fuzz, FakeBus.Visit visit) throws IOException {
    var noise = new Noise(fuzz.noise().any());
    var messages = new WireNoise(noise);
    if (noise.chance(0.15)) {
      visit.say(noise.mutate("OK 0123456789abcdef0123456789abcdef\r\n"));
    } else {
      visit.authenticate();
    }
    for (int i = noise.number(1, 3, 10, 40); i > 0; i--) {
      String message = noise.chance(0.2) ? messages.call(i) : messages.ofBus(i);
      visit.say(noise.chance(0.5) ? noise.mutate(message) : message);
    }
    visit.listen();
  }

  @Test
  void aServiceMayNotifyOfAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          String sender = Path.of("src/test/container/notify-noise").toAbsolutePath().toString();
          for (int i = 0; i < 3; i++) {
            tree.service("victim" + i)
                .file("notify", "")
                .run("exec python3 " + sender + " " + fuzz.noise().below(1_000_000));
          }
          fuzz.begin();
          while (fuzz.goesOn()) {
            fuzz.pause(100);
          }
          for (int i = 0; i < 3; i++) {
            fuzz.daemon().ask("force-stop", "victim" + i).expect(0);
          }
        });
  }

  @Test
  void theStateFileMayHoldAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var state = new StateNoise(fuzz.noise(), tree.runtime().resolve("usersvc/state"));
          tree.service("victim").steady();
          tree.service("once").run("exec true").file("type", "oneshot\n");
          tree.service("logged").steady().log().run("exec cat > /dev/null");
          tree.service("needy").steady().file("needs-env", "NOSUCH\n");
          fuzz.begin();
          while (fuzz.goesOn()) {
            fuzz.daemon().kill();
            Proc.awaitGone(fuzz.daemon().pid());
            state.damage();
            Fuzz.own(tree.runtime());
            fuzz.beginAgain();
            fuzz.daemon().ask("rescan").expect(0);
            for (var service : List.of("victim", "logged")) {
              tree.service(service).awaitUp();
              assertThat(copies(tree, service)).as("pids of " + service).hasSize(1);
            }
          }
        });
  }

  private static List<Long> copies(Tree tree, String service) throws IOException {
    String place = tree.scan().resolve(service).toString();
    var copies = new ArrayList<Long>();
    for (long pid : Proc.withHome(tree.root())) {
      if (Proc.commandLine(pid).equals("sleep 1000") && Proc.directory(pid).equals(place)) {
        copies.add(pid);
      }
    }
    return copies;
  }

  @Test
  void supervisesFilesMayBeAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var noise = fuzz.noise();
          var files = new FileNoise(noise, tree);
          tree.service("victim")
              .run("trap : HUP INT QUIT ALRM USR1 USR2 CONT", "while :; do sleep 0.1; done")
              .script("control/h", "sleep 0.01");
          tree.service("victim").log().run("exec cat > /dev/null");
          tree.service("victim2").run("exec sleep 0.02");
          fuzz.begin();
          while (fuzz.goesOn()) {
            String name = noise.one("victim", "victim2", "victim/log");
            var supervise = tree.scan().resolve(name).resolve("supervise");
            switch (noise.below(12)) {
              case 0, 1, 2, 3, 4, 5, 6, 7 ->
                  files.pour(supervise.resolve("control"), letters(noise));
              case 8 -> {
                var file = noise.one("control", "ok", "status", "stat", "pid", "lock");
                files.replace(supervise.toRealPath().resolve(file));
                fuzz.daemon().ask("rescan").expect(0);
              }
              case 9 -> fuzz.daemon().ask("rescan").expect(0);
              case 10 -> {
                Ran.of("rm", "-rf", supervise.toRealPath().toString()); // a status may come again
                fuzz.daemon().ask("rescan").expect(0);
              }
              default -> fuzz.ask(noise.one("up", "down", "restart"), name.replace("/log", ""));
            }
          }
          fuzz.daemon().ask("rescan").expect(0);
          fuzz.ask("restart", "victim"); // letters that still come may end its first run
          Await.until(
              "victim to run", () -> fuzz.daemon().ask("is-active", "victim").status() == 0);
        });
  }

  /** Letters, or what is none; x would end the supervision. */
  private static String letters(Noise noise) {
    int count = noise.number(1, 2, 5, 100, 4096, 20_000);
    var letters = new StringBuilder(noise.chance(0.3) ? noise.text(count) : "");
    while (letters.length() < count) {
      letters.append("udopchaitkq12".charAt(noise.below(13)));
    }
    return letters.toString().replace('x', 'y');
  }

  @Test
  void serviceDirectoriesMayHoldAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var noise = fuzz.noise();
          var files = new FileNoise(noise, tree);
          var names = new ArrayDeque<Path>();
          fuzz.begin();
          for (int i = 0; fuzz.goesOn(); i++) {
            if (names.size() < 3 || noise.chance(0.5)) {
              names.add(files.service(i));
            } else if (noise.chance(0.4)) {
              files.replaceOneOf(names.peekLast());
            } else if (noise.chance(0.5)) {
              var verb = noise.one("up", "down", "restart", "status", "check", "hup", "reload");
              fuzz.ask(verb, "s" + (i - 1));
            } else {
              fuzz.daemon().ask(noise.one("rescan", "tree", "list")).expect(0);
            }
            while (names.size() > MOST_DIRECTORIES) {
              FileNoise.removeService(names.remove());
            }
          }
          for (var name : names) {
            FileNoise.removeService(name);
          }
        });
  }

  @Test
  void logDirectoriesMayHoldAnything(Tree tree) throws IOException {
    Fuzz.run(
        tree,
        fuzz -> {
          var noise = fuzz.noise();
          var files = new FileNoise(noise, tree);
          tree.service("victim")
              .run("while :; do head -c 500 /dev/urandom; echo; sleep 0.02; done");
          fuzz.begin();
          var victim = LogFiles.builtIn(tree, "victim").dir();
          Await.until("a log", () -> Files.exists(victim.resolve("current")));
          while (fuzz.goesOn()) {
            files.damageLog(victim);
            if (noise.chance(0.5)) {
              fuzz.ask("restart", "victim");
            }
            fuzz.pause(noise.number(0, 0, 20, 100));
            if (noise.chance(0.1)) {
              FileNoise.remove(victim);
              FileNoise.remove(victim.resolveSibling("config"));
            }
          }
          FileNoise.remove(victim);
          FileNoise.remove(victim.resolveSibling("config"));
          fuzz.daemon().ask("restart", "victim").expect(0);
          Await.until("the log again", () -> Files.size(victim.resolve("current")) > 0);
        });
  }
}
