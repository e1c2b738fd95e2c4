package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Daemons of each kind that the image has take over from each other, and nobody notices. */
@ExtendWith(TreeExtension.class)
final class KindsIT {
  private Path image = Path.of("");
  private List<DaemonKind> kinds = List.of();

  @BeforeEach
  void copyTheImage(Tree tree) throws IOException {
    image = tree.root().resolve("image");
    var original = Path.of(Programs.image("usersvcd")).resolve("../..").normalize();
    Ran.of("cp", "-a", original.toString(), image.toString()).expect(0);
    kinds = DaemonKind.in(image);
  }

  /** All that is to stay as it is. */
  private static List<String> seen(Tree tree, Units units) throws IOException {
    return List.of(
        tree.service("web").status().toString(),
        tree.service("paused").status().toString(),
        tree.service("off").status().toString(),
        units.state("unit.service") + " " + units.pid("unit.service"),
        tree.usersvc("env").expect(0).out());
  }

  private Daemon start(Tree tree) throws IOException {
    var daemon = tree.launch().program(image.resolve("bin/usersvcd")).start();
    Await.until("the socket", () -> Files.exists(tree.runtime().resolve("systemd/private")));
    return daemon;
  }

  /** A daemon of the last kind, with services and a unit in various states. */
  private Daemon begin(Tree tree, Units units) throws IOException {
    for (var name : List.of("web", "paused", "off")) {
      tree.service(name).steady();
    }
    units.steady("unit");
    kinds.getLast().choose(image);
    var daemon = start(tree);
    for (var name : List.of("web", "paused", "off")) {
      tree.service(name).awaitUp();
    }
    tree.usersvc("pause", "paused").expect(0);
    tree.usersvc("down", "off").expect(0);
    tree.usersvc("env", "set", "KEPT=by each").expect(0);
    units.systemctl("start", "unit").expect(0);
    return daemon;
  }

  @Test
  void reexecChangesTheKindAndNothingElse(Tree tree) throws IOException {
    var units = Units.of(tree);
    var daemon = begin(tree, units);
    var before = seen(tree, units);
    for (int i = 0; i < 2 * kinds.size(); i++) {
      var next = kinds.get(i % kinds.size());
      next.choose(image);
      assertThat(tree.usersvc("reexec").expect(0).out()).contains("pid " + daemon.pid());
      assertThat(DaemonKind.of(daemon.pid())).isEqualTo(next);
      String version = tree.usersvc("version", "--json").expect(0).out();
      assertThat(version.contains("native by")).isEqualTo(next == DaemonKind.NATIVE);
      assertThat(seen(tree, units)).isEqualTo(before);
    }
    assertThat(units.traced()).containsExactly("+unit");
  }

  @Test
  void eachTakesOverWhatAnotherHasLeft(Tree tree) throws IOException {
    var units = Units.of(tree);
    var daemon = begin(tree, units);
    var before = seen(tree, units);
    for (var next : kinds) {
      daemon.kill();
      daemon.awaitEnd();
      next.choose(image);
      daemon = start(tree);
      assertThat(DaemonKind.of(daemon.pid())).isEqualTo(next);
      units.awaitState("unit.service", "active/running");
      assertThat(seen(tree, units)).isEqualTo(before);
    }
    assertThat(units.traced()).containsExactly("+unit");
  }

  @Test
  void aKindThatLacksAPartIsRefused(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.launch().program(image.resolve("bin/usersvcd")).start();
    int pid = tree.service("web").awaitUp();
    for (var next : kinds) {
      next.choose(image);
      next.damage(image);
      assertThat(tree.usersvc("reexec").expect(1).err())
          .contains("not replaced")
          .containsIgnoringCase("no such file");
    }
    assertThat(tree.service("web").pid()).isEqualTo(pid);
    daemon.ask("status", "web").expect(0);
  }

  @Test
  void aLibraryThatIsNoneIsToldOrDoneWithout(Tree tree) throws IOException {
    var library = image.resolve("lib/usersvc/libusersvc-calls.so");
    Files.delete(library);
    Files.writeString(library, "nothing");
    for (var next : kinds) {
      next.choose(image);
      var daemon = tree.launch().program(image.resolve("bin/usersvcd")).begin();
      if (next == DaemonKind.JVM) {
        daemon.awaitReady();
        daemon.kill();
        daemon.awaitEnd();
      } else {
        assertThat(daemon.awaitEnd()).isEqualTo(111);
        assertThat(daemon.log()).contains("fatal", library.getFileName() + " cannot be loaded");
      }
    }
  }
}
