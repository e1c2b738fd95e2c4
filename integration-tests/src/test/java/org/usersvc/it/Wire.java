package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/** A D-Bus connection that sends what it is told, sense or not. */
final class Wire implements AutoCloseable {
  static final int RETURN = 2;
  static final int ERROR = 3;
  private static final int CALL = 1;
  private static final int HEADER = 16;

  private final UnixSocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private final List<Thread> floods = new CopyOnWriteArrayList<>();
  private int serial;

  /**
   * A method call.
   *
   * @param body bytes as characters, whatever the signature promises
   */
  record Message(
      String destination,
      String path,
      String interfaceName,
      String member,
      String signature,
      String body) {
    static Message bare(String destination, String path, String interfaceName, String member) {
      return new Message(destination, path, interfaceName, member, "", "");
    }
  }

  private Wire(UnixSocketChannel channel) {
    this.channel = channel;
    this.in = Channels.newInputStream(channel);
    this.out = Channels.newOutputStream(channel);
  }

  /** Where an address leads to, {@code unix:path=} or {@code unix:abstract=}. */
  static UnixSocketAddress socket(String address) {
    var value = address.substring(address.indexOf('=') + 1);
    return address.startsWith("unix:abstract=")
        ? new UnixSocketAddress("\0" + value)
        : new UnixSocketAddress(new File(value));
  }

  /** Connects and is let in as who we are. */
  static Wire peer(String address) throws IOException {
    var channel = UnixSocketChannel.open(socket(address));
    channel.setOption(UnixSocketOptions.SO_RCVTIMEO, (int) Await.DEADLINE.toMillis());
    var wire = new Wire(channel);
    var uid = Integer.toString(Proc.uid(ProcessHandle.current().pid()));
    var hex = new StringBuilder();
    uid.chars().forEach(digit -> hex.append(Integer.toHexString(digit)));
    wire.out.write(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(UTF_8));
    wire.out.flush();
    var answer = wire.line();
    if (!answer.startsWith("OK ")) {
      throw new AssertionError("not let in: " + answer);
    }
    wire.out.write("BEGIN\r\n".getBytes(UTF_8));
    wire.out.flush();
    return wire;
  }

  /** The same to a bus, which gives us a name. */
  static Wire bus(Bus bus) throws IOException {
    var wire = peer(bus.address());
    wire.send(ofBus("Hello"));
    wire.awaitReply();
    return wire;
  }

  static Message ofBus(String member) {
    return Message.bare(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", member);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("after " + line);
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  void send(Message message) throws IOException {
    out.write(bytes(message, ++serial));
    out.flush();
  }

  /** The same many times in one go. */
  void send(Message message, int count) throws IOException {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(bytes(message, ++serial));
    }
    out.write(all.toByteArray());
    out.flush();
  }

  /**
   * The same in a thread of its own, as whoever is not read cannot write either: until all is sent
   * or the connection is closed. Nothing else is sent meanwhile.
   */
  Thread flood(Message message, int count) {
    var flood =
        Thread.ofPlatform()
            .daemon()
            .name("flood")
            .start(() -> {
              try {
                send(message, count);
              } catch (IOException closed) { // by close(), or by the daemon if nothing is read
                floods.remove(Thread.currentThread());
              }
            });
    floods.add(flood);
    return flood;
  }

  /** Bytes that need not be a message. */
  void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Reads past signals to the next reply: {@link #RETURN} or {@link #ERROR}. */
  int awaitReply() throws IOException {
    int type = read();
    while (type != RETURN && type != ERROR) {
      type = read();
    }
    return type;
  }

  private int read() throws IOException {
    var header = ByteBuffer.wrap(in.readNBytes(HEADER));
    if (header.limit() < HEADER) {
      throw new EOFException("the connection was closed");
    }
    header.order(header.get(0) == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.skipNBytes((header.getInt(12) + 7) / 8 * 8 + header.getInt(4));
    return header.get(1);
  }

  private static byte[] bytes(Message message, int serial) {
    var fields = new Marshaller();
    fields.field(1, 'o', message.path());
    fields.field(2, 's', message.interfaceName());
    fields.field(3, 's', message.member());
    fields.field(6, 's', message.destination());
    fields.field(8, 'g', message.signature());
    int length = fields.bytes.size();
    var body = message.body().getBytes(ISO_8859_1);
    var all = ByteBuffer.allocate(HEADER + (length + 7) / 8 * 8 + body.length);
    all.order(ByteOrder.LITTLE_ENDIAN);
    all.put((byte) 'l').put((byte) CALL).put((byte) 0).put((byte) 1);
    all.putInt(body.length).putInt(serial).putInt(length);
    all.put(fields.bytes.toByteArray());
    all.put(all.capacity() - body.length, body);
    return all.array();
  }

  /** Writes header fields; the array of them begins at a multiple of 8. */
  private static final class Marshaller {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void field(int code, char type, String value) {
      if (value.isEmpty()) {
        return;
      }
      while (bytes.size() % 8 != 0) {
        bytes.write(0);
      }
      bytes.writeBytes(new byte[] {(byte) code, 1, (byte) type, 0});
      var text = value.getBytes(UTF_8);
      bytes.write(text.length);
      if (type != 'g') {
        bytes.writeBytes(new byte[] {(byte) (text.length >> 8), 0, 0});
      }
      bytes.writeBytes(text);
      bytes.write(0);
    }
  }

  /**
   * Lets the threads end that read or write a channel, which is closed after that: this kind keeps
   * the number of its descriptor, by which they would go on with somebody else's file.
   */
  static void hangUp(UnixSocketChannel channel) throws IOException {
    channel.shutdownInput();
    channel.shutdownOutput();
  }

  static void awaitEnd(Thread thread) {
    try {
      if (!thread.join(Await.DEADLINE)) {
        throw new AssertionError("the thread " + thread.getName() + " does not end");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    hangUp(channel);
    floods.forEach(Wire::awaitEnd);
    channel.close();
  }
}
