package org.usersvc.systemd.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.usersvc.systemd.load.UnitTree;
import org.usersvc.systemd.syntax.UnitName;

/** An installation in a temporary directory; paths in results are short. */
final class InstallFixture {
  final UnitTree tree;
  final Installation installation;

  InstallFixture(Path root) {
    tree = new UnitTree(root);
    installation = new Installation(tree.files, tree.index, tree.loader, new FakeUnitReader());
  }

  /** A service of a package with these lines in {@code [Install]}. */
  InstallFixture vendor(String name, String... install) {
    tree.file(tree.vendor() + "/" + name, text(install));
    return this;
  }

  static String text(String... install) {
    return "[Unit]\n"
        + (install.length == 0 ? "" : "[Install]\n" + String.join("\n", install) + "\n");
  }

  /** Paths with {@code C} for the user's directory, {@code R} and {@code V} for the others. */
  String shortened(String path) {
    return path.replace(tree.config(), "C")
        .replace(tree.runtime(), "R")
        .replace(tree.vendor(), "V")
        .replace(tree.root().toString(), "");
  }

  /** One word a part: kind, path, source. */
  List<String> lines(List<Change> changes) {
    return changes.stream()
        .map(change ->
            (change.kind().word()
                    + " "
                    + shortened(change.path())
                    + " "
                    + shortened(change.source()))
                .strip())
        .toList();
  }

  String state(String name) {
    return installation.state(UnitName.of(name)).map(UnitFileState::word).orElse("none");
  }

  /** What the user's directory has, with where links lead. */
  List<String> config() {
    return below(Path.of(tree.config()));
  }

  /** The same of the directory for what lasts until the last logout. */
  List<String> runtime() {
    return below(Path.of(tree.runtime()));
  }

  private List<String> below(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var paths = Files.walk(directory)) {
      return paths.filter(path -> !path.equals(directory)).map(this::entry).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String entry(Path path) {
    try {
      String name = shortened(path.toString());
      return Files.isSymbolicLink(path)
          ? name + " -> " + shortened(Files.readSymbolicLink(path).toString())
          : name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
