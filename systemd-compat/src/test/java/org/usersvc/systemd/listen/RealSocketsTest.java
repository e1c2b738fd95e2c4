package org.usersvc.systemd.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.KeptDescriptors;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.os.UnixSockets;

/** Socket units on the sockets of the kernel. */
final class RealSocketsTest {
  @TempDir private Path root;

  private SocketFixture begin(KeptDescriptors kept) {
    return SocketFixture.real(root, kept)
        .socket("a.socket", "ListenStream=" + root.resolve("a.sock"), "SocketMode=0600")
        .service("a.service", "/bin/a");
  }

  private SocketChannel connect() throws IOException {
    var client = SocketChannel.open(StandardProtocolFamily.UNIX);
    assertThat(client.connect(UnixDomainSocketAddress.of(root.resolve("a.sock")))).isTrue();
    return client;
  }

  /** What the service does with the socket that it was passed at its last start. */
  private static void serve(SocketFixture units, SocketChannel client) throws IOException {
    String passed = units.service("a.service").starts().getLast();
    assertThat(passed).endsWith("=a.socket");
    int socket = Integer.parseInt(passed.substring(0, passed.indexOf('=')));
    var sockets = new UnixSockets();
    int connection = sockets.accept(socket);
    assertThat(sockets.send(connection, "hi".getBytes(UTF_8), 0, 2)).isEqualTo(2);
    var answer = ByteBuffer.allocate(2);
    assertThat(client.read(answer)).isEqualTo(2);
    assertThat(new String(answer.array(), UTF_8)).isEqualTo("hi");
    units.tree.files.close(connection);
    client.close();
  }

  @Test
  void aServiceThatIsStartedByAConnectionServesIt() throws IOException {
    var units = begin(new KeptDescriptors());
    assertThat(units.start("a.socket")).isEqualTo("done");
    var mode = Files.getPosixFilePermissions(root.resolve("a.sock"));
    assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    assertThat(units.state("a.service")).isEqualTo("inactive/dead");
    for (int i = 0; i < 2; i++) {
      var client = connect();
      units.settle();
      assertThat(units.state("a.socket")).isEqualTo("active/running");
      serve(units, client);
      units.stop("a.service");
      assertThat(units.state("a.socket")).isEqualTo("active/listening");
    }
    units.stop("a.socket");
    assertThat(root.resolve("a.sock")).exists();
  }

  @Test
  void connectionsWaitWhileAnotherDaemonTakesThePlaceOfThisOne() throws Exception {
    var kept = new KeptDescriptors();
    begin(kept).start("a.socket");
    assertThat(kept.all()).hasSize(1);
    var client = connect();
    var handover = new Handover(SelfProcess.pid(), 0, 0, kept.all(), List.of());
    var next = begin(new KeptDescriptors(handover));
    next.resume("a.socket", "phase=listening");
    assertThat(next.controller("a.socket").descriptors())
        .extracting(passed -> passed.descriptor())
        .isEqualTo(kept.all());
    next.settle();
    serve(next, client);
    next.stop("a.socket");
  }
}
