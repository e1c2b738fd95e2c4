package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketChannel;

/** What listens at the address of a bus and is none. */
final class FakeBus implements AutoCloseable {
  private final String address;
  private final Manners manners;
  private final UnixServerSocketChannel server;
  private final Thread doorman;
  private final Map<Thread, UnixSocketChannel> clients = new HashMap<>();
  private final CountDownLatch visited = new CountDownLatch(1);
  private volatile boolean closing;

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
    this.doorman = Thread.ofPlatform().daemon().name("fake-bus").start(this::acceptAll);
  }

  String address() {
    return address;
  }

  private void acceptAll() {
    try {
      for (var client = server.accept(); !closing; client = server.accept()) {
        begin(client);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException("the fake bus at " + address, fault);
    }
  }

  private void begin(UnixSocketChannel client) {
    var host = Thread.ofPlatform().daemon().name("fake-bus-client").unstarted(() -> serve(client));
    synchronized (clients) {
      clients.put(host, client);
    }
    host.start();
  }

  private void serve(UnixSocketChannel client) {
    visited.countDown();
    try {
      var visit = new Visit(Channels.newInputStream(client), Channels.newOutputStream(client));
      manners.serve(visit);
    } catch (IOException ignored) { // the client had enough
      return;
    } finally {
      end(client);
    }
  }

  private void end(UnixSocketChannel client) {
    synchronized (clients) {
      clients.remove(Thread.currentThread());
      try {
        client.close();
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
  }

  /** Lets those end that serve a client, each of which closes its channel. */
  private List<Thread> hangUp() throws IOException {
    synchronized (clients) {
      for (var client : clients.values()) {
        Wire.hangUp(client);
      }
      return List.copyOf(clients.keySet());
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
    closing = true;
    UnixSocketChannel.open(Wire.socket(address)).close(); // lets accept return
    Wire.awaitEnd(doorman);
    server.close();
    for (var host : hangUp()) {
      Wire.awaitEnd(host);
    }
  }
}
