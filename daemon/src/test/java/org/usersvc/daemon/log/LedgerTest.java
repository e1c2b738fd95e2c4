package org.usersvc.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.os.PosixFileSystem;

final class LedgerTest {
  private static final Ledger.Batch BATCH =
      new Ledger.Batch(new ServiceId(1, 2), 5_000_000_000L, 300, -7, 200, (byte) '\n');

  @TempDir private Path root;

  private static ServiceId id(long inode) {
    return new ServiceId(9, inode);
  }

  private String path() {
    return root.resolve("ledger").toString();
  }

  private Ledger open() throws IOException {
    return Objects.requireNonNull(Ledger.open(new PosixFileSystem(), path()));
  }

  private static Ledger.Slot slot(Ledger ledger, long inode) {
    return Objects.requireNonNull(ledger.find(id(inode)));
  }

  @Test
  void whatIsEnteredIsFoundByTheNext() throws IOException {
    open().take(id(1)).enter(BATCH);
    assertThat(slot(open(), 1).pending()).isEqualTo(BATCH);
    assertThat(slot(open(), 1).isTaken()).isFalse();
  }

  @Test
  void theLastByteTellsThatThePipeWasEmptied() throws IOException {
    var slot = open().take(id(1));
    slot.enter(BATCH);
    slot.memory().put(slot.indexOfTaken(), (byte) '\n');
    assertThat(slot(open(), 1).isTaken()).isTrue();
  }

  @Test
  void whatIsClearedOrReleasedIsNotPending() throws IOException {
    var ledger = open();
    var first = ledger.take(id(1));
    var second = ledger.take(id(2));
    first.enter(BATCH);
    first.clear();
    second.enter(BATCH);
    second.release();
    var next = open();
    assertThat(slot(next, 1).pending()).isNull();
    assertThat(next.find(id(2))).isNull();
    assertThat(next.take(id(3)).pending()).isNull();
  }

  @Test
  void itGrowsAndForgetsNothing() throws IOException {
    var ledger = open();
    for (int i = 1; i <= 200; i++) {
      ledger.take(id(i)).enter(BATCH);
    }
    slot(ledger, 1).clear();
    var next = open();
    assertThat(slot(next, 1).pending()).isNull();
    for (int i = 2; i <= 200; i++) {
      assertThat(slot(next, i).pending()).isEqualTo(BATCH);
    }
    assertThat(Files.size(root.resolve("ledger"))).isEqualTo(4 * 64 * 64);
  }

  @Test
  void whatIsInMemoryOnlyGrowsToo() throws IOException {
    var ledger = Ledger.inMemory();
    for (int i = 1; i <= 200; i++) {
      ledger.take(id(i)).enter(BATCH);
    }
    assertThat(slot(ledger, 1).pending()).isEqualTo(BATCH);
  }

  @Test
  void anotherFormIsPutAside() throws IOException {
    Files.writeString(root.resolve("ledger"), "usersvc ledger 2\n" + "x".repeat(111));
    assertThat(Ledger.open(new PosixFileSystem(), path())).isNull();
    assertThat(root.resolve("ledger.old")).exists();
    assertThat(open().find(id(1))).isNull();
  }
}
