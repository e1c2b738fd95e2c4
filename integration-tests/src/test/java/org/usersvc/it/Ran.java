package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program did. Bytes are characters, so that none is lost. */
record Ran(List<String> words, int status, String out, String err) {
  private static final int SECONDS = 40;

  static Ran of(String... words) throws IOException {
    return of(Map.of("PATH", Programs.PATH), List.of(words));
  }

  /** Runs it to its end with this environment and no other. */
  static Ran of(Map<String, String> environment, List<String> words) throws IOException {
    return of(environment, words, SECONDS);
  }

  /** The same for what may take so long. */
  static Ran of(Map<String, String> environment, List<String> words, int seconds)
      throws IOException {
    var out = Files.createTempFile("usersvc-it-", ".out");
    var err = Files.createTempFile("usersvc-it-", ".err");
    try {
      var builder = new ProcessBuilder(words);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(out.toFile());
      builder.redirectError(err.toFile());
      int status = await(Executables.start(builder), words, seconds);
      return new Ran(words, status, text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static int await(Process process, List<String> words, int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError(words + " does not end");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(words + " was interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  /** Fails the test unless the program ended so. */
  Ran expect(int wanted) {
    if (status != wanted) {
      throw new AssertionError("expected status " + wanted + " of " + this);
    }
    return this;
  }
}
