package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** The programs that help the daemon, made of their sources. */
final class Helper {
  private Helper() {}

  /** Makes usersvc-exec in that directory; its path. */
  static String exec(Path directory) throws IOException, InterruptedException {
    var make = new ProcessBuilder("make", "-s", "-C", "src/main/c", "OUT=" + directory).inheritIO();
    assertThat(make.start().waitFor()).isZero();
    return directory + "/usersvc-exec";
  }
}
