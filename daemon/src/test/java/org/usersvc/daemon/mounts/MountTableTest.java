package org.usersvc.daemon.mounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MountTableTest {
  private static final String LOCAL = "22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n";
  private static final String FUSE =
      "40 22 0:45 / /home/a\\040b/net rw,nosuid master:1 - fuse.sshfs h:/ rw,user_id=1\n";

  @Test
  void whatIsServedByAnotherProcessOrANetworkIsSlow() {
    assertThat(MountTable.parse(LOCAL + FUSE + "41 22 0:46 / /nfs rw - nfs4 h:/ rw\n"))
        .containsExactly(
            new SlowMount(40, "/home/a b/net", "fuse.sshfs"), new SlowMount(41, "/nfs", "nfs4"));
    assertThat(MountTable.parse(LOCAL + "42 22 0:47 / /c rw - fusectl c rw")).isEmpty();
  }

  @Test
  void whatIsMountedOverItHidesIt() {
    assertThat(MountTable.parse(FUSE + "43 40 0:48 / /home/a\\040b/net rw - tmpfs t rw\n"))
        .isEmpty();
  }

  @Test
  void aMountHoldsWhatIsBelowIt() {
    var mount = new SlowMount(1, "/net", "nfs");
    assertThat(mount.holds("/net")).isTrue();
    assertThat(mount.holds("/net/far")).isTrue();
    assertThat(mount.holds("/network")).isFalse();
    assertThat(mount).hasToString("file system /net (nfs)");
  }
}
