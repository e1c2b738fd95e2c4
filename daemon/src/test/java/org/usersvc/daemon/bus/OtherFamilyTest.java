package org.usersvc.daemon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.bus.ExportFixture.SERVICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.freedesktop.dbus.types.UInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.view.FakeFamily;
import org.usersvc.daemon.wire.FakeLink;

/** Services that are no service directories, as objects of org.usersvc1. */
final class OtherFamilyTest {
  private static final UInt32 SECOND = new UInt32(1000);
  private static final String A = "a_2eservice";

  @TempDir private Path root;
  private ExportFixture bus;
  private FakeFamily units;

  @BeforeEach
  void start() throws IOException {
    bus = new ExportFixture(root);
    bus.tree.start();
    units = new FakeFamily(bus.tree.loop::soon);
    bus.tree.services.add(units);
    units.put("a.service");
    units.put("b.service");
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void theManagerListsThemAndFindsTheirObjects() {
    assertThat(bus.manager("ListServices", "").outcome())
        .contains("a.service, /org/usersvc1/service/a_2eservice, down, down, 0", "b.service");
    assertThat(bus.manager("GetService", "s", "b.service").outcome())
        .isEqualTo("[/org/usersvc1/service/b_2eservice]");
    assertThat(bus.introspect(ExportFixture.ROOT + "/service")).contains(A);
    assertThat(bus.get(ExportFixture.path(A), SERVICE, "Name").outcome()).contains("a.service");
  }

  @Test
  void bothObjectsCommandThem() {
    var up = bus.manager("Up", "su", "a.service", SECOND);
    bus.tree.settle();
    assertThat(up.outcome()).isEqualTo("[run, 1001]");
    var restarted = bus.service(A, "Restart", "u", SECOND);
    bus.tree.settle();
    assertThat(restarted.outcome()).isEqualTo("[run, 1002]");
    var down = bus.service(A, "Down", "u", SECOND);
    bus.tree.settle();
    assertThat(down.outcome()).isEqualTo("[down, 0]");
  }

  @Test
  void theirChangesAreSignalled() {
    bus.tree.settle();
    var link = new FakeLink();
    bus.links.add(link);
    bus.service(A, "Up", "u", SECOND);
    bus.tree.settle();
    assertThat(link.take())
        .satisfiesExactly(
            moved -> assertThat(moved).isEqualTo(" StateChanged[a.service, down, run]"),
            values ->
                assertThat(values)
                    .startsWith("/service/a_2eservice PropertiesChanged[")
                    .contains("Pid=<u 1001>"));
  }

  @Test
  void aServiceDirectoryTakesThePlaceOfOneOfItsNameUntilItGoes() throws IOException {
    bus.tree.settle();
    var link = new FakeLink();
    bus.links.add(link);
    bus.tree.service("a.service");
    bus.tree.settle();
    assertThat(link.take())
        .contains(" InterfacesRemoved[/org/usersvc1/service/a_2eservice, [org.usersvc1.Service]]")
        .anyMatch(each -> each.startsWith(" InterfacesAdded[/org/usersvc1/service/a_2eservice, {"));
    Files.move(bus.tree.scan.resolve("a.service"), root.resolve("away"));
    bus.tree.settle();
    bus.tree.exit("a.service/run", TreeFixture.FINE);
    assertThat(link.take())
        .contains(" InterfacesRemoved[/org/usersvc1/service/a_2eservice, [org.usersvc1.Service]]")
        .last()
        .asString()
        .startsWith(" InterfacesAdded[/org/usersvc1/service/a_2eservice, {");
  }
}
