package org.usersvc.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.supervise.TreeFixture;

final class PaletteTest {
  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    tree.service("foo");
    tree.start();
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private String row(Palette palette) {
    return ServiceTable.of(List.of(tree.find("foo").view()), palette).getLast();
  }

  private static String withoutColours(String line) {
    return line.replaceAll("\033\\[[0-9]+m", "");
  }

  @Test
  void coloursChangeNoColumn() {
    assertThat(withoutColours(row(Palette.COLOURED))).isEqualTo(row(Palette.PLAIN));
    assertThat(row(Palette.PLAIN)).doesNotContain("\033");
  }

  @Test
  void aServiceThatIsReadyIsGreenAndOneThatFailsRed() {
    assertThat(row(Palette.COLOURED)).contains("\033[32mrun\033[0m");
    tree.exit("foo/run", new ExitStatus(3, 0, false));
    assertThat(row(Palette.COLOURED)).contains("\033[31mbackoff\033[0m");
  }

  @Test
  void treeHasTheColoursOfTheTable() {
    var views = List.of(tree.find("foo").view());
    assertThat(new ServiceTree(views, Palette.COLOURED).text())
        .containsExactly("foo (\033[32mrun\033[0m)");
    assertThat(new ServiceTree(views, Palette.PLAIN).text()).containsExactly("foo (run)");
  }
}
