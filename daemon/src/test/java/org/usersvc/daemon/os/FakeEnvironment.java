package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.usersvc.daemon.model.Environment;

/** Environments that a test makes up. */
public final class FakeEnvironment {
  private FakeEnvironment() {}

  /** The environment of these {@code NAME=VALUE} strings, a char for each byte. */
  public static Environment of(String... variables) {
    return Environment.parse((String.join("\0", variables) + "\0").getBytes(ISO_8859_1));
  }
}
