package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;

final class PosixLogFilesTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final PosixLogFiles logs = new PosixLogFiles();
  private final byte[] block = new byte[64 * 1024];
  private int pipe;

  @BeforeEach
  void open() throws IOException {
    files.makeFifo(FileSystem.ABSOLUTE, root + "/fifo", 0600);
    pipe = files.openFifo(FileSystem.ABSOLUTE, root + "/fifo");
  }

  @AfterEach
  void close() {
    files.close(pipe);
  }

  private void print(String text) throws IOException {
    try (var out = new FileOutputStream(root + "/fifo")) {
      out.write(text.getBytes(US_ASCII));
    }
  }

  private String peek() throws FileFault {
    return new String(block, 0, logs.peek(pipe, block), US_ASCII);
  }

  @Test
  void lookingTakesNothing() throws IOException {
    assertThat(peek()).isEmpty();
    print("hello\n");
    assertThat(peek()).isEqualTo("hello\n");
    print("world\n");
    assertThat(peek()).isEqualTo("hello\nworld\n");
  }

  @Test
  void takingLeavesTheLastByteInTheMemoryGiven() throws IOException {
    var memory = ByteBuffer.allocateDirect(8);
    print("hello\nworld\n");
    logs.take(pipe, 5, memory, 3);
    assertThat(memory.get(3)).isEqualTo((byte) 'o');
    assertThat(memory.get(2)).isZero();
    assertThat(memory.get(4)).isZero();
    logs.take(pipe, 1, memory, 3);
    assertThat(memory.get(3)).isEqualTo((byte) '\n');
    assertThat(peek()).isEqualTo("world\n");
  }

  @Test
  void aFullPipeIsSeenWhole() throws IOException {
    String text = "x".repeat(logs.capacity(pipe));
    print(text);
    assertThat(peek()).isEqualTo(text);
    logs.take(pipe, text.length(), ByteBuffer.allocateDirect(1), 0);
    assertThat(peek()).isEmpty();
  }

  @Test
  void moreThanThereIsCannotBeTaken() throws IOException {
    print("x");
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> logs.take(pipe, 2, ByteBuffer.allocateDirect(1), 0));
  }

  @Test
  void aFileGrowsAndCanBeCut() throws IOException {
    String path = root + "/current";
    int file = logs.openLog(path);
    logs.append(file, "hello world".getBytes(US_ASCII), 11);
    assertThat(logs.byteAt(file, 10)).isEqualTo('d');
    assertThat(logs.byteAt(file, 11)).isEqualTo(-1);
    logs.truncate(file, 5);
    logs.append(file, "!?".getBytes(US_ASCII), 1);
    logs.sync(file);
    logs.changeMode(file, 0744);
    files.close(file);
    assertThat(Files.readString(Path.of(path))).isEqualTo("hello!");
    assertThat(Files.isExecutable(Path.of(path))).isTrue();
  }

  @Test
  void theEndIsReadHoweverLongItIs() throws IOException {
    String path = root + "/current";
    Files.writeString(Path.of(path), "first" + "x".repeat(400_000) + "last");
    assertThat(new String(logs.end(path, 300_000), US_ASCII)).hasSize(300_000).endsWith("xlast");
    assertThat(new String(logs.end(path, 500_000), US_ASCII)).hasSize(400_009).startsWith("firstx");
    assertThat(logs.end(path, 4)).isEqualTo("last".getBytes(US_ASCII));
  }

  @Test
  void aFullDeviceIsAFault() throws IOException {
    int file = logs.openLog("/dev/full");
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> logs.append(file, new byte[1], 1))
        .satisfies(fault -> assertThat(fault.errno().is(Errno.ENOSPC)).isTrue());
    files.close(file);
  }
}
