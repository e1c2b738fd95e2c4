package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.ExitStatus;

final class NeedsEnvironmentTest {
  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private void needs(String service, String text) throws IOException {
    Files.writeString(tree.service(service).resolve("needs-env"), text);
  }

  /** The environment changes and comes to rest. */
  private void become(String... variables) {
    var values = new java.util.LinkedHashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      values.put(variables[i], variables[i + 1]);
    }
    tree.supervisor.environment(Environment.of(values));
    tree.supervisor.environmentSettled();
    tree.settle();
  }

  private void waits(String service, String... missing) {
    assertThat(tree.find(service).state().phase()).isInstanceOf(Phase.Waiting.class);
    assertThat(tree.find(service).missing()).containsExactly(missing);
    assertThat(tree.find(service).history().deaths()).isZero();
  }

  private Environment given() {
    return tree.processes.spawned().getLast().request().environment();
  }

  @Test
  void aStrayEntryInEnvLosesOnlyItself() throws IOException {
    var env = Files.createDirectories(tree.service("foot").resolve("env"));
    Files.createDirectory(env.resolve("CVS"));
    Files.write(env.resolve("core"), new byte[200_000]);
    Files.writeString(env.resolve("GOOD"), "good\n");
    tree.start();
    assertThat(given().value("GOOD")).isEqualTo("good");
    assertThat(given().value("core")).isNull();
    assertThat(tree.messages.warnings()).singleElement().asString().contains("env/CVS", "1 more");
  }

  @ParameterizedTest
  @CsvSource({"'a-b\n', a-b", "'=\n', =", "'A~B C+\n', A\\x00B or C+", "'1A\n', 1A"})
  void aNeedThatNothingCanFulfilIsNamedWithItsFile(String text, String shown) throws IOException {
    needs("foot", text.replace('~', '\0') + "DISPLAY x-y\n");
    tree.start();
    assertThat(tree.messages.warnings())
        .containsExactly(
            "foot: needs-env says '"
                + shown
                + "', which can be no variable, and it waits until that is corrected: a name"
                + " begins with A-Z a-z _ and goes on with these and 0-9");
    waits("foot", shown, "DISPLAY or x-y");
  }

  @Test
  void anOddNameThatIsSetIsNoTrouble() throws IOException {
    needs("foot", "a-b\n");
    var env = Files.createDirectories(tree.service("foot").resolve("env"));
    Files.writeString(env.resolve("a-b"), "1\n");
    tree.start();
    assertThat(tree.messages.warnings()).isEmpty();
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }

  @Test
  void waitsUntilOneNameOfEachLineIsSet() throws IOException {
    needs("foot", "WAYLAND_DISPLAY DISPLAY # a display\n\nDBUS_SESSION_BUS_ADDRESS\n");
    tree.start();
    waits("foot", "WAYLAND_DISPLAY or DISPLAY", "DBUS_SESSION_BUS_ADDRESS");
    become("DISPLAY", ":1", "DBUS_SESSION_BUS_ADDRESS", "");
    waits("foot", "DBUS_SESSION_BUS_ADDRESS");
    become("DISPLAY", ":1", "DBUS_SESSION_BUS_ADDRESS", "unix:path=/b");
    assertThat(tree.processes.living()).containsExactly("foot/run");
    assertThat(given().value("DISPLAY")).isEqualTo(":1");
  }

  @Test
  void isEndedAndStartedAnewWhenANeededValueChanges() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1", "OTHER", "1");
    tree.start();
    become("DISPLAY", ":1", "OTHER", "2");
    assertThat(tree.processes.takeSignals()).as("nobody needs OTHER").isEmpty();
    become("DISPLAY", ":2");
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foot/run", "CONT foot/run");
    become("DISPLAY", ":3");
    assertThat(tree.processes.takeSignals()).as("it is ending already").isEmpty();
    tree.exit("foot/run", ExitStatus.killed(15, false));
    assertThat(tree.processes.starts("foot/run")).isEqualTo(2);
    assertThat(given().value("DISPLAY")).isEqualTo(":3");
    assertThat(tree.find("foot").history().deaths()).isZero();
  }

  @Test
  void stopsAndWaitsWhenAValueGoesAndComesBackWithIt() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1");
    tree.start();
    become();
    tree.exit("foot/run", ExitStatus.killed(15, false));
    waits("foot", "DISPLAY");
    assertThat(tree.stat("foot")).isEqualTo("down");
    become("DISPLAY", ":1");
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }

  @Test
  void whatDoesNotEndWithItsDisplayIsKilled() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1");
    tree.start();
    become();
    tree.processes.takeSignals();
    tree.letters("foot", "u");
    tree.advance(Duration.ofSeconds(10));
    assertThat(tree.processes.takeSignals()).containsExactly("KILL foot/run");
    tree.exit("foot/run", ExitStatus.killed(9, false));
    waits("foot", "DISPLAY");
  }

  @Test
  void aChangeDuringAControlScriptIsNotLost() throws IOException {
    needs("foot", "DISPLAY\n");
    TreeFixture.script(tree.scan.resolve("foot"), "control/h");
    become("DISPLAY", ":1");
    tree.start();
    tree.letters("foot", "h");
    become("DISPLAY", ":2");
    assertThat(tree.processes.takeSignals()).isEmpty();
    tree.exit("foot/control/h", TreeFixture.FINE);
    assertThat(tree.processes.takeSignals()).containsExactly("TERM foot/run", "CONT foot/run");
    tree.exit("foot/run", TreeFixture.FINE);
    assertThat(given().value("DISPLAY")).isEqualTo(":2");
  }

  @Test
  void aQuickEndForTheEnvironmentIsNotDelayed() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1");
    tree.start();
    become("DISPLAY", ":2");
    tree.exit("foot/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }

  @Test
  void isNotStartedOnADisplayThatIsJustGoing() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1");
    tree.start();
    tree.clock.advance(Duration.ofSeconds(5));
    tree.exit("foot/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).isEmpty();
    tree.supervisor.environment(Environment.EMPTY);
    tree.advance(Duration.ofMillis(200));
    assertThat(tree.processes.starts("foot/run")).isOne();
    assertThat(tree.find("foot").state().phase()).isInstanceOf(Phase.Waiting.class);
  }

  @Test
  void isStartedAgainSoonWhenItsDisplayStays() throws IOException {
    needs("foot", "DISPLAY\n");
    become("DISPLAY", ":1");
    tree.start();
    tree.clock.advance(Duration.ofSeconds(5));
    tree.exit("foot/run", TreeFixture.FAILED);
    tree.advance(Duration.ofMillis(200));
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }

  @Test
  void aChangeEndsTheRestartDelayOfWhatNeedsNothing() throws IOException {
    tree.service("foot");
    tree.start();
    tree.exit("foot/run", TreeFixture.FAILED);
    assertThat(tree.processes.living()).isEmpty();
    become("DISPLAY", ":2");
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }

  @Test
  void downAndOnceOfAWaitingServiceLeaveItDown() throws IOException {
    needs("foot", "DISPLAY\n");
    tree.start();
    tree.letters("foot", "d");
    become("DISPLAY", ":1");
    assertThat(tree.processes.living()).isEmpty();
    become();
    tree.letters("foot", "o");
    assertThat(tree.find("foot").state().phase()).isInstanceOf(Phase.Down.class);
  }

  @Test
  void envAddsToRunAndRemovesFromIt() throws IOException {
    needs("foot", "DISPLAY\n");
    var env = Files.createDirectory(tree.scan.resolve("foot/env"));
    Files.writeString(env.resolve("DISPLAY"), ":7  \nsecond line\n");
    Files.writeString(env.resolve("LINES"), "one\0two");
    Files.writeString(env.resolve("HOME"), "");
    Files.writeString(env.resolve("BLANK"), "\n");
    become("HOME", "/home/x", "PATH", "/bin");
    tree.start();
    assertThat(given().variables())
        .isEqualTo(Map.of("DISPLAY", ":7", "LINES", "one\ntwo", "BLANK", "", "PATH", "/bin"));
    become("HOME", "/home/x", "PATH", "/bin", "DISPLAY", ":1");
    assertThat(tree.processes.takeSignals()).as("its own value stays the same").isEmpty();
  }

  @Test
  void aChangedFileIsLookedAtAnew() throws IOException {
    needs("foot", "DISPLAY\n");
    tree.start();
    Files.writeString(tree.scan.resolve("foot/needs-env"), "");
    tree.settle();
    assertThat(tree.processes.living()).containsExactly("foot/run");
  }
}
