package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.PosixFileSystem;

final class LastEndTest {
  @TempDir private Path state;

  private LastEnd lastEnd() {
    return new LastEnd(new PosixFileSystem(), state + "/usersvc", "usersvc");
  }

  @Test
  void theEndOfADaemonIsMissingUntilItIsNoted() {
    assertThat(lastEnd().isMissing()).as("the first of all").isFalse();
    assertThat(lastEnd().isMissing()).as("after one that was killed").isTrue();
    lastEnd().note();
    assertThat(lastEnd().isMissing()).as("after one that has ended").isFalse();
  }

  @Test
  void whatRanBeforeTheMachineWasStartedHasLeftNothing() throws IOException {
    lastEnd().isMissing();
    Files.writeString(state.resolve("usersvc/usersvc.running"), "another boot");
    assertThat(lastEnd().isMissing()).isFalse();
    assertThat(lastEnd().isMissing()).isTrue();
  }

  @Test
  void whereNothingCanBeWrittenNothingIsMissing() throws IOException {
    Files.writeString(state.resolve("usersvc"), "in the way");
    lastEnd().note();
    assertThat(lastEnd().isMissing()).isFalse();
  }
}
