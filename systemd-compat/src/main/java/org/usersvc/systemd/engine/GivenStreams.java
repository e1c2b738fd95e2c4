package org.usersvc.systemd.engine;

import java.util.stream.IntStream;

/**
 * Open files that a caller gives to a service as its standard streams. Immutable.
 *
 * @param input a descriptor of the daemon; -1: none is given
 * @param output the same
 * @param error the same
 */
public record GivenStreams(int input, int output, int error) {
  /** None is given. */
  public static final GivenStreams NONE = new GivenStreams(-1, -1, -1);

  /** The descriptors, each to be closed once. */
  public IntStream all() {
    return IntStream.of(input, output, error).filter(descriptor -> descriptor >= 0);
  }
}
