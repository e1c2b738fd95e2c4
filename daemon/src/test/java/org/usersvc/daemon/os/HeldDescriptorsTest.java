package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ListeningSockets.Address;
import org.usersvc.daemon.files.ListeningSockets.Kind;

/** This process is the keeper of itself. */
final class HeldDescriptorsTest {
  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();

  /** A program that uses descriptors, and may be another one's successor. */
  private final class Program {
    final KeptDescriptors kept = new KeptDescriptors();
    final HeldDescriptors held = new HeldDescriptors(kept, warnings::add);
    final PassedSockets sockets = new PassedSockets(kept, held);
    final PosixFileSystem files = new PosixFileSystem(kept);
    final List<Integer> open = new ArrayList<>();

    Program() {
      programs.add(this);
    }

    int listen() throws FileFault {
      var at = new Address.Path(root.resolve("socket").toString(), 0600);
      return opened(sockets.listen(Kind.STREAM, at, 16));
    }

    int openFifo() throws FileFault {
      String path = root.resolve("fifo").toString();
      return opened(files.openOwnFifo(FileSystem.ABSOLUTE, path, 0600));
    }

    private int opened(int descriptor) {
      open.add(descriptor);
      sockets.hold(descriptor);
      return descriptor;
    }

    void close(int descriptor) {
      sockets.release(descriptor);
      open.removeIf(each -> each == descriptor);
      files.close(descriptor);
    }

    /** As the kernel does it. */
    void die() {
      open.forEach(files::close);
      open.clear();
    }

    /** With the pair of a program that may be dead. */
    Program takeFrom(Program earlier) {
      held.takePair(SelfProcess.pid(), earlier.held.sender(), earlier.held.receiver());
      held.recall();
      return this;
    }
  }

  private final Program first = new Program();

  @BeforeEach
  void begin() {
    first.held.makePair();
  }

  @AfterEach
  void end() {
    for (var program : programs) {
      program.die();
      program.held.closePair();
    }
  }

  private SocketChannel connect() throws IOException {
    var client = SocketChannel.open(StandardProtocolFamily.UNIX);
    assertThat(client.connect(UnixDomainSocketAddress.of(root.resolve("socket")))).isTrue();
    return client;
  }

  @Test
  void connectionsWaitForTheNextProgramThatListens() throws IOException {
    first.listen();
    first.die();
    try (var client = connect()) {
      var next = new Program().takeFrom(first);
      int connection = next.sockets.accept(next.listen());
      assertThat(connection).isNotNegative();
      next.files.close(connection);
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void whatLiesInAFifoIsThereForTheNextProgram() throws IOException {
    first.openFifo();
    Files.writeString(root.resolve("fifo"), "text", StandardOpenOption.WRITE);
    first.die();
    var next = new Program().takeFrom(first);
    assertThat(next.files.read(next.openFifo(), new byte[8])).isEqualTo(4);
  }

  @Test
  void nobodyListensWhereASocketWasClosed() throws IOException {
    int socket = first.listen();
    first.openFifo();
    first.close(socket);
    assertThatThrownBy(this::connect).hasMessageContaining("refused");
    var next = new Program().takeFrom(first);
    assertThat(next.listen()).isNotEqualTo(socket);
    connect().close();
  }

  @Test
  void whatTheNextProgramDoesNotOpenIsClosed() throws IOException {
    first.listen();
    first.openFifo();
    first.die();
    var next = new Program().takeFrom(first);
    next.openFifo();
    next.held.closeRest();
    assertThatThrownBy(this::connect).hasMessageContaining("refused");
    next.die();
    var last = new Program().takeFrom(next);
    assertThat(last.held.count()).isEqualTo(1);
  }

  /** It dies before it has opened anything. */
  @Test
  void theNextProgramButOneGetsThemToo() throws IOException {
    first.listen();
    first.die();
    var second = new Program().takeFrom(first);
    second.openFifo();
    second.die();
    second.kept.closeRest();
    var third = new Program().takeFrom(second);
    third.listen();
    connect().close();
  }

  @Test
  void aProcessWithoutAPairHasNothingToTake() throws IOException {
    int fifo = first.openFifo();
    var next = new Program();
    next.held.takePair(SelfProcess.pid(), fifo, fifo);
    assertThat(next.held.sender()).isEqualTo(-1);
    next.held.takePair(Integer.MAX_VALUE, 3, 4);
    next.held.recall();
    next.held.makePair();
    assertThat(next.held.sender()).isNotNegative();
    assertThat(next.held.receiver()).isNotNegative();
    assertThat(warnings).isEmpty();
  }

  @Test
  void tooManyAreToldOnceAndTheFirstOutliveTheProgram() throws IOException {
    for (int i = 0; i < SocketMessage.MOST_DESCRIPTORS + 2; i++) {
      first.openFifo();
    }
    assertThat(warnings).singleElement().asString().contains("more than 253");
    first.die();
    var next = new Program().takeFrom(first);
    assertThat(next.held.count()).isEqualTo(SocketMessage.MOST_DESCRIPTORS);
    next.held.closeRest();
  }
}
