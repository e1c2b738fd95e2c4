package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Calls a client from a shell line, in a runtime directory of its own. */
abstract class Scenario {
  /** Output as ISO 8859-1. */
  record Result(int exit, String out, String err) {}

  /** Before a command line: all that it prints goes to a terminal. */
  static final String TERMINAL =
      "python3 -c 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)' ";

  private static final long DEADLINE_SECONDS = 60;

  @TempDir Path directory;

  /** The client under test. */
  abstract Installation installation();

  final Path socket() {
    return directory.resolve("usersvc/control");
  }

  final FakeDaemon daemon(FakeDaemon.Play play) throws IOException {
    return FakeDaemon.at(socket(), play);
  }

  /** The working directory is {@code work} below the runtime directory. */
  final Process start(String line) throws IOException {
    var builder = new ProcessBuilder("sh", "-c", line);
    var environment = builder.environment();
    environment.keySet().removeAll(Set.of("SVWAIT", "USERSVC_INSTANCE", "TERM", "NO_COLOR"));
    environment.keySet().removeIf(name -> name.startsWith("DBUS_"));
    environment.put("PATH", installation().bin() + ":" + environment.get("PATH"));
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    builder.directory(Files.createDirectories(directory.resolve("work")).toFile());
    return builder.redirectError(directory.resolve("err").toFile()).start();
  }

  final Result run(String line) throws IOException, InterruptedException {
    Process process = start(line);
    String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as(line).isTrue();
    String err = Files.readString(directory.resolve("err"), ISO_8859_1);
    return new Result(process.exitValue(), out, err);
  }
}
