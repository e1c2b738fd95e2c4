package org.usersvc.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an idle daemon gives back, and a daemon without the library that does it. */
@ExtendWith(TreeExtension.class)
final class MemoryIT {
  private static final String LIBRARY = "libusersvc-calls.so";
  private static final String RESIDENT = "VmRSS";
  private static final String RESIDENT_OF_FILES = "RssFile";
  private static final String RESIDENT_WITHOUT_FILE = "RssAnon";
  private static final int MANY = 9000;

  /** Of the JVM's files and the cache; more than twice as much after the start. */
  private static final int KIBIBYTES_AT_REST = 16_384;

  /** What many units take, which all go again. */
  private static final int KIBIBYTES_OF_A_BURST =
      DaemonKind.ofTheImage() == DaemonKind.NATIVE ? 4096 : 20_480;

  /** What a burst leaves, of the heap and of what runs for the first time. */
  private static final int KIBIBYTES_LEFT = 10_240;

  /** Of the daemon and its keeper with twelve services that do nothing. */
  private static final int KIBIBYTES_WITH_TWELVE =
      DaemonKind.ofTheImage() == DaemonKind.NATIVE ? 12_288 : 28_672;

  private static int kibibytes(Daemon daemon, String field) throws IOException {
    return kibibytes(daemon.pid(), field);
  }

  private static int kibibytes(long pid, String field) throws IOException {
    return Integer.parseInt(Proc.field(pid, field).replace(" kB", ""));
  }

  private static void awaitAtMost(int most, Daemon daemon, String field) throws IOException {
    Await.answer(
        "at most " + most + " KiB of " + field, () -> kibibytes(daemon, field), now -> now <= most);
  }

  private static void awaitRest(Daemon daemon) throws IOException {
    awaitAtMost(KIBIBYTES_AT_REST, daemon, RESIDENT_OF_FILES);
  }

  @Test
  void withTwelveServicesItTakesLittle(Tree tree) throws IOException {
    for (int i = 1; i <= 12; i++) {
      tree.service("s" + i).run("exec sleep 1000");
    }
    var daemon = tree.start();
    for (int i = 1; i <= 12; i++) {
      tree.service("s" + i).awaitUp();
    }
    String keeper = "./usersvc-keeper " + tree.runtime() + "/usersvc";
    long held =
        Await.answer("a keeper", () -> Proc.withCommandLine(keeper), all -> all.size() == 1)
            .getFirst();
    Await.answer(
        "at most " + KIBIBYTES_WITH_TWELVE + " KiB",
        () -> kibibytes(daemon, RESIDENT) + kibibytes(held, RESIDENT),
        now -> now <= KIBIBYTES_WITH_TWELVE);
  }

  @Test
  void anIdleDaemonGivesBackWhatOnlyABurstHasTouched(Tree tree) throws IOException {
    var web = tree.service("web").run("exec sleep 1000");
    String many =
        IntStream.range(0, MANY).mapToObj(i -> "n" + i + ".service").collect(joining(" "));
    var units = Units.of(tree).oneshot("few", "After=n.service").oneshot("many", "After=" + many);
    var daemon = units.start().daemon();
    int pid = web.awaitUp();
    units.systemctl("start", "few").expect(0);
    awaitRest(daemon);
    int before = kibibytes(daemon, RESIDENT_WITHOUT_FILE);
    units.systemctl("start", "many").expect(0);
    assertThat(kibibytes(daemon, RESIDENT_WITHOUT_FILE) - before)
        .isGreaterThan(KIBIBYTES_OF_A_BURST);
    tree.usersvc("restart", "web").expect(0);
    pid = web.awaitUpAfter(pid);
    awaitRest(daemon);
    awaitAtMost(before + KIBIBYTES_LEFT, daemon, RESIDENT_WITHOUT_FILE);
    assertThat(tree.usersvc("status", "web").expect(0).out()).containsPattern("web +run +" + pid);
  }

  @Test
  void withoutItsLibraryADaemonDoesTheSame(Tree tree, @TempDir Path temporary) throws IOException {
    var copy = temporary.resolve("image");
    var image = Path.of(Programs.image("usersvcd")).resolve("../..").normalize();
    Ran.of("cp", "-a", image.toString(), copy.toString()).expect(0);
    var web = tree.service("web").run("echo said; exec sleep 1000");
    var launch = tree.launch().program(copy.resolve("bin/usersvcd"));
    Files.delete(copy.resolve("lib/usersvc").resolve(LIBRARY));
    var daemon = launch.start();
    web.awaitUp();
    assertThat(Files.readString(Proc.of(daemon.pid(), "maps"))).doesNotContain(LIBRARY);
    var log = LogFiles.builtIn(tree, "web");
    Await.until("what it says", () -> log.text().endsWith(" said\n"));
  }
}
