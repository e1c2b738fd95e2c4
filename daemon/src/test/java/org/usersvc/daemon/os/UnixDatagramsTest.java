package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.files.DatagramSockets.Datagram;
import org.usersvc.daemon.files.FileFault;

final class UnixDatagramsTest {
  private static final int MOST = 4096;
  private static final String SEND =
      """
      import socket, sys
      to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      to.sendto(b'READY=1', sys.argv[1])
      """;

  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final UnixDatagrams sockets = new UnixDatagrams();
  private final DatagramSender sender = new DatagramSender();
  private String path = "";
  private int socket = -1;

  @BeforeEach
  void bind() throws IOException {
    path = root.resolve("notify").toString();
    socket = sockets.bind(path);
  }

  @AfterEach
  void close() {
    files.close(socket);
    sender.close();
  }

  private Datagram receive() throws FileFault {
    var message = sockets.receive(socket, MOST);
    assertThat(message).isNotNull();
    return message == null ? new Datagram(0, 0, "", false, List.of()) : message;
  }

  @Test
  void onlyTheOwnerMaySend() throws IOException {
    assertThat(Files.getPosixFilePermissions(Path.of(path)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void doesNotWaitForMessages() throws IOException {
    assertThat(sockets.receive(socket, MOST)).isNull();
  }

  @Test
  void messagesComeInOrderWithTheSendersPidAndUser() throws IOException {
    assertThat(sender.send(path, "READY=1\n")).isZero();
    assertThat(sender.send(path, "\uDCFF\0x")).isZero();
    int pid = SelfProcess.pid();
    int uid = SelfProcess.uid();
    assertThat(receive()).isEqualTo(new Datagram(pid, uid, "READY=1\n", false, List.of()));
    assertThat(receive().text()).isEqualTo("\uDCFF\0x");
    assertThat(sockets.receive(socket, MOST)).isNull();
  }

  @Test
  void anotherProcessIsTold() throws IOException, InterruptedException {
    var python = new ProcessBuilder("python3", "-c", SEND, path).inheritIO().start();
    assertThat(python.waitFor()).isZero();
    assertThat(receive().pid()).as("it has ended since").isEqualTo((int) python.pid());
  }

  @Test
  void anEmptyMessageIsOne() throws IOException {
    assertThat(sender.send(path, "")).isZero();
    assertThat(receive().text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096})
  void whatFitsIsWhole(int length) throws IOException {
    assertThat(sender.send(path, "x".repeat(length))).isZero();
    assertThat(receive()).matches(message -> !message.cut() && message.text().length() == length);
  }

  @ParameterizedTest
  @ValueSource(ints = {4097, 100_000})
  void whatDoesNotFitIsCutAndSaidToBe(int length) throws IOException {
    assertThat(sender.send(path, "x".repeat(length))).isZero();
    assertThat(receive()).matches(message -> message.cut() && message.text().length() == MOST);
    assertThat(sockets.receive(socket, MOST)).as("the rest of it").isNull();
  }

  @Test
  void descriptorsComeCloseOnExec() throws IOException {
    var pipe = files.pipe();
    assertThat(sender.send(path, "BARRIER=1", pipe)).isZero();
    var message = receive();
    assertThat(message.pid()).isEqualTo(SelfProcess.pid());
    assertThat(message.descriptors()).hasSize(2).doesNotContain(pipe[0], pipe[1]);
    for (int each : message.descriptors()) {
      assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + each), UTF_8))
          .containsPattern("flags:\\s0?2[0-7]{6}\\n");
      files.close(each);
    }
    files.close(pipe[0]);
    files.close(pipe[1]);
  }

  /** SCM_MAX_FD of the kernel. */
  @Test
  void asManyDescriptorsAsThereCanBeComeWithOneMessage() throws IOException {
    var pipe = files.pipe();
    var many = new int[253];
    Arrays.fill(many, pipe[0]);
    assertThat(sender.send(path, "FDSTORE=1", many)).isZero();
    var message = receive();
    assertThat(message.descriptors()).hasSize(253).doesNotHaveDuplicates();
    assertThat(message.uid()).isEqualTo(SelfProcess.uid());
    message.descriptors().forEach(files::close);
    files.close(pipe[0]);
    files.close(pipe[1]);
  }

  @Test
  void takesThePlaceOfADeadDaemonsSocket() throws IOException {
    int second = sockets.bind(path);
    assertThat(sender.send(path, "x")).isZero();
    assertThat(sockets.receive(socket, MOST)).isNull();
    assertThat(sockets.receive(second, MOST)).isNotNull();
    files.close(second);
    assertThat(sender.send(path, "x")).as("connection refused").isEqualTo(111);
  }

  @Test
  void whatCannotBeBoundIsAFaultThatNamesIt() {
    String absent = root.resolve("absent/notify").toString();
    String longer = root.resolve("x".repeat(100)).toString();
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> sockets.bind(absent))
        .withMessageContaining(absent);
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> sockets.bind(longer))
        .withMessageContaining(longer);
  }
}
