package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A program that runs beside the daemon until its test is over, at the latest. */
final class Running {
  private static final int SECONDS = 10;

  private final Process process;
  private final List<String> words;
  private final Path output;

  private Running(Process process, List<String> words, Path output) {
    this.process = process;
    this.words = words;
    this.output = output;
  }

  /** Starts it with this environment and no other; both its outputs go to the file. */
  static Running start(Map<String, String> environment, List<String> words, Path output)
      throws IOException {
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(output.toFile()));
    return new Running(Executables.start(builder), List.copyOf(words), output);
  }

  long pid() {
    return process.pid();
  }

  boolean lives() {
    return process.isAlive();
  }

  /** All that it has written. */
  String output() throws IOException {
    return new String(Files.readAllBytes(output), ISO_8859_1);
  }

  /** Waits until it has written that. */
  MatchResult awaitOutput(String pattern) throws IOException {
    var wanted = Pattern.compile(pattern, Pattern.MULTILINE);
    var text =
        Await.answer(
            words + " to write " + pattern,
            this::output,
            all -> wanted.matcher(all).find() || !lives());
    var found = wanted.matcher(text);
    if (!found.find()) {
      throw new AssertionError(words + " ended without having written " + pattern + ":\n" + text);
    }
    return found.toMatchResult();
  }

  /** Waits for its end; its exit status. */
  int awaitEnd() {
    try {
      if (!process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(words + " does not end");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(words + " was interrupted", interrupted);
    }
    return process.exitValue();
  }

  /** KILL, and it is gone. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** TERM, KILL if that does not help. */
  void end() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(words + " was interrupted", interrupted);
    }
  }

  @Override
  public String toString() {
    return process.pid() + " " + words;
  }
}
