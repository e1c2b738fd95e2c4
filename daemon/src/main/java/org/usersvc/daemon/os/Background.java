package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import org.usersvc.daemon.model.NativeText;

/**
 * Takes the daemon off the terminal that it was started on, while its starter waits at the other
 * end of standard output to be notified that the daemon is ready. No service gets that output.
 * <b>Loop thread only.</b>
 */
public final class Background {
  /** What the starter reads last if the daemon is ready. */
  private static final String READY = "ready";

  private static final int MOST = 8192;

  private static final int OUTPUT = 1;
  private static final int FIRST_FREE = 3;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int O_RDWR = 2;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(MOST);
  private int starter = -1;

  /**
   * Begins a session of its own, on which no terminal has a hold, and uses {@code /dev/null} in
   * place of the terminal; to be called before there are threads with descriptors of their own.
   */
  public void enter() {
    starter = libc.call(function("fcntl"), OUTPUT, F_DUPFD_CLOEXEC, FIRST_FREE);
    libc.call(function("setsid"), 0);
    int nothing = libc.call(function("open"), scratch.reset().path("/dev/null"), O_RDWR, 0);
    for (int descriptor = 0; descriptor < FIRST_FREE && nothing >= 0; descriptor++) {
      libc.call(function("dup2"), nothing, descriptor);
    }
    if (nothing >= FIRST_FREE) {
      libc.call(function("close"), nothing);
    }
  }

  /** Notifies the starter that the daemon is ready, once. */
  public void ready() {
    write(READY);
    if (starter >= 0) {
      libc.call(function("close"), starter);
      starter = -1;
    }
  }

  /** Writes a line to the starter, if one waits. */
  public void write(String line) {
    byte[] bytes = NativeText.encode(line + "\n");
    int length = Math.min(bytes.length, MOST);
    if (starter >= 0) {
      long text = scratch.reset().take(length);
      scratch.copyIn(text, bytes, 0, length);
      libc.callLong(function("write"), starter, text, length, 0, 0, 0);
    }
  }
}
