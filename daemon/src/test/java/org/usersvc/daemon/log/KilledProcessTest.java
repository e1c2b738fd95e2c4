package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.PosixFileSystem;

/** A logger that is a process of its own is killed with SIGKILL while it is busy. */
final class KilledProcessTest {
  private static final int PIPES = 4;
  private static final int KILLS = 6;
  private static final int CHUNKS = 400;

  @TempDir private Path root;
  private final Random random = new Random(4);
  private final List<RandomAccessFile> services = new ArrayList<>();
  private final List<StringBuilder> printed = new ArrayList<>();
  private @Nullable Process started;

  private void makePipes() throws IOException {
    var files = new PosixFileSystem();
    for (int i = 0; i < PIPES; i++) {
      makePipe(files, i);
      Files.createDirectories(root.resolve("log/s" + i));
      Files.writeString(root.resolve("log/s" + i + "/config"), "n0\ns20000\n");
      services.add(new RandomAccessFile(root.resolve(String.valueOf(i)).toFile(), "rw"));
      printed.add(new StringBuilder());
    }
  }

  private void makePipe(PosixFileSystem files, int number) throws FileFault {
    files.makeFifo(FileSystem.ABSOLUTE, root + "/" + number, 0600);
  }

  private Process start() throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    var process =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                root.toString(),
                String.valueOf(PIPES))
            .redirectError(Redirect.to(root.resolve("said").toFile()))
            .start();
    started = process;
    assertThat(process.getInputStream().read()).isEqualTo('!');
    return process;
  }

  /** Half of the services say the same again and again. */
  private void print() throws IOException {
    int pipe = random.nextInt(PIPES);
    var chunk = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      chunk.append(pipe % 2 == 0 ? "the same words\n" : "line " + random.nextInt() + "\n");
    }
    chunk.setLength(chunk.length() - (random.nextBoolean() ? 0 : 4));
    printed.get(pipe).append(chunk);
    services.get(pipe).write(chunk.toString().getBytes(US_ASCII));
  }

  private String logged(int pipe) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.list(root.resolve("log/s" + pipe))) {
      for (var file :
          files.filter(f -> f.getFileName().toString().startsWith("@")).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.append(Files.readString(root.resolve("log/s" + pipe + "/current"))).toString();
  }

  @AfterEach
  void endAll() throws IOException {
    if (started != null) {
      started.destroyForcibly();
    }
    for (var service : services) {
      service.close();
    }
  }

  @Test
  void everyLineIsInTheLogOnceAndInOrder() throws IOException, InterruptedException {
    makePipes();
    for (int kill = 0; kill < KILLS; kill++) {
      var logger = start();
      for (int i = CHUNKS + random.nextInt(CHUNKS); i > 0; i--) {
        print();
      }
      logger.destroyForcibly().waitFor();
    }
    var logger = start();
    logger.getOutputStream().write('!');
    logger.getOutputStream().flush();
    assertThat(logger.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(root.resolve("said"))).isEmpty();
    for (int i = 0; i < PIPES; i++) {
      assertThat(logged(i)).as("service %d", i).isEqualTo(printed.get(i).toString());
    }
  }
}
