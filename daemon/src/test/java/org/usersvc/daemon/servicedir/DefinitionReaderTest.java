package org.usersvc.daemon.servicedir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.os.PosixFileSystem;

final class DefinitionReaderTest {
  @TempDir private Path directory;
  private final List<String> complaints = new ArrayList<>();

  private interface Reading<T> {
    T from(ServiceDirectory directory) throws FileFault;
  }

  private <T> T read(Reading<T> reading) throws FileFault {
    var files = new PosixFileSystem();
    int descriptor = files.openDirectory(FileSystem.ABSOLUTE, directory.toString());
    try {
      return reading.from(new ServiceDirectory(files, descriptor));
    } finally {
      files.close(descriptor);
    }
  }

  private Definition read() throws FileFault {
    return read(found -> DefinitionReader.read(found, complaints::add));
  }

  private Optional<Duration> stopBound() throws FileFault {
    return read(found -> Optional.ofNullable(DefinitionReader.stopBound(found, complaints::add)));
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(directory.resolve(name).resolveSibling("."));
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void aPlainDirectorySaysNothing() throws Exception {
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints).isEmpty();
  }

  @Test
  void everyFileIsRead() throws Exception {
    file("type", "oneshot\n");
    file("restart", "on-failure\n");
    file("notification-fd", " 4 \n");
    file("notify", "");
    file("timeout-ready", "1500\n");
    file("timeout-finish", "20");
    file("timeout-watchdog", "0\n");
    file("down-signal", "SIGINT\n");
    file("reload-signal", "10\n");
    file("dependencies.d/a", "");
    file("dependencies.d/.hidden", "");
    file("waits-for.d/b", "");
    var definition = read();
    assertThat(complaints).isEmpty();
    assertThat(definition.oneshot()).isTrue();
    assertThat(definition.restart()).isEqualTo(RestartRule.ON_FAILURE);
    assertThat(definition.readiness()).isEqualTo(new Definition.Readiness(4, true));
    assertThat(definition.times())
        .isEqualTo(new Definition.Times(Duration.ofMillis(1500), Duration.ofMillis(20), null));
    assertThat(definition.signals()).isEqualTo(new Definition.Signals(Signal.INT, Signal.USR1));
    assertThat(definition.needs().hard()).containsExactly("a");
    assertThat(definition.needs().soft()).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource({
    "type,daemon,longrun or oneshot",
    "type,,longrun or oneshot",
    "restart,sometimes,'always, on-failure or no'",
    "notification-fd,2,'a descriptor, 3 to 1023'",
    "notification-fd,1024,'a descriptor, 3 to 1023'",
    "timeout-ready,-1,a number of milliseconds",
    "timeout-ready,99999999999999999999,a number of milliseconds",
    "timeout-finish,5s,a number of milliseconds",
    "timeout-watchdog,x,a number of milliseconds",
    "down-signal,FOO,a signal",
    "reload-signal,0,a signal"
  })
  void whatMakesNoSenseIsToldWithTheRemedyAndCountsAsAbsent(
      String name, @org.jspecify.annotations.Nullable String text, String remedy) throws Exception {
    String value = text == null ? "" : text;
    file(name, value + "\n");
    assertThat(read()).isIn(Definition.PLAIN, withRestart(RestartRule.ALWAYS));
    assertThat(complaints).containsExactly(name + " says '" + value + "' and has to be " + remedy);
  }

  private static Definition withRestart(RestartRule rule) {
    var plain = Definition.PLAIN;
    return new Definition(
        false,
        rule,
        plain.readiness(),
        plain.times(),
        plain.signals(),
        plain.needs(),
        false,
        null,
        Limits.NONE,
        Definition.Triggers.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/web", "~", "~/a b", "data", "../x"})
  void runStartsInAnotherDirectory(String path) throws Exception {
    file("directory", path + "\n");
    assertThat(read().directory()).isEqualTo(path);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "A=1\nB=2\n", "/a\0b\n"})
  void whatCannotBeAPathIsToldAndLeftOut(String text) throws Exception {
    file("directory", text);
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints).singleElement().asString().contains("and has to be one line");
  }

  @Test
  void filesThatAreTooLongAreToldAndLeftOut() throws Exception {
    file("directory", "x".repeat(5000));
    file("limits", "nofile 1\n".repeat(100_000));
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints)
        .containsExactly(
            "directory has to be shorter than 4096 bytes",
            "limits has to be shorter than 16384 bytes");
  }

  @Test
  void whatIsNoFileIsToldAndLeftOut() throws Exception {
    Files.createDirectory(directory.resolve("directory"));
    new ProcessBuilder("mkfifo", directory + "/limits").start().waitFor();
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints).as("an empty FIFO says nothing").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1500,1500", "' 0 ',0", "99999999999999,99999999999999"})
  void aStopIsBoundedByTimeoutKill(String text, long millis) throws Exception {
    assertThat(stopBound()).isEmpty();
    file("timeout-kill", text);
    assertThat(stopBound()).contains(Duration.ofMillis(millis));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999999999999"})
  void aStopBoundThatMakesNoSenseIsToldAndCountsAsAbsent(String text) throws Exception {
    file("timeout-kill", text);
    assertThat(stopBound()).isEmpty();
    assertThat(complaints)
        .containsExactly("timeout-kill says '" + text + "' and has to be a number of milliseconds");
  }

  @Test
  void limitsAreRead() throws Exception {
    file("limits", "# of web\n\nnofile 4096 # many\nmemlock\t64k:1M\n core unlimited\n");
    assertThat(read().limits())
        .isEqualTo(
            new Limits(
                Map.of(
                    Resource.NOFILE, new Bound(4096, 4096),
                    Resource.MEMLOCK, new Bound(64 << 10, 1 << 20),
                    Resource.CORE, new Bound(Bound.UNLIMITED, Bound.UNLIMITED)),
                null,
                null));
    file("limits", "nice -5\numask 077\nnice 19\n");
    assertThat(read().limits()).isEqualTo(new Limits(Map.of(), 19, 077));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nofile -1,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "nofile,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "nofile 2:1,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "nofile unlimited:1,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "nofile 1:2:3,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "nofile 1 2,'nofile with a number, ''unlimited'', or SOFT:HARD'",
    "as 999999999999999999T,'as with a number, ''unlimited'', or SOFT:HARD'",
    "nice 20,nice with a number from -20 to 19",
    "nice x,nice with a number from -20 to 19",
    "umask 999,umask with an octal number up to 777",
    "umask 1777,umask with an octal number up to 777",
    "FOO=bar,'a name such as nofile, nice or umask, and a value: see usersvc-service(5)'"
  })
  void aLineOfLimitsThatMakesNoSenseIsToldAndLeftOut(String line, String remedy) throws Exception {
    file("limits", "core 0\n" + line + "\n");
    assertThat(read().limits())
        .isEqualTo(new Limits(Map.of(Resource.CORE, new Bound(0, 0)), null, null));
    assertThat(complaints)
        .containsExactly("line 2 of limits says '" + line + "' and has to be " + remedy);
  }

  @Test
  void anotherFileByTheNameOfLimitsIsToldInFewLines() throws Exception {
    file("limits", "A=1\n".repeat(100) + "x".repeat(5000));
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints).hasSize(4).allMatch(each -> each.length() < 200);
    assertThat(complaints.getLast()).isEqualTo("98 more lines of limits make no sense");
  }

  @Test
  void aFileInPlaceOfADirectoryIsTold() throws Exception {
    file("dependencies.d", "a\n");
    assertThat(read()).isEqualTo(Definition.PLAIN);
    assertThat(complaints)
        .singleElement()
        .asString()
        .contains("dependencies.d")
        .endsWith("it has to be a directory with a file for each name");
  }
}
