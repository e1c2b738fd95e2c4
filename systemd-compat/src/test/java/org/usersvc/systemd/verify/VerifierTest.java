package org.usersvc.systemd.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.read.UserSpecifiers;

final class VerifierTest {
  @TempDir private Path root;
  private UnitTree tree;
  private Verifier verifier;

  @BeforeEach
  void plant() {
    tree = new UnitTree(root);
    verifier = new Verifier(tree.files, tree.index, new UserSpecifiers(Map.of("HOME", "/home/x")));
  }

  private String file(String name, String text) {
    tree.file(tree.config() + "/" + name, text);
    return tree.config() + "/" + name;
  }

  private List<String> check(String word) {
    verifier.refresh();
    return verifier.check(word).stream().map(Finding::text).toList();
  }

  @Test
  void findsNothingInAGoodUnit() {
    file("good.service", "[Service]\nExecStart=/bin/true %h\n");
    assertThat(check("good.service")).isEmpty();
    assertThat(check("good")).isEmpty();
  }

  @Test
  void namesWhatIsUnknownWrongAndIgnoredByItsLine() {
    String path =
        file(
            "bad.service",
            """
            [Unit]
            Descripton=x
            [Service]
            ExecStart=/bin/true
            PrivateTmp=yes
            Restart=perhaps
            """);
    assertThat(check("bad.service"))
        .containsExactly(
            path + ":2: warning: Descripton=: no such directive; it is ignored",
            path + ":5: note: PrivateTmp=: does nothing here: sandbox",
            path
                + ":6: warning: Restart=: \"perhaps\": is none of the words that can be here; the"
                + " value is ignored");
  }

  @Test
  void aUnitThatCannotLoadHasAnError() {
    String path = file("empty.service", "[Service]\n");
    assertThat(check(path))
        .containsExactly(
            path + ": error: the service has no ExecStart=, ExecStop= or SuccessAction=");
  }

  @Test
  void looksIntoDropIns() {
    file("a.service", "[Service]\nExecStart=/bin/true\n");
    String dropIn = file("a.service.d/x.conf", "[Service]\nNise=3\n");
    assertThat(check("a.service"))
        .containsExactly(dropIn + ":2: warning: Nise=: no such directive; it is ignored");
  }

  @Test
  void readsATemplateAsAnInstance() {
    String path = file("a@.service", "[Service]\nExecStart=/bin/%i\n");
    assertThat(check("a@.service")).isEmpty();
    assertThat(check(path)).isEmpty();
  }

  @Test
  void readsAFileOutsideOfTheSearchPath() {
    tree.file(root + "/x.timer", "[Timer]\nOnCalendar=nonsense\n");
    assertThat(check(root + "/x.timer"))
        .isNotEmpty()
        .allMatch(line -> line.startsWith(root + "/x.timer"));
  }

  @Test
  void saysWhatIsNoUnitAtAll() {
    assertThat(check("none.service"))
        .containsExactly("none.service: error: there is no such unit; see usersvc-systemd(7)");
    assertThat(check("a b"))
        .containsExactly("a b: error: this is not the name of a unit; correct it");
    assertThat(check("/tmp/x.conf"))
        .containsExactly(
            "/tmp/x.conf: error: the file name is not the name of a unit; rename the file");
    assertThat(check(root + "/absent.service"))
        .anyMatch(line -> line.contains("there is no such file"));
  }

  @Test
  void aMaskedUnitIsNoMistake() {
    tree.link(tree.config() + "/m.service", "/dev/null");
    assertThat(check("m.service"))
        .containsExactly("m.service: note: the unit is masked; it cannot be started");
  }
}
