package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Disks for logs and for state that are full, and have space again. */
@ExtendWith(TreeExtension.class)
final class FullDiskIT {
  private static final String FULL = "no space left on device";

  private static String tmpfs(Path where, String size) {
    return "mount -t tmpfs -o mode=700,size=" + size + " none " + where + "\n";
  }

  private static String fill(Path where) {
    return "cat /dev/zero > " + where + "/fill 2> /dev/null || :\n";
  }

  private static String status(Daemon daemon, String service) throws IOException {
    return daemon.ask("status", service).expect(0).out().getLast();
  }

  /** Its pid in the table. */
  private static long pid(Daemon daemon, String service) throws IOException {
    String cell =
        Await.answer(
            service + " to be up",
            () -> status(daemon, service).split(" +", -1)[2],
            it -> it.matches("[0-9]+"));
    return Long.parseLong(cell);
  }

  /** Writes so many lines for each line with a number that comes through the FIFO {@code in}. */
  private static Service talker(Tree tree) throws IOException {
    tree.shell("mkfifo in").expect(0);
    return tree.service("web")
        .run(
            "exec 3<> \"$HOME/in\"",
            "while read -r lines <&3; do",
            "  i=0",
            "  while [ $i -lt $lines ]; do i=$((i + 1)); echo line $i of $lines; done",
            "  echo $lines >> said",
            "done");
  }

  @Test
  @Timeout(120)
  void servicesGoOnWhileLogsHaveNoSpaceAndAreLoggedWhenThereIsSome(Tree tree) throws IOException {
    var state = Files.createDirectories(tree.root().resolve("state"));
    var web = talker(tree);
    tree.service("other").steady();
    var daemon =
        tree.launch()
            .with("XDG_STATE_HOME", state.toString())
            .afterMounting(tmpfs(state, "512k"))
            .start();
    var mounts = Mounts.of(tree, daemon);
    var log = new LogFiles(Path.of("/proc/" + daemon.pid() + "/root" + state + "/usersvc/log/web"));
    try (var in = new RandomAccessFile(tree.root().resolve("in").toFile(), "rw")) {
      in.writeBytes("3\n");
      Await.until("the first lines", () -> log.text().endsWith(" line 3 of 3\n"));
      mounts.run(fill(state)).expect(0);
      in.writeBytes("20000\n");
      web.awaitText("said", "20000\n");
      daemon.awaitLog(FULL, "lines are dropped");
      status(daemon, "web");
      daemon.ask("restart", "other").expect(0);
      mounts.run("rm " + state + "/fill").expect(0);
      in.writeBytes("4\n");
      String all =
          Await.answer("the last lines", log::text, text -> text.endsWith(" line 4 of 4\n"));
      assertThat(all).containsPattern("usersvcd: \\d+ lines dropped, " + FULL + "\n");
      assertThat(lines(all)).isEqualTo(3 + 20_000 + 4);
    }
    daemon.expectLog(1, FULL);
  }

  /** Lines in the log, and those that it says were dropped. */
  private static long lines(String all) {
    long count = 0;
    for (String line : all.lines().toList()) {
      int dropped = line.indexOf(" lines dropped, ");
      if (dropped < 0) {
        count++;
      } else {
        count += Long.parseLong(line.substring(line.indexOf("usersvcd: ") + 10, dropped));
      }
    }
    return count;
  }

  @Test
  @Timeout(120)
  void servicesAreTakenOverThoughTheirStateHadNoSpace(Tree tree) throws IOException {
    tree.service("web").steady();
    tree.service("other").steady().log().steady();
    var runtime = tree.runtime();
    var first = tree.launch().afterMounting(tmpfs(runtime, "2m")).start();
    long web = pid(first, "web");
    var mounts = new Mounts(tree, web);
    mounts.run(fill(runtime)).expect(0);
    first.ask("restart", "other").expect(0);
    tree.service("late").steady();
    Await.until("late to be noticed", () -> first.ask("status", "late").status() == 0);
    long late = pid(first, "late");
    long other = pid(first, "other");
    first.awaitLog(FULL);
    first.kill();
    first.awaitEnd();
    var second = tree.launch().among(mounts).start();
    assertThat(pid(second, "web")).isEqualTo(web);
    assertThat(pid(second, "other")).isEqualTo(other);
    assertThat(pid(second, "late")).isEqualTo(late);
    mounts.run("rm " + runtime + "/fill").expect(0);
    second.ask("restart", "other").expect(0);
    other = pid(second, "other");
    second.kill();
    second.awaitEnd();
    var third = tree.launch().among(mounts).start();
    assertThat(pid(third, "other")).isEqualTo(other);
    assertThat(pid(third, "late")).isEqualTo(late);
    assertThat(Proc.withHome(tree.root())).as("daemon, three services, a logger").hasSize(5);
  }
}
