package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.freedesktop.dbus.types.UInt64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.loop.Pieces;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.SourcesReader;

/** The methods of the manager for unit files. */
final class FileMethodsTest {
  @TempDir private Path root;
  private final List<String> told = new ArrayList<>();
  private final ArrayDeque<Pieces.Work> works = new ArrayDeque<>();
  private Desk desk;

  @SuppressWarnings("NullAway") // nothing here asks for the environment
  @BeforeEach
  void prepare() {
    var tree = new UnitTree(root);
    tree.file(tree.vendor() + "/a.service", "[Service]\nExecStart=/bin/true\n");
    tree.file(
        tree.vendor() + "/b.service",
        "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=default.target\n");
    var reader = new SourcesReader(_ -> Optional.empty(), _ -> {});
    var installation = new Installation(tree.files, tree.index, tree.loader, reader);
    var bare = BusFakes.running(new FakeManager());
    var running =
        new Running(
            bare.ground(),
            bare.objects(),
            installation,
            tree.index.path(),
            () -> told.add("changed"),
            ForeignUnits.NONE);
    desk = new Desk(null, null, null, null, works::add, () -> running);
  }

  private String call(String member, Object... arguments) {
    return BusFakes.call(desk, member, arguments).outcome();
  }

  @Test
  void eachUnitFileIsAPieceOfTheList() {
    var call = BusFakes.call(desk, "ListUnitFilesByPatterns", List.of(), List.of("?.service"));
    var work = works.remove();
    int pieces = 1;
    while (work.next()) {
      pieces++;
    }
    assertThat(pieces).isEqualTo(3);
    assertThat(call.outcome())
        .isEqualTo(
            "[[(%1$s/a.service, static), (%1$s/b.service, disabled)]]".formatted(root + "/vendor"));
  }

  @Test
  void aChangeOfFilesIsTold() {
    assertThat(call("MaskUnitFiles", List.of("a.service"), false, false)).contains("symlink");
    assertThat(told).containsExactly("changed");
    assertThat(call("UnmaskUnitFiles", List.of("a.service"), false)).contains("unlink");
    assertThat(told).hasSize(2);
  }

  @Test
  void theLinksOfAUnitAreThoseThatADisableRemoves() {
    assertThat(call("GetUnitFileLinks", "b.service", false)).isEqualTo("[[]]");
    call("EnableUnitFiles", List.of("b.service"), false, false);
    assertThat(call("GetUnitFileLinks", "b.service", false))
        .contains("/default.target.wants/b.service");
    assertThat(call("GetUnitFileLinks", "no-such.service", false)).isEqualTo("[[]]");
    assertThat(call("DisableUnitFilesWithFlagsAndInstallInfo", List.of("b.service"), new UInt64(0)))
        .startsWith("[true, ")
        .contains("unlink");
    assertThat(call("DisableUnitFilesWithFlagsAndInstallInfo", List.of("a.service"), new UInt64(0)))
        .isEqualTo("[false, []]");
  }

  @Test
  void aRequestThatChangesNothingIsNotTold() {
    call("UnmaskUnitFiles", List.of("a.service"), false);
    call("EnableUnitFiles", List.of("a.service"), false, false);
    call("EnableUnitFiles", List.of("no-such.service"), false, false);
    assertThat(told).isEmpty();
  }
}
