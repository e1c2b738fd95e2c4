package org.usersvc.daemon.enable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.enable.Enablement.Removal;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.supervise.TreeFixture;

/** What every door that enables can rely on. */
final class EnablementTest {
  @TempDir private Path root;
  private final List<Map<String, EnableOutcome>> enabled = new ArrayList<>();
  private final List<Map<String, Removal>> disabled = new ArrayList<>();
  private TreeFixture tree;
  private Enablement enablement;

  @BeforeEach
  void start() throws IOException {
    tree = new TreeFixture(root);
    var foo = Files.createDirectories(root.resolve("sv/foo"));
    Files.createFile(foo.resolve("run")).toFile().setExecutable(true);
    var files = new PosixFileSystem();
    var available = new AvailableServices(files, List.of(root + "/sv"));
    var enabling = new Enabling(files, available, root + "/supervise");
    enablement = new Enablement(enabling, tree.supervisor, tree.operations, tree.loop);
    tree.start();
  }

  @AfterEach
  void stop() {
    tree.close();
  }

  private static Removal foo(Map<String, Removal> removals) {
    return Objects.requireNonNull(removals.get("foo"));
  }

  private void enable(String... names) {
    enablement.enable(List.of(names), enabled::add);
    tree.settle();
  }

  private void disable(String... names) {
    var removals = new LinkedHashMap<String, Removal>();
    enablement.disable(
        List.of(names),
        (_, fault) -> assertThat(fault).isNull(),
        removals::put,
        () -> disabled.add(removals));
    tree.settle();
  }

  @Test
  void whoeverIsAnsweredFindsTheServiceSupervised() {
    enablement.enable(
        List.of("foo"),
        outcomes -> {
          enabled.add(outcomes);
          assertThat(tree.supervisor.find("foo")).isNotNull();
        });
    tree.settle();
    assertThat(enabled).containsExactly(Map.of("foo", new EnableOutcome.Enabled(root + "/sv/foo")));
    tree.exit("foo/run", TreeFixture.FINE);
  }

  @Test
  void aServiceThatIsEndingIsEnabledByNobodyBeforeItHasEnded() {
    enable("foo");
    var process = tree.supervisor.find("foo");
    disable("foo");
    assertThat(foo(disabled.getFirst()).stopping()).isSameAs(process);
    enable("foo", "nosuch");
    disable("foo");
    assertThat(enabled).as("answers").hasSize(1);
    assertThat(disabled).as("answers").hasSize(1);
    tree.exit("foo/run", TreeFixture.FINE);
    tree.settle();
    assertThat(enabled.getLast().get("foo")).isInstanceOf(EnableOutcome.Enabled.class);
    assertThat(enabled.getLast().get("nosuch")).isInstanceOf(EnableOutcome.NotAvailable.class);
    assertThat(foo(disabled.getLast()).outcome()).isInstanceOf(DisableOutcome.Disabled.class);
  }

  @Test
  void norIsOneThatTheUserHasLinked() {
    link();
    tree.settle();
    var process = tree.supervisor.find("foo");
    disable("foo");
    assertThat(foo(disabled.getFirst()).outcome()).isInstanceOf(DisableOutcome.Unlinked.class);
    assertThat(foo(disabled.getFirst()).stopping()).isSameAs(process);
    enable("foo");
    assertThat(enabled).as("answers").isEmpty();
    assertThat(tree.processes.living()).hasSize(1);
    tree.exit("foo/run", TreeFixture.FINE);
    tree.settle();
    assertThat(enabled.getLast().get("foo")).isInstanceOf(EnableOutcome.Enabled.class);
    assertThat(tree.processes.living()).hasSize(1);
  }

  @Test
  void oneThatIsPutBackMeanwhileGoesOnAndKeepsNobodyWaiting() {
    link();
    tree.settle();
    enablement.disable(List.of("foo"), (_, _) -> {}, (_, _) -> link(), () -> {});
    tree.settle();
    assertThat(tree.processes.takeSignals()).isEmpty();
    disable("foo");
    assertThat(disabled).as("answers").hasSize(1);
    assertThat(tree.processes.takeSignals()).contains("TERM foo/run");
    tree.exit("foo/run", TreeFixture.FINE);
  }

  private void link() {
    try {
      Files.createSymbolicLink(tree.scan.resolve("foo"), root.resolve("sv/foo"));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
