package org.usersvc.client.socket;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output and standard error, buffered. As both may be one file, what was written first to
 * one of them is out before anything is written to the other. A lost standard error is survived.
 */
public final class Output {
  private final Stream out;
  private final Stream err;

  public Output(OutputStream out, OutputStream err) {
    this.out = new Stream(out);
    this.err = new Stream(err);
  }

  /** {@code text} is native text; the caller ends the line. */
  public void out(String text) throws LostOutputException {
    byte[] bytes = NativeText.encode(text);
    out(bytes, 0, bytes.length);
  }

  public void err(String text) throws LostOutputException {
    byte[] bytes = NativeText.encode(text);
    err(bytes, 0, bytes.length);
  }

  /** Bytes as they are. */
  public void out(byte[] bytes, int start, int length) throws LostOutputException {
    flushErr();
    try {
      out.write(bytes, start, length);
    } catch (IOException e) {
      throw new LostOutputException(e);
    }
  }

  void err(byte[] bytes, int start, int length) throws LostOutputException {
    flushOut();
    try {
      err.write(bytes, start, length);
    } catch (IOException ignored) {
      // There is nowhere left to tell it.
    }
  }

  public void flush() throws LostOutputException {
    flushOut();
    flushErr();
  }

  private void flushOut() throws LostOutputException {
    try {
      out.flush();
    } catch (IOException e) {
      throw new LostOutputException(e);
    }
  }

  private void flushErr() {
    try {
      err.flush();
    } catch (IOException ignored) {
      // There is nowhere left to tell it.
    }
  }

  /** A buffer that forgets what could not be written. */
  private static final class Stream {
    private final OutputStream target;
    private final byte[] bytes = new byte[16384];
    private int length;

    Stream(OutputStream target) {
      this.target = target;
    }

    void write(byte[] source, int start, int count) throws IOException {
      if (count > bytes.length - length) {
        flush();
      }
      if (count > bytes.length) {
        target.write(source, start, count);
      } else {
        System.arraycopy(source, start, bytes, length, count);
        length += count;
      }
    }

    void flush() throws IOException {
      int count = length;
      length = 0;
      if (count > 0) {
        target.write(bytes, 0, count);
      }
    }
  }
}
