package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;

final class UnixSocketsTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final UnixSockets sockets = new UnixSockets();
  private Path path;
  private int listener = -1;

  @BeforeEach
  void listen() throws IOException {
    path = root.resolve("control");
    listener = sockets.listen(path.toString());
  }

  @AfterEach
  void close() {
    files.close(listener);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  @Test
  void onlyTheOwnerMayConnect() throws IOException {
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void acceptsWhoWaitsAndNobodyElse() throws IOException {
    assertThat(sockets.accept(listener)).isEqualTo(-1);
    try (var first = connect();
        var second = connect()) {
      int one = sockets.accept(listener);
      int two = sockets.accept(listener);
      assertThat(one).isNotNegative();
      assertThat(two).isNotNegative().isNotEqualTo(one);
      assertThat(sockets.accept(listener)).isEqualTo(-1);
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      files.close(one);
      files.close(two);
    }
  }

  @Test
  void knowsTheUserAtTheOtherEnd() throws IOException {
    try (var client = connect()) {
      int connection = sockets.accept(listener);
      assertThat(sockets.peer(connection).uid()).isEqualTo(SelfProcess.uid());
      assertThat((Integer) Files.getAttribute(path, "unix:uid")).isEqualTo(SelfProcess.uid());
      assertThat(client.isOpen()).isTrue();
      files.close(connection);
    }
  }

  @Test
  void speaksBothWaysWithoutBlocking() throws IOException {
    try (var client = connect()) {
      int connection = sockets.accept(listener);
      var into = new byte[100];
      assertThat(files.read(connection, into)).isEqualTo(-1);
      client.write(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
      assertThat(files.read(connection, into)).isEqualTo(5);
      assertThat(sockets.send(connection, "xgood bye".getBytes(US_ASCII), 1, 4)).isEqualTo(4);
      var answer = ByteBuffer.allocate(100);
      client.read(answer);
      assertThat(new String(answer.array(), 0, answer.position(), US_ASCII)).isEqualTo("good");
      client.shutdownOutput();
      assertThat(files.read(connection, into)).isZero();
      files.close(connection);
    }
  }

  @Test
  void aClientThatDoesNotReadTakesNothingAtSomeTime() throws IOException {
    try (var client = connect()) {
      int connection = sockets.accept(listener);
      var much = new byte[64 * 1024];
      int turns = 0;
      while (sockets.send(connection, much, 0, much.length) > 0) {
        turns++;
        assertThat(turns).isLessThan(10_000);
      }
      assertThat(turns).isPositive();
      assertThat(client.isOpen()).isTrue();
      files.close(connection);
    }
  }

  @Test
  void aClientThatIsGoneIsAFaultNotASignal() throws IOException {
    connect().close();
    int connection = sockets.accept(listener);
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> sockets.send(connection, new byte[1], 0, 1));
    files.close(connection);
  }

  @Test
  void whatADeadDaemonLeftIsReplaced() throws IOException {
    files.close(listener);
    listener = sockets.listen(path.toString());
    try (var client = connect()) {
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aPathThatIsTooLongIsRefusedNotCut() {
    String tooLong = root + "/" + "x".repeat(108 - root.toString().length() - 1);
    assertThat(tooLong).hasSize(108);
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> sockets.listen(tooLong))
        .withMessageContaining("too long");
  }

  @Test
  void aPathThatCannotBeMadeLeavesNothingOpen() {
    long before = openSockets();
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(FileFault.class)
          .isThrownBy(() -> sockets.listen(root + "/nowhere/control"));
    }
    assertThat(openSockets()).isEqualTo(before);
  }

  private static long openSockets() {
    try (var entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.filter(UnixSocketsTest::isSocket).count();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException ignored) { // closed meanwhile
      return false;
    }
  }
}
