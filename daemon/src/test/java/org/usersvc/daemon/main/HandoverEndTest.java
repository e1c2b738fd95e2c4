package org.usersvc.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.HeldDescriptors;
import org.usersvc.daemon.os.KeptDescriptors;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.daemon.supervise.TreeFixture;

final class HandoverEndTest {
  @TempDir private Path root;

  @Test
  void withoutASocketWhoeverHasAskedIsLetGo() throws Exception {
    var files = new PosixFileSystem();
    int[] pipe = files.pipe();
    try (var tree = new TreeFixture(root)) {
      var askers = List.of(new Handover.Asker(pipe[1], false));
      var handover = new Handover(1, 0, tree.clock.nanos(), List.of(pipe[1]), askers);
      var held = new HeldDescriptors(new KeptDescriptors(), tree.messages::warn);
      tree.advance(Duration.ofMillis(1234));
      new HandoverEnd(handover, held, tree.loop, tree.messages).complete(null, files);
      assertThat(tree.messages.news()).singleElement().asString().endsWith(" place in 1234 ms");
    }
    assertThat(files.read(pipe[0], new byte[1])).as("what the asker reads, to its end").isZero();
    files.close(pipe[0]);
  }
}
