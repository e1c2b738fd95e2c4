package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of manual pages, typed as they stand there. */
@ExtendWith(TreeExtension.class)
final class ManualIT {
  private static final Path PAGES = Path.of("../daemon/src/main/man");

  /** The lines of all displays in EXAMPLES, with the here-documents that they begin. */
  private static List<String> typed(String page) throws IOException {
    var typed = new ArrayList<String>();
    boolean examples = false;
    boolean literal = false;
    boolean document = false;
    for (String line : Files.readAllLines(PAGES.resolve(page))) {
      examples = line.startsWith(".Sh ") ? line.equals(".Sh EXAMPLES") : examples;
      literal = examples && (literal || line.startsWith(".Bd -literal")) && !line.equals(".Ed");
      String text = line.replace("\\e", "\\");
      if (literal && document) {
        typed.add(text);
        document = !text.equals("END");
      } else if (literal && text.startsWith("$ ")) {
        typed.add(text.substring(2));
        document = text.contains("<< 'END'");
      }
    }
    return typed;
  }

  @Test
  void theExamplesOfServicesWork(Tree tree) throws IOException {
    Files.createDirectories(tree.root().resolve(".local"));
    Files.createSymbolicLink(tree.root().resolve(".local/service"), tree.scan());
    var desktop = Desktop.of(tree);
    desktop.start();
    var typed = typed("usersvc-service.5");
    assertThat(typed).hasSizeGreaterThan(20);
    String script = "set -ex\n" + String.join("\n", typed) + "\n";
    desktop.run("sh", "-c", script).expect(0);
    for (String name : List.of("clock", "web", "db", "cache")) {
      assertThat(desktop.usersvc("-q", "status", "--check", name).status()).as(name).isZero();
    }
    desktop.usersvc("down", "cache").expect(0);
    assertThat(tree.runtime().resolve("cache")).doesNotExist();
  }
}
