package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/** A log directory in svlogd's format. */
record LogFiles(Path dir) {
  /** That of the built-in logger for a service. */
  static LogFiles builtIn(Tree tree, String service) {
    return new LogFiles(tree.root().resolve(".local/state/usersvc/log").resolve(service));
  }

  /** All that is in it, from the oldest file to {@code current}. */
  String text() throws IOException {
    var text = new StringBuilder();
    try (var all = Files.newDirectoryStream(dir, "@*")) {
      var rotated = new TreeSet<Path>();
      all.forEach(rotated::add);
      for (var file : rotated) {
        text.append(Files.readString(file, ISO_8859_1));
      }
    }
    return text.append(Files.readString(dir.resolve("current"), ISO_8859_1)).toString();
  }
}
