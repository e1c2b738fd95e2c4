package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** One program hands over to the next, in one process here. */
final class KeptDescriptorsTest {
  @TempDir private Path root;
  private final KeptDescriptors first = new KeptDescriptors();
  private final PosixFileSystem before = new PosixFileSystem(first);
  private KeptDescriptors second = new KeptDescriptors();

  @AfterEach
  void close() {
    second.closeRest();
    second.all().forEach(before::close);
  }

  private PosixFileSystem next() {
    second = new KeptDescriptors(new Handover(1, 0, 0, first.all(), List.of()));
    return new PosixFileSystem(second);
  }

  private String path(String name) {
    return root.resolve(name).toString();
  }

  private int fifo(String name) throws FileFault {
    before.makeFifo(FileSystem.ABSOLUTE, path(name), 0600);
    return before.openFifo(FileSystem.ABSOLUTE, path(name));
  }

  @Test
  void whoeverOpensTheSameFileGetsTheSameDescriptor() throws FileFault {
    int fifo = fifo("fifo");
    int lock = before.openLockFile(FileSystem.ABSOLUTE, path("lock"));
    assertThat(before.lock(lock)).isTrue();
    assertThat(before.lockByte(lock, 7)).isTrue();
    var after = next();
    assertThat(after.openFifo(FileSystem.ABSOLUTE, path("fifo"))).isEqualTo(fifo);
    assertThat(after.openLockFile(FileSystem.ABSOLUTE, path("lock"))).isEqualTo(lock);
    assertThat(after.lock(lock)).isTrue();
    assertThat(after.lockByte(lock, 7)).isTrue();
    assertThat(after.isLeft(fifo)).isTrue();
    assertThat(second.closeRest()).isZero();
  }

  @Test
  void aFileThatWasReplacedIsOpenedAnew() throws Exception {
    int fifo = fifo("fifo");
    var after = next();
    Files.delete(root.resolve("fifo"));
    after.makeFifo(FileSystem.ABSOLUTE, path("fifo"), 0600);
    int fresh = after.openFifo(FileSystem.ABSOLUTE, path("fifo"));
    assertThat(fresh).isNotEqualTo(fifo);
    assertThat(after.isLeft(fresh)).isFalse();
    assertThat(second.closeRest()).isEqualTo(1);
  }

  @Test
  void oneIsTakenOnce() throws FileFault {
    int fifo = fifo("fifo");
    var after = next();
    assertThat(after.openFifo(FileSystem.ABSOLUTE, path("fifo"))).isEqualTo(fifo);
    assertThat(after.openFifo(FileSystem.ABSOLUTE, path("fifo"))).isNotEqualTo(fifo);
  }

  @Test
  void whatIsClosedIsNotKept() throws FileFault {
    int fifo = fifo("fifo");
    assertThat(first.all()).containsExactly(fifo);
    before.close(fifo);
    assertThat(first.all()).isEmpty();
  }

  @Test
  void aSocketIsFoundByItsNameAndType() throws FileFault {
    int listener = new UnixSockets(first).listen(path("control"));
    int datagrams = new UnixDatagrams(first).bind(path("notify"));
    next();
    assertThat(new UnixDatagrams(second).bind(path("notify"))).isEqualTo(datagrams);
    assertThat(new UnixSockets(second).isLeft(path("control"))).isTrue();
    assertThat(new UnixSockets(second).isLeft(path("notify"))).isFalse();
    int client = new UnixSockets().connect(path("control"));
    assertThat(new UnixSockets(second).listen(path("control"))).isEqualTo(listener);
    int accepted = new UnixSockets(second).accept(listener);
    assertThat(accepted).isPositive();
    before.close(accepted);
    before.close(client);
  }

  @Test
  void aSocketWhoseFileHasGoneIsMadeAnew() throws Exception {
    int listener = new UnixSockets(first).listen(path("control"));
    next();
    Files.delete(root.resolve("control"));
    int fresh = new UnixSockets(second).listen(path("control"));
    assertThat(fresh).isNotEqualTo(listener);
    assertThat(root.resolve("control")).exists();
  }

  @Test
  void whatIsNotOpenIsNoHarm() {
    second = new KeptDescriptors(new Handover(1, 0, 0, List.of(19_999), List.of()));
    assertThat(second.closeRest()).isZero();
  }
}
