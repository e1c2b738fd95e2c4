package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** A log directory in svlogd's format. */
record LogFiles(Path dir) {
  /** That of the built-in logger for a service. */
  static LogFiles builtIn(Tree tree, String service) {
    return new LogFiles(tree.root().resolve(".local/state/usersvc/log").resolve(service));
  }

  /** Sets the limits of the built-in logger for all services. */
  static void limit(Tree tree, String... lines) throws IOException {
    var config = builtIn(tree, "config").dir();
    Files.createDirectories(config.getParent());
    Files.writeString(config, String.join("\n", lines) + "\n");
  }

  /** All that is in it, from the oldest file to {@code current}; whether or not it is written. */
  String text() throws IOException {
    var rotated = rotated();
    String text = textOf(rotated);
    for (var now = rotated(); !now.equals(rotated); now = rotated()) {
      rotated = now;
      text = textOf(rotated);
    }
    return text;
  }

  private String textOf(Iterable<Path> rotated) throws IOException {
    var text = new StringBuilder();
    for (var file : rotated) {
      text.append(Files.readString(file, ISO_8859_1));
    }
    return text.append(Files.readString(dir.resolve("current"), ISO_8859_1)).toString();
  }

  private Set<Path> rotated() throws IOException {
    try (var all = Files.newDirectoryStream(dir, "@*")) {
      var files = new TreeSet<Path>();
      all.forEach(files::add);
      return files;
    }
  }
}
