package org.usersvc.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ManualTest {
  @Test
  void hasEveryVerbOptionAndExitStatus() throws IOException {
    String manual = Files.readString(Path.of("src/main/man/usersvc.1"));
    for (Verb verb : Verb.values()) {
      assertThat(manual).containsPattern("\n\\.It Cm (.* , )?" + verb.word() + "( |\n)");
    }
    for (SubVerb word : SubVerb.values()) {
      assertThat(manual).contains("\n.It Cm " + word.verb().word() + " " + word.word());
    }
    for (Option option : Option.values()) {
      assertThat(manual).contains("Fl " + option.word().substring(1).replaceFirst("^-", "Fl "));
    }
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(manual).contains("\n.It " + status.number() + "\n");
    }
  }
}
