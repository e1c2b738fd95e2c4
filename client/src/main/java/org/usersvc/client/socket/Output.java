package org.usersvc.client.socket;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output and standard error, buffered. As both may be one file, text for one of them is
 * written out before later text for the other. A lost standard error is survived.
 *
 * <p>Control characters are made visible, by {@link VisibleText}: all on a terminal; elsewhere C0,
 * which no answer of a daemon has. Only {@link #keepBytes} lets bytes pass unchanged, and {@link
 * #letPaintPass} the colours of the daemon.
 */
public final class Output {
  /** The major number of their devices. */
  private static final long MEMORY = 1;

  private final Stream out;
  private final Stream err;
  private boolean painting;

  /** Neither is a terminal. */
  public Output(OutputStream out, OutputStream err) {
    this(new Stream(out, false), new Stream(err, false));
  }

  private Output(Stream out, Stream err) {
    this.out = out;
    this.err = err;
  }

  /** Those of this process. */
  public static Output standard() {
    return new Output(
        new Stream(new FileOutputStream(FileDescriptor.out), isTerminal(1)),
        new Stream(new FileOutputStream(FileDescriptor.err), isTerminal(2)));
  }

  /** Whether the standard output of this process is a terminal. */
  public static boolean isTerminal() {
    return isTerminal(1);
  }

  /** Writes the same way, but to another stream; what goes to standard error is lost. */
  public Output onto(OutputStream target) {
    var other = new Output(out.onto(target), new Stream(OutputStream.nullOutputStream(), false));
    other.painting = painting;
    return other;
  }

  /** Each character device may be one, except those of memory: null, zero, full. */
  private static boolean isTerminal(int descriptor) {
    try {
      long device = (Long) Files.getAttribute(Path.of("/proc/self/fd/" + descriptor), "unix:rdev");
      return device != 0 && ((device >> 8) & 0xfff) != MEMORY;
    } catch (IOException closed) {
      return false;
    }
  }

  /** From now on bytes pass unchanged, except to terminals, or to terminals, too. */
  public void keepBytes(boolean terminalsToo) {
    out.keepBytes(terminalsToo);
    err.keepBytes(terminalsToo);
  }

  /** From now on text for standard output may have the colours of {@link Paint}. */
  public void letPaintPass() {
    out.visible.letPaintPass();
  }

  /** From now on {@link #paint} has an effect. */
  public void usePaint(boolean wanted) {
    painting = wanted;
  }

  /** Standard output goes on in that colour. */
  public void paint(Paint paint) throws LostOutputException {
    if (painting) {
      shown(paint.sequence());
    }
  }

  /** Bytes for standard output that have been made visible already. */
  public void shown(byte[] bytes) throws LostOutputException {
    flushErr();
    try {
      out.buffer(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new LostOutputException(e);
    }
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
      // There is no other stream to report it on.
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
      // There is no other stream to report it on.
    }
  }

  /** A buffer that forgets text that could not be written. */
  private static final class Stream {
    private final OutputStream target;
    private final boolean terminal;
    private final VisibleText visible;
    private final byte[] bytes = new byte[16384];
    private boolean keeping;
    private int length;

    Stream(OutputStream target, boolean terminal) {
      this.target = target;
      this.terminal = terminal;
      this.visible = new VisibleText(this::buffer, terminal);
    }

    Stream onto(OutputStream other) {
      var stream = new Stream(other, terminal);
      stream.keeping = keeping;
      return stream;
    }

    void keepBytes(boolean terminalsToo) {
      keeping = terminalsToo || !terminal;
    }

    void write(byte[] source, int start, int count) throws IOException {
      if (keeping) {
        buffer(source, start, count);
      } else {
        visible.write(source, start, count);
      }
    }

    private void buffer(byte[] source, int start, int count) throws IOException {
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
