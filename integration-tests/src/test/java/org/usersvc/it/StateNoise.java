package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Damages the state file of a daemon that is gone. */
record StateNoise(Noise noise, Path file) {
  private static final String[] FIELDS = {
    "pid",
    "start",
    "phase",
    "last_run",
    "process",
    "unsettled",
    "version",
    "boot",
    "letters",
    "needs",
    "restart_at",
    "since",
    "script",
    "signal",
    "exit",
    "session",
    "gone"
  };

  void damage() throws IOException {
    var text = Files.isRegularFile(file) ? Files.readString(file, ISO_8859_1) : "";
    FileNoise.remove(file);
    FileNoise.remove(file.resolveSibling("state.old")); // a directory with something in it stays
    switch (noise.below(10)) {
      case 0 -> {}
      case 1 -> Files.createDirectories(file.resolve("x"));
      case 2 -> Files.createSymbolicLink(file, Path.of(noise.one("/etc/passwd", "/dev/zero")));
      case 3 -> Ran.of("mkfifo", file.toString()).expect(0);
      default -> Files.writeString(file, damaged(text), ISO_8859_1);
    }
  }

  private String damaged(String text) {
    return switch (noise.below(8)) {
      case 0 -> noise.mutate(text);
      case 1 -> text.substring(0, noise.below(text.length() + 1));
      case 2 -> text + text;
      case 3 -> text + noise.one("\n", "{}\n", "x".repeat(100_000), "\0".repeat(4096));
      case 4 -> shuffled(text);
      case 5 -> noise.text(noise.number(1, 100, 100_000));
      default -> withOtherValues(text);
    };
  }

  private String shuffled(String text) {
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int other = noise.below(lines.length);
      var line = lines[i];
      lines[i] = lines[other];
      lines[other] = line;
    }
    return String.join("\n", Arrays.asList(lines));
  }

  private String withOtherValues(String text) {
    String changed = text;
    for (int i = 1 + noise.below(3); i > 0; i--) {
      String field = "\"" + noise.one(FIELDS) + "\":";
      int at = changed.indexOf(field, noise.below(changed.length() + 1));
      if (at >= 0) {
        int value = at + field.length();
        int end = value;
        while (end < changed.length() && ",}\n".indexOf(changed.charAt(end)) < 0) {
          end++;
        }
        changed = changed.substring(0, value) + value() + changed.substring(end);
      }
    }
    return changed;
  }

  private String value() {
    return noise.one(
        "-1",
        "0",
        "2147483647",
        "99999999999999999999",
        "\"x\"",
        "null",
        "[]",
        "{}",
        "true",
        "" + ProcessHandle.current().pid(),
        "1e99",
        "\"\"",
        "\"u" + "d".repeat(70_000) + "\"");
  }
}
