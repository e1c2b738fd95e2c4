package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A control socket that records each request line and plays an answer. Bytes are written in tests
 * as ISO 8859-1 text.
 */
final class FakeDaemon implements AutoCloseable {
  /** What the daemon does with one connection; it is closed afterwards. */
  interface Play {
    void on(SocketChannel client) throws IOException, InterruptedException;
  }

  private static final long DEADLINE_SECONDS = 30;

  private final ServerSocketChannel server;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  /** {@code listens}: each request is read before the answer is played. */
  private FakeDaemon(Path socket, boolean listens, Play play) throws IOException {
    Files.createDirectories(Objects.requireNonNull(socket.getParent()));
    Files.deleteIfExists(socket);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().name("fake-daemon").start(() -> serve(listens, play));
  }

  static FakeDaemon at(Path socket, Play play) throws IOException {
    return new FakeDaemon(socket, true, play);
  }

  /** One that answers and closes without reading what it is asked. */
  static FakeDaemon deafAt(Path socket, Play play) throws IOException {
    return new FakeDaemon(socket, false, play);
  }

  static Play answer(String bytes) {
    return client -> send(client, bytes);
  }

  /** The same answer, each byte in a write of its own. */
  static Play bytewise(String bytes) {
    return client -> {
      for (int i = 0; i < bytes.length(); i++) {
        send(client, bytes.substring(i, i + 1));
      }
    };
  }

  static void send(SocketChannel client, String bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      client.write(buffer);
    }
  }

  /** The next request line that was read, without its newline. */
  String request() throws InterruptedException {
    return Objects.requireNonNull(
        requests.poll(DEADLINE_SECONDS, TimeUnit.SECONDS), "no request came");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(boolean listens, Play play) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        if (listens) {
          requests.add(line(client));
        }
        play.on(client);
      } catch (IOException gone) {
        // The client has left, or the test is over.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Nothing follows the line: a connection is one request. */
  private static String line(SocketChannel client) throws IOException {
    var line = new ByteArrayOutputStream();
    byte[] block = new byte[65536];
    int length = client.read(ByteBuffer.wrap(block));
    while (length > 0 && block[length - 1] != '\n') {
      line.write(block, 0, length);
      length = client.read(ByteBuffer.wrap(block));
    }
    line.write(block, 0, Math.max(0, length - 1));
    return line.toString(ISO_8859_1);
  }
}
