package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.wire.FakeCall;
import org.usersvc.daemon.wire.FakeLink;
import org.usersvc.systemd.face.FakeManager;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.SourcesReader;

/** The methods of the manager for unit files. */
final class FileMethodsTest {
  @TempDir private Path root;
  private final List<String> told = new ArrayList<>();
  private Desk desk;

  @SuppressWarnings("NullAway") // nothing here asks for the environment
  @BeforeEach
  void prepare() {
    var tree = new UnitTree(root);
    tree.file(tree.vendor() + "/a.service", "[Service]\nExecStart=/bin/true\n");
    var reader = new SourcesReader(_ -> Optional.empty(), _ -> {});
    var installation = new Installation(tree.files, tree.index, tree.loader, reader);
    var bare = BusFakes.running(new FakeManager());
    var running =
        new Running(
            bare.ground(),
            bare.objects(),
            installation,
            tree.index.path(),
            () -> told.add("changed"));
    desk = new Desk(null, () -> running);
  }

  private String call(String member, Object... arguments) {
    var method = Objects.requireNonNull(ManagerTable.TABLE.type().methods().get(member));
    var call = new FakeCall(new FakeLink("unix:path=/a", 7), "/", member, method.in(), arguments);
    ManagerTable.TABLE.of(desk).call(call);
    return call.outcome();
  }

  @Test
  void aChangeOfFilesIsTold() {
    assertThat(call("MaskUnitFiles", List.of("a.service"), false, false)).contains("symlink");
    assertThat(told).containsExactly("changed");
    assertThat(call("UnmaskUnitFiles", List.of("a.service"), false)).contains("unlink");
    assertThat(told).hasSize(2);
  }

  @Test
  void aRequestThatChangesNothingIsNotTold() {
    call("UnmaskUnitFiles", List.of("a.service"), false);
    call("EnableUnitFiles", List.of("a.service"), false, false);
    call("EnableUnitFiles", List.of("no-such.service"), false, false);
    assertThat(told).isEmpty();
  }
}
