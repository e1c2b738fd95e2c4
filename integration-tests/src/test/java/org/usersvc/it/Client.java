package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client of the control socket that does as it is told, sense or not. */
final class Client implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer block = ByteBuffer.allocate(64 * 1024).flip();

  Client(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  /** Sends all of it; the daemon has to take it in time. */
  Client send(String bytes) throws IOException {
    var left = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    var key = channel.keyFor(selector);
    key.interestOps(SelectionKey.OP_WRITE);
    while (left.hasRemaining()) {
      if (channel.write(left) == 0) {
        await("the daemon does not read");
      }
    }
    key.interestOps(SelectionKey.OP_READ);
    return this;
  }

  void closeSendingHalf() throws IOException {
    channel.shutdownOutput();
  }

  /** The next line without its end, null at the end of the answer. */
  @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (block.hasRemaining() || fill()) {
      byte next = block.get();
      if (next == '\n') {
        return line.toString(ISO_8859_1);
      }
      line.write(next);
    }
    if (line.size() > 0) {
      throw new AssertionError("cut off after: " + line.toString(ISO_8859_1));
    }
    return null;
  }

  private boolean fill() throws IOException {
    block.clear();
    int count = read();
    while (count == 0) {
      await("no answer");
      count = read();
    }
    block.flip();
    return count > 0;
  }

  /** A daemon that leaves part of a request unread resets the connection after its answer. */
  private int read() throws IOException {
    try {
      return channel.read(block);
    } catch (SocketException reset) {
      return -1;
    }
  }

  private void await(String otherwise) throws IOException {
    selector.selectedKeys().clear();
    if (selector.select(Await.DEADLINE.toMillis()) == 0) {
      throw new AssertionError(otherwise + " within " + Await.DEADLINE.toSeconds() + " s");
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
