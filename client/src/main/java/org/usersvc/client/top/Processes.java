package org.usersvc.client.top;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what the processes of services use. One thread. */
final class Processes {
  /** The unit of times in proc(5) is 1/100 s on all machines. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** After the name of the program: state is the first of these fields. */
  private static final int SESSION = 3;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final String MEMORY = "VmRSS:";

  private final Path proc;
  private Map<Long, Long> before = Map.of();
  private long looked;

  /** The sum over the processes of a session. */
  private static final class Sum {
    private long ticks;
    private long kibibytes;
  }

  Processes(Path proc) {
    this.proc = proc;
  }

  /**
   * The same rows with what the sessions use that their processes lead, since the last look.
   *
   * @param nanos of a clock that only goes forward
   */
  List<Row> measured(List<Row> rows, long nanos) {
    Map<Long, Sum> sums = new HashMap<>();
    rows.stream().filter(row -> row.pid() > 0).forEach(row -> sums.put(row.pid(), new Sum()));
    addAll(sums);
    long elapsed = nanos - looked;
    List<Row> measured = rows.stream().map(row -> row.using(usage(row, sums, elapsed))).toList();
    Map<Long, Long> ticks = new HashMap<>();
    sums.forEach((session, sum) -> ticks.put(session, sum.ticks));
    before = ticks;
    looked = nanos;
    return measured;
  }

  private Usage usage(Row row, Map<Long, Sum> sums, long elapsed) {
    @Nullable Sum sum = sums.get(row.pid());
    if (sum == null) {
      return Usage.NONE;
    }
    @Nullable Long earlier = before.get(row.pid());
    if (earlier == null || elapsed <= 0) {
      return new Usage(-1, sum.kibibytes);
    }
    long used = Math.max(0, sum.ticks - earlier) * NANOS_PER_TICK;
    return new Usage((int) (used * 1000 / elapsed), sum.kibibytes);
  }

  private void addAll(Map<Long, Sum> sums) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : entries) {
        add(process, sums);
      }
    } catch (IOException unreadable) {
      sums.clear();
    }
  }

  /** Processes end while they are read. */
  private static void add(Path process, Map<Long, Sum> sums) {
    try {
      String text = Files.readString(process.resolve("stat"), ISO_8859_1);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      Sum sum = sums.get(Long.parseLong(fields[SESSION]));
      if (sum != null) {
        sum.ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        sum.kibibytes += memory(process);
      }
    } catch (IOException gone) {
      // It uses nothing any more.
    }
  }

  private static long memory(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"), ISO_8859_1)) {
      if (line.startsWith(MEMORY)) {
        return Long.parseLong(line.substring(MEMORY.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }
}
