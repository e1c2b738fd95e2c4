package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that ask for units without end, and units that name others without end. */
@ExtendWith(TreeExtension.class)
final class UnitFloodIT {
  private static final int MANY = 10_000;
  private static final int CIRCLE = 1000;
  private static final long BOUND_KIB = 128 * 1024;

  private static Wire peer(Tree tree) throws IOException {
    return Wire.peer("unix:path=" + tree.runtime().resolve("systemd/private"));
  }

  private static Wire.Message manager(String member, String signature, String body) {
    return new Wire.Message(
        "",
        "/org/freedesktop/systemd1",
        "org.freedesktop.systemd1.Manager",
        member,
        signature,
        body);
  }

  /** Texts as D-Bus has them, one after the other. */
  private static String texts(String... values) {
    var body = new StringBuilder();
    for (var value : values) {
      fill(body, 4);
      body.append((char) (value.length() & 255)).append((char) (value.length() >> 8));
      body.append("\0\0").append(value).append('\0');
    }
    return body.toString();
  }

  private static void fill(StringBuilder body, int to) {
    while (body.length() % to != 0) {
      body.append('\0');
    }
  }

  private static void expectUnhurt(Units units) throws IOException {
    units.systemctl("restart", "other").expect(0);
    units.expectStates("active/running", "other.service");
    String kib = Proc.field(units.daemon().pid(), "VmRSS").replaceAll("[^0-9]", "");
    assertThat(Long.parseLong(kib)).as("KiB").isLessThan(BOUND_KIB);
    assertThat(units.daemon().log()).doesNotContain("Exception", "OutOfMemory");
  }

  /** Some units that name many others, which leaves little room. */
  private static Units withLittleRoom(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other");
    for (int i = 0; i < 2; i++) {
      int number = i;
      String names =
          IntStream.range(0, MANY)
              .mapToObj(j -> "n" + number + "-" + j + ".service")
              .collect(Collectors.joining(" "));
      units.service("a" + i, "Type=oneshot", "RemainAfterExit=yes", "ExecStart=true");
      units.unit("a" + i + ".service.d/names.conf", "[Unit]", "After=" + names);
    }
    units.start();
    for (int i = 0; i < 2; i++) {
      units.systemctl("start", "a" + i);
    }
    return units;
  }

  @Test
  void aFloodOfRequestsForOneUnitEnds(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other").steady("a").start();
    var start = manager("RestartUnit", "ss", texts("a.service", "replace"));
    var stop = manager("StopUnit", "ss", texts("a.service", "fail"));
    try (var one = peer(tree);
        var two = peer(tree)) {
      one.flood(start, 20_000);
      two.flood(stop, 20_000);
      expectUnhurt(units);
    }
    units.systemctl("reset-failed", "a").expect(0); // it may have been started too often
    units.systemctl("start", "a").expect(0);
    units.expectStates("active/running", "a.service");
    expectUnhurt(units);
  }

  /** What systemctl says of a unit that cannot be started. */
  private static String refusal(Units units, String unit) throws IOException {
    var ran = units.systemctl("start", unit);
    assertThat(ran.status()).as(unit).isNotZero();
    units.expectStates("active/running", "other.service");
    return ran.err();
  }

  @Test
  void unitsThatCannotBeReadAreRefusedClearly(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other");
    units.unit("big.service", "[Service]", Units.STEADY, "#\n".repeat(5 << 20));
    units.unit("endless.service", "[Service]", "ExecStart=true \\", " 1\\\n".repeat(2 * MANY));
    units.unit("nul.service", "[Service]", "ExecStart=sleep 1\0");
    units.link("x.service", "y.service").link("y.service", "x.service");
    for (int i = 0; i < CIRCLE; i++) {
      String next = "c" + (i + 1) % CIRCLE + ".service";
      units.oneshot("c" + i, "Requires=" + next, "After=" + next);
    }
    units.start().systemctl("start", "other").expect(0);
    assertThat(refusal(units, "big")).contains("big.service cannot be read");
    assertThat(refusal(units, "endless")).contains("endless.service has a bad unit file setting");
    assertThat(refusal(units, "nul")).contains("nul.service has a bad unit file setting");
    assertThat(refusal(units, "x")).contains("x.service not found");
    assertThat(refusal(units, "c0")).contains("cyclic", "c0.service, c1.service, c2.service");
    assertThat(units.daemon().log())
        .contains("big.service: the file is longer than 1048576 bytes")
        .contains("endless.service:2: ExecStart=: ", "has more than 10000 words")
        .contains("nul.service:2: the line has a NUL byte")
        .contains("its aliases lead in a circle");
    expectUnhurt(units);
  }

  @Test
  void namesWithoutFilesAreForgottenAgain(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other").start();
    int count = MANY + MANY / 2;
    try (var wire = peer(tree)) {
      for (int i = 0; i < count; i++) {
        wire.send(manager("LoadUnit", "s", texts("nothing" + i + ".service")));
        if (i % 100 == 99) {
          for (int j = 0; j < 100; j++) {
            wire.awaitReply();
          }
        }
      }
    }
    expectUnhurt(units);
    assertThat(units.systemctl("list-units", "--all", "--plain").expect(0).out().lines().count())
        .isLessThan(100);
  }

  @Test
  void unitsThatNameOthersWithoutEndAreBounded(Tree tree) throws IOException {
    var units = withLittleRoom(tree);
    String words = "ExecStart=" + "x ".repeat(100_000) + "\n";
    units.unit("long.service", "[Service]", words.repeat(4));
    assertThat(units.systemctl("start", "long").status()).isNotZero();
    units.systemctl("daemon-reload").expect(0);
    expectUnhurt(units);
  }

  @Test
  void specifiersDoNotGrowWithoutEnd(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other");
    String name = "x@" + "y".repeat(200) + ".service";
    units.service("x@", "Type=oneshot", "ExecStart=true", "Environment=A=" + "%n".repeat(30_000));
    units.service("r", "Type=oneshot", "ExecStart=true " + "%%n%n".repeat(10_000));
    units.start();
    units.systemctl("start", name);
    units.systemctl("start", "r");
    expectUnhurt(units);
  }

  @Test
  void whoNeverReadsHurtsNobody(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other").start();
    var wires = new ArrayList<Wire>();
    try {
      for (int i = 0; i < 20; i++) {
        var wire = peer(tree);
        wires.add(wire);
        wire.flood(manager("ListUnitFiles", "", ""), 10);
      }
      expectUnhurt(units);
    } finally {
      for (var wire : wires) {
        wire.close();
      }
    }
    expectUnhurt(units);
  }

  @Test
  void aThousandConnectionsLeaveRoomForOthers(Tree tree) throws IOException {
    var units = Units.of(tree).steady("other").start();
    var clients = new ArrayList<Client>();
    try {
      for (int i = 0; i < 1000; i++) {
        var client = new Client(tree.runtime().resolve("systemd/private"));
        clients.add(client);
        client.send(i % 3 == 0 ? "\0AUTH EXTERNAL 30\r\n" : i % 3 == 1 ? "\0garbage\r\n" : "\0");
      }
      expectUnhurt(units);
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
    expectUnhurt(units);
    assertThat(Files.exists(tree.runtime().resolve("systemd/private"))).isTrue();
  }
}
