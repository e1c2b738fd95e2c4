package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mistakes in unit files of systemd, as the client shows them. */
@ExtendWith(TreeExtension.class)
final class VerifyIT {
  private static Path unit(Tree tree, String name, String... lines) throws IOException {
    return Files.write(tree.root().resolve(name), List.of(lines));
  }

  @Test
  void showsMistakesByFileAndLineAndFails(Tree tree) throws IOException {
    var unit =
        unit(tree, "web.service", "[Service]", "ExecStart=/bin/true", "PrivateTmp=yes", "Nise=3");
    tree.start();
    assertThat(tree.usersvc("verify", unit.toString()).expect(1).out())
        .isEqualTo(
            unit
                + ":3: note: PrivateTmp=: does nothing here: sandbox\n"
                + unit
                + ":4: warning: Nise=: no such directive; it is ignored\n");
    assertThat(tree.usersvc("--json", "verify", unit.toString()).expect(1).out())
        .startsWith("{\"file\":\"" + unit + "\",\"line\":3,\"level\":\"note\",");
  }

  @Test
  void succeedsIfThereIsNothingButNotes(Tree tree) throws IOException {
    var good = unit(tree, "good.service", "[Service]", "ExecStart=/bin/true");
    var note = unit(tree, "note.service", "[Service]", "ExecStart=/bin/true", "PAMName=me");
    tree.start();
    assertThat(tree.usersvc("verify", good.toString()).expect(0).out()).isEmpty();
    assertThat(tree.usersvc("verify", good.toString(), note.toString()).expect(0).out())
        .isEqualTo(note + ":3: note: PAMName=: does nothing here: privileges\n");
  }

  @Test
  void saysThatThereIsNoSuchUnit(Tree tree) throws IOException {
    tree.start();
    assertThat(tree.usersvc("verify", "nosuch").expect(1).out())
        .isEqualTo("nosuch.service: error: there is no such unit; see usersvc-systemd(7)\n");
    tree.usersvc("verify").expect(0);
  }
}
