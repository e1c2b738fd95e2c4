package org.usersvc.client.socket;

import java.io.IOException;

/** Standard output cannot be written. */
public final class LostOutputException extends IOException {
  private static final long serialVersionUID = 1;

  LostOutputException(IOException cause) {
    super(cause);
  }
}
