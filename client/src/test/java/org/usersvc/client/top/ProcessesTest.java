package org.usersvc.client.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessesTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path proc;

  private void process(int pid, int session, int ticks, int kibibytes) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    String stat = pid + " (a) b) S 1 " + session + " " + session + " 0 -1 0 0 0 0 0 ";
    Files.writeString(directory.resolve("stat"), stat + ticks + " 1 0 0 20 0\n");
    Files.writeString(
        directory.resolve("status"), "Name:\ta\nVmRSS:\t    " + kibibytes + " kB\nThreads:\t1\n");
  }

  @Test
  void sessionsAreSummedAndTimeIsThatSinceTheLastLook() throws IOException {
    var rows =
        List.of(
            new Row("web", "run", true, 10, 1, "", Usage.NONE),
            new Row("off", "down", false, 0, 1, "", Usage.NONE));
    process(10, 10, 100, 1000);
    process(11, 10, 50, 24);
    process(12, 12, 9000, 9000);
    var processes = new Processes(proc);
    assertThat(processes.measured(rows, 5 * SECOND))
        .extracting(Row::usage)
        .containsExactly(new Usage(-1, 1024), Usage.NONE);
    process(11, 10, 125, 24);
    assertThat(processes.measured(rows, 6 * SECOND))
        .extracting(Row::usage)
        .containsExactly(new Usage(750, 1024), Usage.NONE);
  }
}
