package org.usersvc.daemon.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.os.PosixFileSystem;

final class ProcessUsageTest {
  private final PosixFileSystem files = new PosixFileSystem();

  @Test
  void ofThisProcessIsMoreThanNothing() {
    int self = (int) ProcessHandle.current().pid();
    var usage = Objects.requireNonNull(ProcessUsage.of(files, self));
    assertThat(usage.memoryKib()).isPositive();
    assertThat(usage.cpu()).isPositive();
    assertThat(usage.command()).contains("java");
  }

  @Test
  void ofNoProcessIsNothing() {
    assertThat(ProcessUsage.of(files, Integer.MAX_VALUE)).isNull();
  }
}
