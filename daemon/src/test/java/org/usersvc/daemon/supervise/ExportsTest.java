package org.usersvc.daemon.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.Environment;

/** What services export while they are up; {@code environment} is what others get. */
final class ExportsTest {
  private static final Environment BASE = Environment.of(Map.of("RUN", "/run/x"));

  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    tree.supervisor.environment(BASE);
    tree.supervisor.exports().onChange(() -> tree.supervisor.environment(BASE.with(exported())));
  }

  @AfterEach
  void end() {
    tree.close();
    assertThat(exported()).isEmpty();
  }

  private Map<String, String> exported() {
    return tree.supervisor.exports().variables();
  }

  private Path exports(String service, String text) throws IOException {
    return Files.writeString(tree.service(service).resolve("exports"), text);
  }

  @Test
  void theyAreThereFromReadyToTheEndOfTheRun() throws IOException {
    exports("agent", "# where it listens\nSOCKET=\"$RUN/agent\"\nOWN=${COLOUR:-none}\n");
    Files.writeString(tree.scan.resolve("agent/notification-fd"), "3\n");
    Files.createDirectories(tree.scan.resolve("agent/env"));
    Files.writeString(tree.scan.resolve("agent/env/COLOUR"), "red\n");
    tree.start();
    assertThat(exported()).isEmpty();
    ReadySign.ready(tree, "agent");
    assertThat(exported()).isEqualTo(Map.of("SOCKET", "/run/x/agent", "OWN", "red"));
    assertThat(tree.supervisor.exports().exporter("SOCKET")).isEqualTo("agent");
    tree.find("agent").command("d");
    tree.settle();
    tree.exit("agent/run", TreeFixture.FINE);
    assertThat(exported()).isEmpty();
    assertThat(tree.supervisor.exports().exporter("SOCKET")).isNull();
  }

  @Test
  void whatNeedsOneStartsAfterItAndADependentHasIt() throws IOException {
    exports("agent", "SOCKET=1\n");
    Files.writeString(tree.service("needy").resolve("needs-env"), "SOCKET\n");
    Files.createDirectories(tree.service("after").resolve("dependencies.d"));
    Files.writeString(tree.scan.resolve("after/dependencies.d/agent"), "");
    tree.start();
    assertThat(tree.processes.living())
        .containsExactlyInAnyOrder("agent/run", "needy/run", "after/run");
    assertThat(tree.find("needy").environmentGiven().value("SOCKET")).isEqualTo("1");
    assertThat(tree.find("after").environmentGiven().value("SOCKET")).isEqualTo("1");
  }

  @Test
  void theLastServiceByNameWinsAndAChangedFileCountsAtOnce() throws IOException {
    exports("b", "SOCKET=of-b\n");
    exports("a", "SOCKET=of-a\nOTHER=1\n");
    tree.start();
    assertThat(exported()).isEqualTo(Map.of("SOCKET", "of-b", "OTHER", "1"));
    exports("b", "THIRD=1\n");
    tree.settle();
    assertThat(exported()).isEqualTo(Map.of("SOCKET", "of-a", "OTHER", "1", "THIRD", "1"));
    Files.delete(tree.scan.resolve("b/exports"));
    tree.settle();
    assertThat(exported()).isEqualTo(Map.of("SOCKET", "of-a", "OTHER", "1"));
  }

  @Test
  void aBadLineIsNamedAndOnlyItIsLeftOut() throws IOException {
    exports("agent", "A=1\nexport B=2\nNOTIFY_SOCKET=/x\nC=\n");
    tree.start();
    assertThat(exported()).isEqualTo(Map.of("A", "1"));
    assertThat(tree.messages.warnings())
        .containsExactly(
            "agent: exports: line 2: no NAME=VALUE, ignoring",
            "agent: exports: line 4: C has no value, ignoring",
            "agent: exports: NOTIFY_SOCKET is a variable of one service, which no other can have,"
                + " ignoring");
  }

  @Test
  void aFileThatIsTooLongCountsAsAbsent() throws IOException {
    exports("agent", "A=1\n#" + "x".repeat(64 * 1024));
    tree.start();
    assertThat(exported()).isEmpty();
    assertThat(tree.messages.warnings()).singleElement().asString().contains("exports");
  }
}
