package org.usersvc.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandTest {
  @Test
  void exactlyTheLettersOfRunsvMeanSomething() {
    var known = new StringBuilder();
    for (int letter = -1; letter < 256; letter++) {
      var command = Command.ofLetter(letter);
      if (command != null) {
        assertThat(command.letter()).isEqualTo((char) letter);
        known.append((char) letter);
      }
    }
    assertThat(known).hasToString("12acdhikopqtux");
  }
}
