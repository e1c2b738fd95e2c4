package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketChannel;

/** What listens at the address of a bus and is none. */
final class FakeBus implements AutoCloseable {
  private final String address;
  private final Manners manners;
  private final UnixServerSocketChannel server;
  private final List<UnixSocketChannel> clients = new CopyOnWriteArrayList<>();
  private final CountDownLatch visited = new CountDownLatch(1);

  /** How it treats a client; the connection is closed afterwards. */
  @FunctionalInterface
  interface Manners {
    void serve(Visit visit) throws IOException;
  }

  /** One client, seen from the fake. */
  record Visit(InputStream in, OutputStream out) {
    /** Reads to the end of a line of the authentication. */
    String line() throws IOException {
      var line = new StringBuilder();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString();
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
    }

    /** Lets the client in, until its first message is there. */
    void authenticate() throws IOException {
      for (var line = line(); !line.startsWith("BEGIN"); line = line()) {
        if (line.isEmpty()) {
          throw new IOException("the client has gone");
        } else if (line.contains("AUTH EXTERNAL")) {
          say("OK 0123456789abcdef0123456789abcdef\r\n");
        } else if (line.endsWith("AUTH\r")) {
          say("REJECTED EXTERNAL\r\n");
        } else if (line.startsWith("NEGOTIATE_UNIX_FD")) {
          say("AGREE_UNIX_FD\r\n");
        } else {
          say("DATA\r\n");
        }
      }
    }

    /** Reads until the client goes. */
    void listen() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  FakeBus(String address, Manners manners) throws IOException {
    this.address = address;
    this.manners = manners;
    this.server = UnixServerSocketChannel.open();
    server.configureBlocking(true);
    server.socket().bind(Wire.socket(address));
    Thread.ofPlatform().daemon().name("fake-bus").start(this::acceptAll);
  }

  String address() {
    return address;
  }

  private void acceptAll() {
    try {
      while (server.isOpen()) {
        var client = server.accept();
        clients.add(client);
        Thread.ofPlatform().daemon().name("fake-bus-client").start(() -> serve(client));
      }
    } catch (IOException ignored) { // it has been closed
      visited.countDown();
    }
  }

  private void serve(UnixSocketChannel client) {
    visited.countDown();
    try (client) {
      var visit = new Visit(Channels.newInputStream(client), Channels.newOutputStream(client));
      manners.serve(visit);
    } catch (IOException ignored) { // the client had enough
      clients.remove(client);
    }
  }

  /** Waits until somebody has connected. */
  void awaitVisit() {
    try {
      if (!visited.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("nobody connects to " + address);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var client : clients) {
      client.close();
    }
    try (var last = UnixSocketChannel.open(Wire.socket(address))) {
      last.isConnected(); // lets accept return
    } catch (IOException ignored) { // it was not waiting
      clients.clear();
    }
  }
}
