package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;

final class PosixFileSystemTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private int at = -1;

  @BeforeEach
  void open() throws IOException {
    at = files.openDirectory(FileSystem.ABSOLUTE, root.toString());
  }

  @AfterEach
  void close() {
    files.close(at);
  }

  private FileStat stat(String path) throws FileFault {
    return Objects.requireNonNull(files.stat(at, path), path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void aLockExcludesEveryOtherOpenFile() throws FileFault {
    int first = files.openLockFile(at, "lock");
    int second = files.openLockFile(at, "lock");
    assertThat(files.lock(first)).isTrue();
    assertThat(files.lock(second)).isFalse();
    assertThat(new PosixFileSystem().lock(second)).isFalse();
    files.close(first);
    assertThat(files.lock(second)).isTrue();
    files.close(second);
    assertThat(stat("lock").permissions()).isEqualTo(0600);
  }

  @Test
  void eachByteOfAFileCanBeLocked() throws FileFault {
    int first = files.openLockFile(at, "lock");
    int second = files.openLockFile(at, "lock");
    assertThat(files.lockByte(first, 1L << 62)).isTrue();
    assertThat(files.lockByte(first, 1L << 62)).isTrue();
    assertThat(files.lockByte(second, 1L << 62)).isFalse();
    assertThat(files.lockByte(second, 7)).isTrue();
    files.unlockByte(first, 1L << 62);
    assertThat(files.lockByte(second, 1L << 62)).isTrue();
    files.close(second);
    assertThat(files.lockByte(first, 7)).isTrue();
    files.close(first);
  }

  @Test
  void statTellsKindModeOwnerAndLinks() throws IOException {
    files.makeDirectory(at, "dir", 0710);
    assertThat(files.makeFifo(at, "fifo", 0600)).isTrue();
    files.replace(at, "file", bytes("x"), 0644);
    files.makeLink("dir", at, "link");
    assertThat(stat("dir").kind()).isEqualTo(Kind.DIRECTORY);
    assertThat(stat("dir").permissions()).isEqualTo(0710);
    assertThat(stat("fifo").kind()).isEqualTo(Kind.FIFO);
    assertThat(stat("file").kind()).isEqualTo(Kind.REGULAR);
    assertThat(stat("file").uid()).isEqualTo(SelfProcess.uid());
    assertThat(stat("file").links()).isOne();
    Files.createLink(root.resolve("second"), root.resolve("file"));
    assertThat(stat("second").links()).isEqualTo(2);
    assertThat(stat("second").id()).isEqualTo(stat("file").id());
    assertThat(stat("link").id()).isEqualTo(stat("dir").id());
    assertThat(Objects.requireNonNull(files.linkStat(at, "link")).kind()).isEqualTo(Kind.LINK);
    var device = files.stat(FileSystem.ABSOLUTE, "/dev/null");
    assertThat(Objects.requireNonNull(device).kind()).isEqualTo(Kind.OTHER);
    assertThat(stat(".").id().inode()).isEqualTo(Files.getAttribute(root, "unix:ino"));
    assertThat(files.stat(at)).isEqualTo(stat("."));
  }

  @Test
  void whatIsNotThereHasNoStat() throws FileFault {
    files.replace(at, "file", bytes(""), 0600);
    files.makeLink("nowhere", at, "dangling");
    assertThat(files.stat(at, "absent")).isNull();
    assertThat(files.stat(at, "file/below")).isNull();
    assertThat(files.stat(at, "dangling")).isNull();
    files.makeLink("loop", at, "loop");
    assertThatExceptionOfType(FileFault.class).isThrownBy(() -> files.stat(at, "loop"));
  }

  @Test
  void aDeletedDirectoryHasNoLinksAndNoPath() throws FileFault {
    files.makeDirectory(at, "dir", 0700);
    int open = files.openDirectory(at, "dir");
    assertThat(files.pathOf(open)).isEqualTo(root + "/dir");
    files.rename(at, "dir", "moved");
    assertThat(files.pathOf(open)).isEqualTo(root + "/moved");
    files.removeDirectory(at, "moved");
    assertThat(files.stat(open).links()).isZero();
    assertThat(files.pathOf(open)).isNull();
    files.close(open);
  }

  @Test
  void listsEveryNameHoweverOdd() throws FileFault {
    var names = new ArrayList<String>();
    names.addAll(List.of("\n", " ", "-", "...", "a\tb", "größe", "\uDCFF", "\uD83D\uDC80"));
    names.addAll(List.of("x".repeat(255), "ü".repeat(127), "\uDC80".repeat(255)));
    for (int i = 0; i < 3000; i++) {
      names.add("entry-with-a-name-of-some-length-" + i);
    }
    for (String name : names) {
      files.makeDirectory(at, name, 0700);
    }
    assertThat(files.list(at, ".")).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void whatIsNoDirectoryIsNotListed() throws FileFault {
    files.replace(at, "file", bytes(""), 0600);
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> files.list(at, "file"))
        .withMessage("cannot read directory file: not a directory")
        .satisfies(fault -> assertThat(fault.errno()).isEqualTo(new Errno(Errno.ENOTDIR)));
  }

  @Test
  void replaceLeavesNoHalfFile() throws IOException {
    files.replace(at, "status", bytes("first, long"), 0644);
    files.replace(at, "status", bytes("second"), 0644);
    files.replace(at, "empty", new byte[0], 0600);
    assertThat(root.resolve("status")).hasContent("second");
    assertThat(root.resolve("empty")).isEmptyFile();
    assertThat(files.list(at, ".")).containsExactlyInAnyOrder("status", "empty");
    assertThat(stat("empty").permissions()).isEqualTo(0600);
  }

  @Test
  void createLeavesAFileThatExistsAsItIs() throws IOException {
    assertThat(files.create(at, "pid", bytes("12345\n"), 0640)).isTrue();
    assertThat(files.create(at, "pid", bytes("1\n"), 0644)).isFalse();
    assertThat(root.resolve("pid")).hasContent("12345\n");
    assertThat(stat("pid").permissions()).isEqualTo(0640);
  }

  @Test
  void overwriteEmptiesFirst() throws IOException {
    int lock = files.openLockFile(at, "lock");
    files.overwrite(lock, bytes("12345\n"));
    files.overwrite(lock, bytes("9\n"));
    files.close(lock);
    assertThat(root.resolve("lock")).hasContent("9\n");
  }

  @Test
  void readStopsAtTheLimit() throws IOException {
    Files.writeString(root.resolve("long"), "x".repeat(200_000));
    assertThat(files.read(at, "long", 32)).hasSizeLessThanOrEqualTo(32);
    assertThat(files.read(at, "long", 300_000)).hasSize(200_000);
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> files.read(at, "absent", 1))
        .satisfies(fault -> assertThat(fault.errno().is(Errno.ENOENT)).isTrue());
  }

  @Test
  void aFifoWithBothEndsOpenNeverEnds() throws IOException {
    files.makeFifo(at, "control", 0600);
    int fifo = files.openFifo(at, "control");
    var into = new byte[8];
    assertThat(files.read(fifo, into)).isEqualTo(-1);
    Files.write(root.resolve("control"), bytes("tcu"));
    assertThat(files.read(fifo, into)).isEqualTo(3);
    assertThat(into).startsWith('t', 'c', 'u');
    assertThat(files.read(fifo, into)).isEqualTo(-1);
    files.close(fifo);
  }

  @Test
  void aFifoIsNotMadeOverAnythingElse() throws FileFault {
    files.replace(at, "control", bytes("mine"), 0600);
    assertThat(files.makeFifo(at, "control", 0600)).isFalse();
    assertThat(stat("control").kind()).isEqualTo(Kind.REGULAR);
  }

  @Test
  void aModeIsGivenWhateverTheUmaskIs() throws Exception {
    files.makeDirectory(at, "dir", 0700);
    files.changeMode(at, "dir", 01777);
    var stat = files.stat(at, "dir");
    assertThat(stat).isNotNull().extracting(FileStat::permissions).isEqualTo(01777);
    assertThatExceptionOfType(FileFault.class).isThrownBy(() -> files.changeMode(at, "gone", 0700));
  }

  @Test
  void whatIsAlreadySoIsNoError() throws FileFault {
    files.makeDirectory(at, "dir", 0700);
    files.makeDirectory(at, "dir", 0700);
    files.remove(at, "absent");
    files.removeDirectory(at, "absent");
    assertThat(files.list(at, ".")).containsExactly("dir");
  }

  @Test
  void linksKeepTheirBytes() throws FileFault {
    files.makeLink("/a/\uDCFF\n", at, "link\uDC80");
    assertThat(files.readLink(at, "link\uDC80")).isEqualTo("/a/\uDCFF\n");
  }

  @Test
  void aNameInAMessageIsOneLine() {
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> files.openDirectory(at, "a\nb"))
        .withMessage("cannot open directory a\\x0ab: no such file or directory");
  }

  @Test
  void readableTellsWhetherItCanBeOpened() throws FileFault {
    files.replace(at, "finish", bytes(""), 0644);
    assertThat(files.readable(at, "finish")).isTrue();
    assertThat(files.readable(at, "absent")).isFalse();
  }

  @Test
  void everyDescriptorIsClosedOnExec() throws IOException {
    files.makeFifo(at, "fifo", 0600);
    int[] pipe = files.pipe();
    int[] all = {at, files.openFifo(at, "fifo"), files.openLockFile(at, "lock"), pipe[0], pipe[1]};
    for (int descriptor : all) {
      assertThat(Files.readString(Path.of("/proc/self/fdinfo/" + descriptor)))
          .containsPattern("flags:\\s+0[0-7]*2[0-7]{6}\n");
    }
    for (int descriptor : all) {
      files.close(descriptor);
    }
  }
}
