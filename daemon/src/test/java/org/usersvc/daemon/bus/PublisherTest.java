package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.wire.FakeLink;

/** What is signalled, and when. */
final class PublisherTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path root;
  private ExportFixture bus;
  private final FakeLink link = new FakeLink();

  @BeforeEach
  void start() throws IOException {
    bus = new ExportFixture(root);
    bus.tree.service("foo");
    bus.tree.start();
    bus.tree.advance(SECOND);
    bus.links.add(link);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private int pid(String name) {
    return bus.tree.processes.pid(name);
  }

  @Test
  void whoComesIsToldNothingOfWhatIsThere() {
    bus.tree.settle();
    assertThat(link.take()).isEmpty();
  }

  @Test
  void onlyWhatHasChangedIsTold() {
    var before = new ArrayList<String>();
    bus.tree.loop.pieces().add(() -> before.addAll(link.take()));
    bus.service("foo", "Pause", "");
    assertThat(before).as("before the end of the turn").isEmpty();
    assertThat(link.take())
        .containsExactly(
            "/service/foo PropertiesChanged[org.usersvc1.Service, {Paused=<b true>}, []]");
    bus.service("foo", "Pause", "");
    bus.tree.settle();
    assertThat(link.take()).isEmpty();
  }

  @Test
  void aRestartWithinATurnIsOneChangeOfPropertiesAndAllItsStates() {
    bus.tree.exit("foo/run", TreeFixture.FAILED);
    var signals = link.take();
    assertThat(signals)
        .containsSubsequence(
            " StateChanged[foo, run, finish]", " StateChanged[foo, starting, run]");
    assertThat(signals.getLast())
        .startsWith("/service/foo PropertiesChanged[org.usersvc1.Service, {Deaths=<u 1>, ExitCode")
        .contains("ExitCode=<i 1>", "Pid=<u " + pid("foo/run") + ">", "Starts=<t 2>")
        .doesNotContain("State=", "Name=", "NormallyUp=");
    assertThat(signals.stream().filter(each -> each.contains("PropertiesChanged"))).hasSize(1);
  }

  @Test
  void everyLinkIsTold() {
    var second = new FakeLink();
    bus.links.add(second);
    bus.service("foo", "Pause", "");
    bus.tree.settle();
    assertThat(second.take()).hasSize(1).isEqualTo(link.take());
    bus.links.remove(link);
    bus.service("foo", "Continue", "");
    bus.tree.settle();
    assertThat(second.take()).hasSize(1);
    assertThat(link.take()).isEmpty();
  }

  @Test
  void withoutLinksNothingIsKeptForLater() {
    bus.links.remove(link);
    bus.service("foo", "Pause", "");
    bus.publisher.environmentChanged();
    bus.publisher.sessionChanged(1);
    bus.links.add(link);
    bus.tree.settle();
    assertThat(link.take()).isEmpty();
    bus.service("foo", "Continue", "");
    bus.tree.settle();
    assertThat(link.take()).hasSize(1);
  }

  @Test
  void servicesAndLoggersAreAddedWithTheirValues() throws IOException {
    bus.tree.service("bar");
    TreeFixture.script(bus.tree.scan.resolve("bar/log"), "run");
    bus.tree.settle();
    var signals = link.take();
    assertThat(signals.stream().filter(each -> each.contains("InterfacesAdded")))
        .hasSize(2)
        .anyMatch(each -> each.startsWith(" InterfacesAdded[/org/usersvc1/service/bar, {"))
        .anyMatch(each -> each.startsWith(" InterfacesAdded[/org/usersvc1/service/bar_2flog, {"));
    assertThat(signals.indexOf(" StateChanged[bar/log, starting, run]")).isPositive();
    assertThat(signals.getFirst()).startsWith(" InterfacesAdded");
    assertThat(signals.toString()).contains("org.usersvc1.Service={Deaths=<u 0>");
  }

  @Test
  void aServiceThatIsDownIsAddedToo() throws IOException {
    Files.createFile(Files.createDirectory(bus.tree.scan.resolve("bar")).resolve("down"));
    bus.tree.settle();
    assertThat(link.take())
        .singleElement()
        .asString()
        .startsWith(" InterfacesAdded[/org/usersvc1/service/bar, {")
        .contains("NormallyUp=<b false>", "State=<s down>");
  }

  @Test
  void whatIsGoneIsRemoved() throws IOException {
    Files.move(bus.tree.scan.resolve("foo"), root.resolve("away"));
    bus.tree.settle();
    bus.tree.exit("foo/run", TreeFixture.FINE);
    var signals = link.take();
    assertThat(signals)
        .endsWith(
            " StateChanged[foo, finish, gone]",
            " InterfacesRemoved[/org/usersvc1/service/foo, [org.usersvc1.Service]]");
  }

  @Test
  void aRenamedServiceIsAnotherObject() throws IOException {
    Files.move(bus.tree.scan.resolve("foo"), bus.tree.scan.resolve("bar"));
    bus.tree.settle();
    var signals = new ArrayList<>(link.take());
    assertThat(signals.getFirst())
        .isEqualTo(" InterfacesRemoved[/org/usersvc1/service/foo, [org.usersvc1.Service]]");
    assertThat(signals.get(1)).startsWith(" InterfacesAdded[/org/usersvc1/service/bar, {");
    assertThat(signals).hasSize(2);
  }

  @Test
  void aSuccessorOfTheSameNameStaysInView() throws IOException {
    Files.move(bus.tree.scan.resolve("foo"), root.resolve("away"));
    bus.tree.settle();
    bus.tree.service("foo");
    bus.tree.settle();
    link.take();
    bus.tree.processes.exitEldest(TreeFixture.FINE);
    bus.tree.settle();
    var signals = new ArrayList<>(link.take());
    signals.removeIf(each -> !each.contains("Interfaces"));
    assertThat(signals).hasSize(2);
    assertThat(signals.getFirst()).startsWith(" InterfacesRemoved[/org/usersvc1/service/foo,");
    assertThat(signals.getLast()).startsWith(" InterfacesAdded[/org/usersvc1/service/foo,");
  }

  @Test
  void anotherScanDirectoryIsTold() throws IOException, FileFault {
    var other = Files.createDirectory(root.resolve("other"));
    bus.scanDirectory.switchTo(other.toString(), () -> {});
    bus.tree.settle();
    assertThat(link.take())
        .contains(
            " PropertiesChanged[org.usersvc1.Manager, {ScanDirectory=<s " + other + ">}, []]");
  }

  @Test
  void sessionsAreObjectsThatComeChangeAndGo() throws IOException {
    int leader = bus.desk.leader();
    var options = Map.of("leader", new Variant<>(new UInt32(leader)));
    var variables = Map.of("DBUS_SESSION_BUS_ADDRESS", "", "WAYLAND_DISPLAY", "w");
    bus.manager("RegisterSession", "a{ss}a{sv}", variables, options);
    String shown = "Variables=<a{ss} {DBUS_SESSION_BUS_ADDRESS=, WAYLAND_DISPLAY=w}>";
    bus.publisher.sessionAdded(1);
    bus.tree.settle();
    assertThat(link.take())
        .containsExactly(
            " InterfacesAdded[/org/usersvc1/session/1, {org.usersvc1.Session={Bus=<s >, Id=<u 1>,"
                + (" Kind=<s wayland>, Leader=<u " + leader + ">, Name=<s >, Since=<t ")
                + ("1767323045000000>, " + shown + "}}]"),
            " PropertiesChanged[org.usersvc1.Manager, {Sessions=<ao [/org/usersvc1/session/1]>},"
                + " []]");
    bus.publisher.sessionChanged(1);
    bus.publisher.sessionChanged(1);
    bus.publisher.sessionChanged(9);
    bus.tree.settle();
    assertThat(link.take())
        .containsExactly(
            "/session/1 PropertiesChanged[org.usersvc1.Session, {Bus=<s >, Kind=<s wayland>,"
                + (" Leader=<u " + leader + ">, Name=<s >, " + shown + "}, []]"));
    bus.publisher.sessionChanged(1);
    bus.desk.sessions.unregister(1);
    bus.publisher.sessionRemoved(1);
    bus.tree.settle();
    assertThat(link.take())
        .containsExactly(
            " InterfacesRemoved[/org/usersvc1/session/1, [org.usersvc1.Session]]",
            " PropertiesChanged[org.usersvc1.Manager, {Sessions=<ao []>}, []]");
  }

  @Test
  void changesOfTheEnvironmentAreToldOnceATurn() {
    bus.manager("SetEnvironment", "a{ss}", Map.of("A", "1"));
    bus.publisher.environmentChanged();
    bus.publisher.environmentChanged();
    bus.tree.settle();
    assertThat(link.take())
        .isEqualTo(
            List.of(
                " PropertiesChanged[org.usersvc1.Manager, {Environment=<a{ss} {A=1, HOME=/home/x,"
                    + " PATH=/bin}>}, []]"));
  }
}
