package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an idle daemon gives back, and a daemon without the library that does it. */
@ExtendWith(TreeExtension.class)
final class MemoryIT {
  private static final String LIBRARY = "libusersvc-calls.so";
  private static final String RESIDENT_OF_FILES = "RssFile";

  /** Of the JVM's files and the cache; more than twice as much after the start. */
  private static final int KIBIBYTES_AT_REST = 16_384;

  private static int kibibytes(Daemon daemon) throws IOException {
    return Integer.parseInt(Proc.field(daemon.pid(), RESIDENT_OF_FILES).replace(" kB", ""));
  }

  private static void awaitRest(Daemon daemon) throws IOException {
    Await.until(
        "memory to be given back, now " + kibibytes(daemon) + " KiB",
        () -> kibibytes(daemon) < KIBIBYTES_AT_REST);
  }

  @Test
  void anIdleDaemonGivesBackWhatOnlyABurstHasTouched(Tree tree) throws IOException {
    var web = tree.service("web").run("exec sleep 1000");
    var daemon = tree.start();
    int pid = web.awaitUp();
    awaitRest(daemon);
    for (int i = 0; i < 2; i++) {
      tree.usersvc("restart", "web").expect(0);
      pid = web.awaitUpAfter(pid);
    }
    awaitRest(daemon);
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
