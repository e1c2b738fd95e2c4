package org.usersvc.client.socket;

import java.io.IOException;

/** What is written to standard output gets nowhere. */
public final class LostOutputException extends IOException {
  private static final long serialVersionUID = 1;

  LostOutputException(IOException cause) {
    super(cause);
  }
}
