package org.usersvc.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Services that write the numbered lines {@code NAME 1}, {@code NAME 2}, … Most write as many as it
 * is given ticks, by a FIFO that is open as long as the test: so the test knows what has to be in
 * the log, whoever was killed meanwhile.
 */
final class Writers implements AutoCloseable {
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(30);

  /** Every run and finish: never two at a time. */
  private static final String ALONE =
      """
      name=${PWD##*/}
      exec 9>> "$HOME/kept/$name.lock"
      flock -n 9 || { echo "$name" >> "$HOME/doubles"; exit 99; }
      read -r n < "$HOME/kept/$name.count" || :
      """;

  /** A finish script may be run again, if nobody knows that it has ended. */
  private static final String FINISHED = "finished";

  private static final String SAY = "n=$((n + 1)); echo \"$name $n\"";
  private static final String KEEP = "echo $n > \"$HOME/kept/$name.count\"";

  /** Each tick is a line with the number of lines to write. */
  private static final String WHILE_TICKING =
      "read -r lines <&3; do while [ $lines -gt 0 ]; do "
          + SAY
          + "; lines=$((lines - 1)); done; left=$((left - 1)); done";

  private final Tree tree;
  private final Map<String, RandomAccessFile> ticks = new LinkedHashMap<>();
  private final Map<String, Long> given = new LinkedHashMap<>();
  private final ScheduledExecutorService metronome = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Future<?> ticking;

  Writers(Tree tree) throws IOException {
    this.tree = tree;
    Files.createDirectory(tree.root().resolve("ticks"));
    Files.createDirectory(tree.root().resolve("kept"));
  }

  /** Writes until it is told to end; beforehand it does that. */
  Service steady(String name, String... first) throws IOException {
    String loop = "while " + WHILE_TICKING;
    return prepared(name, String.join("\n", first), ticks(name), "n=0 left=0", loop);
  }

  /** Ends by itself a second after so many ticks: no run of it is too short. */
  Service ending(String name, int lifetime) throws IOException {
    String loop = "while [ $left -gt 0 ] && " + WHILE_TICKING;
    String left = "left=" + lifetime;
    return prepared(name, ALONE, ticks(name), left, loop, KEEP, "sleep 1.1", "exit $((n % 3))")
        .script("finish", ALONE, "echo " + FINISHED);
  }

  /** Writes one line and ends at once. */
  Service quick(String name, int status) throws IOException {
    return prepared(name, ALONE, SAY, KEEP, "exit " + status)
        .script("finish", ALONE, "echo " + FINISHED);
  }

  private Service prepared(String name, String... script) throws IOException {
    Files.writeString(kept(name), "0\n");
    return tree.service(name).run(script);
  }

  private String ticks(String name) throws IOException {
    var fifo = tree.root().resolve("ticks").resolve(name);
    Ran.of("mkfifo", fifo.toString()).expect(0);
    ticks.put(name, new RandomAccessFile(fifo.toFile(), "rw"));
    given.put(name, 0L);
    return "name=${PWD##*/}; exec 3<> \"$HOME/ticks/$name\"";
  }

  private Path kept(String name) {
    return tree.root().resolve("kept").resolve(name + ".count");
  }

  /**
   * From now on all get ticks with so many lines each, until {@link #rest}.
   *
   * @param pause between two ticks of one service
   * @param shifts into so many parts of a pause they are spread: at any moment some write
   */
  void begin(IntSupplier lines, Duration pause, int shifts) {
    long nanos = pause.toNanos() / shifts;
    var shift = new AtomicInteger();
    Runnable next = () -> tickEach(shifts, shift.getAndIncrement() % shifts, lines);
    ticking = metronome.scheduleAtFixedRate(next, 0, nanos, TimeUnit.NANOSECONDS);
  }

  private void tickEach(int step, int first, IntSupplier lines) {
    int i = 0;
    for (var each : ticks.entrySet()) {
      if (i++ % step == first) {
        tick(each.getKey(), each.getValue(), lines.getAsInt());
      }
    }
  }

  private void tick(String name, RandomAccessFile fifo, int lines) {
    try {
      fifo.writeBytes(lines + "\n");
      given.merge(name, (long) lines, Long::sum);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** No more ticks; what was given may still have to be written. */
  void rest() {
    metronome.close();
    if (ticking != null && ticking.state() == Future.State.FAILED) {
      throw new AssertionError("no more ticks", ticking.exceptionNow());
    }
  }

  /** Waits until all lines are in the log, and fails unless each is there once and in order. */
  void expectAll(String name, LogFiles log) throws IOException {
    expectInOrder(name, awaitLast(name, log));
  }

  /**
   * The same for one that was ended at any time: of those lines that it has written.
   *
   * @return the last line, without its stamp; empty if there is none
   */
  String expectLogged(String name, LogFiles log) throws IOException {
    String text = log.text();
    expectInOrder(name, text);
    var last = text.lines().filter(Writers::isNumbered).reduce("", (_, line) -> line);
    return last.substring(last.indexOf(' ') + 1);
  }

  private static void expectInOrder(String name, String text) {
    var wrong = new ArrayList<String>();
    long n = 0;
    for (String line : text.lines().filter(Writers::isNumbered).toList()) {
      n++;
      if (!line.endsWith(" " + name + " " + n)) {
        wrong.add(line + " instead of line " + n);
        n = number(line, n);
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(name + ": " + wrong.size() + " wrong lines: " + wrong);
    }
  }

  private static boolean isNumbered(String line) {
    return !line.endsWith(" " + FINISHED);
  }

  private String awaitLast(String name, LogFiles log) throws IOException {
    Long ticked = given.get(name);
    String last = " " + name + " " + (ticked == null ? runs(name) : ticked) + "\n";
    return Await.answer(LONGEST_FLUSH, log + " with" + last, log::text, it -> it.contains(last));
  }

  /** Lines that all were told to write. */
  long total() {
    return given.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often a quick one has run; 0 if it was ended while it wrote that down. */
  int runs(String name) throws IOException {
    String kept = Files.readString(kept(name)).strip();
    return kept.isEmpty() ? 0 : Integer.parseInt(kept);
  }

  private static long number(String line, long other) {
    var last = line.substring(line.lastIndexOf(' ') + 1);
    return last.matches("[0-9]{1,9}") ? Long.parseLong(last) : other;
  }

  @Override
  public void close() throws IOException {
    rest();
    for (var fifo : ticks.values()) {
      fifo.close();
    }
  }
}
