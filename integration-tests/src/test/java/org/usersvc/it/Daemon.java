package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A running usersvcd, or a runsvdir in its place. */
final class Daemon {
  private static final int AT_REST = 20;
  private static final Duration LONGEST_END = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final Path socket;
  private final Ending ending;
  private boolean endExpected;

  /** How it is told to end, and the exit status it then has to have. */
  record Ending(String signal, int status) {
    static final Ending USERSVCD = new Ending("TERM", 0);

    /** TERM leaves every runsv running. */
    static final Ending RUNSVDIR = new Ending("HUP", 111);
  }

  Daemon(Process process, Path log, Path socket, Ending ending) {
    this.process = process;
    this.log = log;
    this.socket = socket;
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }

  /** Until clients can reach it. */
  void awaitReady() throws IOException {
    Await.until("control socket", () -> answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("usersvcd ended with " + process.exitValue() + ":\n" + log());
    }
  }

  private boolean answers() throws IOException {
    try {
      return Files.exists(socket) && ask("version").status() == 0;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  boolean lives() {
    return process.isAlive();
  }

  boolean endExpected() {
    return endExpected;
  }

  Path socket() {
    return socket;
  }

  /** TERM, HUP and the like. */
  void signal(String name) throws IOException {
    Ran.of("sh", "-c", "kill -" + name + " " + process.pid()).expect(0);
  }

  /** Waits for its end, which the test has brought about. */
  int awaitEnd() throws IOException {
    endExpected = true;
    try {
      if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the daemon does not end:\n" + log());
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
    return process.exitValue();
  }

  /** Lets it live for that long; an end of its own fails the test. */
  void expectLifeFor(Duration time) throws IOException {
    try {
      if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the daemon ended with " + process.exitValue() + ":\n" + log());
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  void kill() {
    endExpected = true;
    process.destroyForcibly();
  }

  /** All that it has written to standard error. */
  String log() throws IOException {
    return new String(Files.readAllBytes(log), ISO_8859_1);
  }

  /** Waits for a line with all these words in it. */
  String awaitLog(String... words) throws IOException {
    var all =
        Await.answer(
            "a line with " + Arrays.asList(words), this::log, text -> !line(text, words).isEmpty());
    return line(all, words);
  }

  /** How many lines have all these words in them. */
  long countLog(String... words) throws IOException {
    return log().lines().filter(line -> Arrays.stream(words).allMatch(line::contains)).count();
  }

  /** Waits until so many lines have all these words in them, and finds no more. */
  void expectLog(long count, String... words) throws IOException {
    String what = count + " lines with " + Arrays.asList(words);
    long found = Await.answer(what, () -> countLog(words), now -> now >= count);
    assertThat(found).as(what).isEqualTo(count);
  }

  private static String line(String text, String... words) {
    return text.lines()
        .filter(line -> Arrays.stream(words).allMatch(line::contains))
        .findFirst()
        .orElse("");
  }

  /** One verb for some services; it waits for them longer than clients do. */
  Reply ask(String verb, String... services) throws IOException {
    String names =
        Arrays.stream(services)
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    return Reply.to(
        socket, "{\"verb\":\"" + verb + "\",\"wait_ms\":30000,\"services\":" + names + "}");
  }

  /** How many of those that may leak it has open. */
  int descriptors() throws IOException {
    return Proc.leakable(process.pid()).size();
  }

  /** The same once everything is scanned and nothing is being written any more. */
  int descriptorsAtRest() throws IOException {
    ask("rescan").expect(0);
    int[] seen = {descriptors(), 0};
    return Await.answer(
        "as many descriptors " + AT_REST + " times",
        () -> {
          int now = descriptors();
          seen[1] = now == seen[0] ? seen[1] + 1 : 0;
          seen[0] = now;
          return now;
        },
        now -> seen[1] == AT_REST);
  }

  /** Waits until it has no more of them than that; clients that have gone take a moment. */
  void awaitDescriptors(int count) throws IOException {
    Await.answer(
        "descriptors: " + count, () -> Proc.leakable(process.pid()), now -> now.size() <= count);
  }

  /** The same of threads; the JVM has some that come and go. */
  void awaitThreads(int count) throws IOException {
    Await.answer("threads: " + count, () -> Proc.threads(process.pid()), now -> now <= count);
  }

  void awaitNoZombies() throws IOException {
    Await.until("children to be reaped", () -> Proc.zombiesOf(process.pid()).isEmpty());
  }
}
