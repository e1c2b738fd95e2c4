package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usersvc.daemon.os.Libc.function;

import org.junit.jupiter.api.Test;

final class OwnCredentialsTest {
  private final PosixFileSystem files = new PosixFileSystem();
  private final Libc libc = new Libc();
  private final int gid = libc.call(function("getegid"), 0);

  @Test
  void areThoseOfThisProcess() {
    assertThat(new OwnCredentials(libc).areThoseOf(files, SelfProcess.pid())).isTrue();
  }

  @Test
  void areNotThoseOfAnotherUserOrGroup() {
    var otherUser = new OwnCredentials(SelfProcess.uid() + 1, gid);
    var otherGroup = new OwnCredentials(SelfProcess.uid(), gid + 1);
    assertThat(otherUser.areThoseOf(files, SelfProcess.pid())).isFalse();
    assertThat(otherGroup.areThoseOf(files, SelfProcess.pid())).isFalse();
  }

  @Test
  void areNotThoseOfWhatIsGone() {
    assertThat(new OwnCredentials(libc).areThoseOf(files, Integer.MAX_VALUE)).isFalse();
  }
}
