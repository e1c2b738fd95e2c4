package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.usersvc.daemon.model.Errno;

@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
final class SpawnThreadTest {
  private final SpawnThread thread = new SpawnThread(_ -> 0);

  private int resultOf(Error error) {
    thread.run(_ -> {
      throw error;
    });
    return thread.result();
  }

  @Test
  void anErrorIsALackOfResourcesAndTheThreadGoesOn() {
    assertThat(new Errno(resultOf(new OutOfMemoryError("no thread"))).lacksResources()).isTrue();
    assertThat(new Errno(resultOf(new StackOverflowError())).lacksResources()).isTrue();
    thread.run(_ -> 7);
    assertThat(thread.result()).isEqualTo(7);
    assertThat(thread.isIdle()).isTrue();
  }
}
