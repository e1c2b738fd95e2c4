package org.usersvc.daemon.servicedir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.os.PosixFileSystem;

final class DefinitionReaderTest {
  @TempDir private Path directory;
  private final List<String> complaints = new ArrayList<>();

  private Definition read() throws FileFault {
    var files = new PosixFileSystem();
    int descriptor = files.openDirectory(FileSystem.ABSOLUTE, directory.toString());
    try {
      return DefinitionReader.read(new ServiceDirectory(files, descriptor), complaints::add);
    } finally {
      files.close(descriptor);
    }
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
        false, rule, plain.readiness(), plain.times(), plain.signals(), plain.needs(), false);
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
