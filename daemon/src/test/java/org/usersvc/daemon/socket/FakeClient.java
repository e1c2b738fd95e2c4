package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.usersvc.daemon.files.FileSystem;

/** The sending half of a client: a pipe, of which the connection has the other end. */
final class FakeClient implements AutoCloseable {
  private final int descriptor;
  private final OutputStream out;

  FakeClient(FileSystem files) throws IOException {
    int[] ends = files.pipe();
    descriptor = files.openToRead(FileSystem.ABSOLUTE, "/proc/self/fd/" + ends[0]);
    out = new FileOutputStream("/proc/self/fd/" + ends[1]);
    files.close(ends[0]);
    files.close(ends[1]);
  }

  /** The connection's end. */
  int descriptor() {
    return descriptor;
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
