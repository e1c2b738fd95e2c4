package org.usersvc.daemon.os;

import java.util.List;

/** Environments that a test makes up. */
public final class FakeEnvironment {
  private FakeEnvironment() {}

  /** The environment of these {@code NAME=VALUE} strings, a char for each byte. */
  public static EnvironmentBlock of(String... variables) {
    return EnvironmentBlock.of(List.of(variables));
  }
}
