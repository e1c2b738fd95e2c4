package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.Watches.Change;

final class InotifyWatchesTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private final InotifyWatches watches = new InotifyWatches();
  private int directory = -1;
  private int watch = -1;

  @BeforeEach
  void open() throws IOException {
    directory = files.openDirectory(FileSystem.ABSOLUTE, root.toString());
    watch = watches.add(directory);
  }

  @AfterEach
  void close() {
    files.close(directory);
    files.close(watches.descriptor());
  }

  private List<String> changes() throws FileFault {
    var names = new ArrayList<String>();
    watches.drain(change -> {
      assertThat(change.watch()).isEqualTo(watch);
      names.add(change.name());
    });
    return names;
  }

  @Test
  void whatHappensToEntriesIsTold() throws IOException {
    var file = root.resolve("a");
    Files.createFile(file);
    assertThat(changes()).contains("a");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    assertThat(changes()).containsExactly("a");
    Files.writeString(file, "x");
    assertThat(changes()).containsExactly("a");
    Files.move(file, root.resolve("b"));
    assertThat(changes()).containsExactly("a", "b");
    Files.delete(root.resolve("b"));
    assertThat(changes()).contains("b");
    assertThat(changes()).isEmpty();
  }

  @Test
  void readingIsNoChange() throws IOException {
    Files.writeString(root.resolve("a"), "x");
    changes();
    Files.readString(root.resolve("a"));
    files.list(directory, ".");
    assertThat(changes()).isEmpty();
  }

  @Test
  void namesKeepTheirBytes() throws IOException {
    String longest = "n".repeat(255);
    for (String name : List.of("\uDCFF\n", "größe", longest)) {
      files.makeDirectory(directory, name, 0700);
    }
    assertThat(changes()).containsExactly("\uDCFF\n", "größe", longest);
  }

  @Test
  void theDirectoryItselfHasTheEmptyName() throws IOException {
    var sub = Files.createDirectory(root.resolve("sub"));
    int descriptor = files.openDirectory(directory, "sub");
    int ofSub = watches.add(descriptor);
    changes();
    Files.move(sub, root.resolve("moved"));
    var told = new ArrayList<Change>();
    watches.drain(told::add);
    assertThat(told).contains(new Change(ofSub, ""));
    files.close(descriptor);
  }

  @Test
  void aDirectoryIsFollowedWhereverItIsRenamedTo() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    int descriptor = files.openDirectory(directory, "sub");
    int ofSub = watches.add(descriptor);
    Files.move(root.resolve("sub"), root.resolve("moved"));
    Files.createFile(root.resolve("moved/x"));
    var told = new ArrayList<Change>();
    watches.drain(told::add);
    assertThat(told).contains(new Change(ofSub, "x"));
    files.close(descriptor);
  }

  @Test
  void oneDirectoryIsOneWatch() throws FileFault {
    int again = files.openDirectory(FileSystem.ABSOLUTE, root + "/.");
    assertThat(watches.add(again)).isEqualTo(watch);
    files.close(again);
  }

  @Test
  void aRemovedWatchTellsNothing() throws IOException {
    watches.remove(watch);
    watches.remove(watch);
    Files.createFile(root.resolve("a"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void aWatchMayBeAddedWhileChangesAreHandedOver() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createFile(root.resolve("a"));
    Files.delete(root.resolve("a"));
    int sub = files.openDirectory(directory, "..");
    var told = new ArrayList<Change>();
    watches.drain(change -> {
      told.add(change);
      add(sub);
    });
    assertThat(told.getFirst()).isEqualTo(new Change(watch, ""));
    assertThat(told.stream().skip(1)).isNotEmpty().containsOnly(new Change(watch, "a"));
    files.close(sub);
  }

  private void add(int other) {
    try {
      watches.add(other);
    } catch (FileFault fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void thousandsOfChangesAreHandedOverInSeveralPortions() throws IOException {
    for (int i = 0; i < 3000; i++) {
      files.makeDirectory(directory, "d" + i, 0700);
    }
    var all = new ArrayList<String>();
    for (var some = changes(); !some.isEmpty(); some = changes()) {
      all.addAll(some);
    }
    assertThat(all).hasSize(3000).startsWith("d0", "d1").endsWith("d2999");
  }
}
