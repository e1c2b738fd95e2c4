package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.ListeningSockets.Address;
import org.usersvc.daemon.files.ListeningSockets.Kind;
import org.usersvc.daemon.files.ListeningSockets.Option;

/** On the real kernel. */
final class PassedSocketsTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final KeptDescriptors kept = new KeptDescriptors();
  private final PassedSockets sockets = with(kept);
  private final List<Integer> open = new ArrayList<>();

  private static PassedSockets with(KeptDescriptors kept) {
    return new PassedSockets(kept, new HeldDescriptors(kept, _ -> {}));
  }

  @AfterEach
  void close() {
    open.forEach(files::close);
  }

  private int listen(Kind kind, Address address) throws FileFault {
    int socket = sockets.listen(kind, address, 16);
    open.add(socket);
    return socket;
  }

  private Address at(String name, int mode) {
    return new Address.Path(root.resolve(name).toString(), mode);
  }

  private void connect(String name) throws IOException {
    try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(client.connect(UnixDomainSocketAddress.of(root.resolve(name)))).isTrue();
    }
  }

  @Test
  void clientsConnectToAPathOfThatModeAndASecondCallReplacesIt() throws IOException {
    listen(Kind.STREAM, at("socket", 0660));
    int second = listen(Kind.STREAM, at("socket", 0666));
    connect("socket");
    var accepted = new UnixSockets().accept(second);
    assertThat(accepted).isNotNegative();
    open.add(accepted);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("socket"))))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws IOException {
    Files.writeString(root.resolve("file"), "text");
    assertThatThrownBy(() -> listen(Kind.STREAM, at("file", 0600)))
        .hasMessageContaining("listen at")
        .hasMessageContaining("in use");
    assertThat(root.resolve("file")).hasContent("text");
  }

  @Test
  void datagramsAndSequentialPacketsHavePathsToo() throws IOException {
    listen(Kind.DATAGRAM, at("datagram", 0600));
    listen(Kind.SEQUENTIAL_PACKETS, at("packets", 0600));
    try (var sender = new DatagramSender()) {
      sender.send(root.resolve("datagram").toString(), "hello");
    }
    var received = new UnixDatagrams().receive(open.getFirst(), 100);
    assertThat(received).isNotNull().extracting(datagram -> datagram.text()).isEqualTo("hello");
    assertThat(root.resolve("packets")).exists();
  }

  @Test
  void anAbstractNameHasNoFileAndIsTakenOnlyOnce() throws IOException {
    var address = new Address.Abstract("usersvc-test-" + root.getFileName());
    listen(Kind.STREAM, address);
    assertThatThrownBy(() -> listen(Kind.STREAM, address)).hasMessageContaining("in use");
    open.add(new UnixSockets().connect("\0usersvc-test-" + root.getFileName()));
  }

  @Test
  void clientsConnectToPortsOfBothVersions() throws IOException {
    for (String host : List.of("127.0.0.1", "::1")) {
      var address = InetAddress.ofLiteral(host);
      int port = 0;
      for (int tried = 42000; port == 0; tried++) {
        try {
          listen(Kind.STREAM, new Address.Internet(address, tried));
          port = tried;
        } catch (FileFault fault) {
          assertThat(fault).hasMessageContaining("in use");
        }
      }
      try (var client = SocketChannel.open()) {
        assertThat(client.connect(new InetSocketAddress(host, port))).isTrue();
      }
    }
  }

  @Test
  void aLongPathIsRefused() {
    assertThatThrownBy(() -> listen(Kind.STREAM, at("x".repeat(200), 0600)))
        .isInstanceOf(FileFault.class);
  }

  @Test
  void socketsOutliveTheProgram() throws IOException {
    var name = new Address.Abstract("usersvc-test-" + root.getFileName());
    int socket = listen(Kind.STREAM, at("socket", 0600));
    int hidden = listen(Kind.DATAGRAM, name);
    var loopback = new Address.Internet(InetAddress.ofLiteral("::1"), freePort());
    int port = listen(Kind.DATAGRAM, loopback);
    assertThat(kept.all()).containsExactlyInAnyOrder(socket, hidden, port);
    var handover = new Handover(SelfProcess.pid(), 0, 0, kept.all(), List.of());
    var next = with(new KeptDescriptors(handover));
    assertThat(next.isLeft(Kind.STREAM, name)).isFalse();
    assertThat(next.isLeft(Kind.DATAGRAM, name)).isTrue();
    assertThat(next.listen(Kind.DATAGRAM, name, 16)).isEqualTo(hidden);
    assertThat(next.isLeft(Kind.DATAGRAM, name)).isFalse();
    assertThat(next.listen(Kind.STREAM, at("socket", 0600), 16)).isEqualTo(socket);
    assertThat(next.listen(Kind.DATAGRAM, loopback, 16)).isEqualTo(port);
  }

  private static int freePort() throws IOException {
    try (var probe = new DatagramSocket()) {
      return probe.getLocalPort();
    }
  }

  @Test
  void waitingConnectionsAreAcceptedOrDropped() throws IOException {
    int listener = listen(Kind.STREAM, at("socket", 0600));
    connect("socket");
    open.add(sockets.accept(listener));
    assertThat(open.getLast()).isNotNegative();
    connect("socket");
    connect("socket");
    sockets.flush(listener);
    assertThat(sockets.accept(listener)).isEqualTo(-1);
    int datagrams = listen(Kind.DATAGRAM, at("datagrams", 0600));
    try (var sender = new DatagramSender()) {
      sender.send(root.resolve("datagrams").toString(), "hello");
    }
    sockets.flush(datagrams);
    assertThat(new UnixDatagrams().receive(datagrams, 100)).isNull();
  }

  @Test
  void credentialsAndBuffersAreSet() throws IOException {
    int socket = listen(Kind.DATAGRAM, at("socket", 0600));
    sockets.set(socket, Option.RECEIVE_BUFFER, 8192);
    sockets.set(socket, Option.PASS_CREDENTIALS, 1);
    assertThat(option(socket, 8)).isEqualTo(2 * 8192); // the kernel doubles it: socket(7)
    assertThat(option(socket, 16)).isEqualTo(1);
  }

  private static int option(int socket, int number) {
    var libc = new Libc();
    var scratch = new Scratch(128);
    long value = scratch.reset().take(4);
    long length = scratch.take(4);
    scratch.putInt(length, 4);
    var function = Libc.function("getsockopt");
    assertThat(libc.callLong(function, socket, 1, number, value, length, 0)).isZero();
    return scratch.getInt(value);
  }
}
