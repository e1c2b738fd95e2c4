package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's lines for D-Bus, which have to work as they stand there. */
@ExtendWith(TreeExtension.class)
final class ReadmeIT {
  private static final List<String> PROGRAMS = List.of("busctl ", "gdbus ", "dbus-send ");

  private static List<String> lines() throws IOException {
    return Files.readString(Path.of("../README.md"))
        .replace("\\\n", " ")
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(line -> line.strip().replaceFirst("^\\$ ", "").replaceFirst(" +#.*$", ""))
        .filter(line -> PROGRAMS.stream().anyMatch(line::startsWith))
        .toList();
  }

  @Test
  void theLinesForDBusWork(Tree tree) throws IOException {
    tree.service("foot").steady();
    var daemon = tree.start();
    tree.service("foot").awaitUp();
    daemon.ask("rescan").expect(0);
    var bus = Bus.usual(Desktop.ofOurselves(tree)).awaitManager();
    assertThat(lines()).as("lines in the README").hasSizeGreaterThan(2);
    for (var line : lines()) {
      if (line.contains(" monitor")) {
        var monitor = bus.start("sh", "-c", "exec " + line);
        monitor.awaitOutput(".");
        monitor.end();
      } else {
        bus.run("sh", "-c", line).expect(0);
      }
    }
  }
}
