package org.usersvc.daemon.enable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.enable.DisableOutcome.Disabled;
import org.usersvc.daemon.enable.DisableOutcome.NotEnabled;
import org.usersvc.daemon.enable.DisableOutcome.NotOurs;
import org.usersvc.daemon.enable.DisableOutcome.Unlinked;
import org.usersvc.daemon.enable.EnableOutcome.AlreadyEnabled;
import org.usersvc.daemon.enable.EnableOutcome.Enabled;
import org.usersvc.daemon.enable.EnableOutcome.EnabledFromElsewhere;
import org.usersvc.daemon.enable.EnableOutcome.InTheWay;
import org.usersvc.daemon.enable.EnableOutcome.NotAvailable;
import org.usersvc.daemon.enable.EnableOutcome.Renewed;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.os.PosixFileSystem;

/** What enabling and disabling make of real directories. */
final class EnablingTest {
  @TempDir private Path root;
  private final PosixFileSystem files = new PosixFileSystem();
  private Path scan;
  private Path foo;
  private Enabling enabling;
  private int at = -1;

  @BeforeEach
  void open() throws IOException {
    scan = Files.createDirectory(root.resolve("scan"));
    foo = Files.createDirectories(root.resolve("sv/foo"));
    write(foo, "run");
    Files.createDirectory(root.resolve("runtime"));
    at = files.openDirectory(FileSystem.ABSOLUTE, scan.toString());
    var available = new AvailableServices(files, List.of(root + "/own", root + "/sv"));
    enabling = new Enabling(files, available, root + "/runtime");
  }

  @AfterEach
  void close() {
    files.close(at);
  }

  private static Path write(Path directory, String name) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, name);
  }

  private Path link(String name, String target) throws IOException {
    return Files.createSymbolicLink(scan.resolve(name), Path.of(target));
  }

  private void enable() throws FileFault {
    assertThat(enabling.enable(at, "foo")).isEqualTo(new Enabled(foo.toString()));
  }

  private HiddenService disable() throws FileFault {
    if (enabling.disable(at, "foo") instanceof Disabled(var hidden)) {
      return hidden;
    }
    throw new AssertionError("foo was not disabled");
  }

  /** Paths below a directory, with what links lead to. */
  private static Map<String, String> tree(Path directory) throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.walk(directory)) {
      for (var path : paths.skip(1).toList()) {
        String kind =
            Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path).toString()
                : Files.isDirectory(path) ? "directory" : "file";
        all.put(directory.relativize(path).toString(), kind);
      }
    }
    return all;
  }

  @Test
  void aServiceIsLinksToTheEntriesOfItsDefinition() throws IOException {
    write(foo, "finish");
    write(foo, ".hidden");
    write(foo, "env/A");
    write(foo, "control/t");
    write(foo, "data/x");
    enable();
    assertThat(tree(scan))
        .isEqualTo(
            Map.of(
                "foo", "directory",
                "foo/.hidden", foo + "/.hidden",
                "foo/control", foo + "/control",
                "foo/data", foo + "/data",
                "foo/env", foo + "/env",
                "foo/finish", foo + "/finish",
                "foo/run", foo + "/run"));
  }

  @Test
  void whatALoggerWritesToIsReal() throws IOException {
    write(foo, "log/run");
    write(foo, "log/main/config");
    write(foo, "log/env/A");
    enable();
    var made = tree(scan.resolve("foo"));
    assertThat(made)
        .containsEntry("log", "directory")
        .containsEntry("log/run", foo + "/log/run")
        .containsEntry("log/main", "directory")
        .containsEntry("log/main/config", foo + "/log/main/config")
        .containsEntry("log/env", foo + "/log/env");
  }

  @Test
  void aSharedLoggerAndAnEmptyLogAreTakenForWhatTheyAre() throws IOException {
    var shared = root.resolve("logger");
    write(shared, "run");
    Files.createSymbolicLink(foo.resolve("log"), shared);
    enable();
    assertThat(scan.resolve("foo/log")).isDirectory();
    assertThat(Files.readSymbolicLink(scan.resolve("foo/log/run"))).hasToString(foo + "/log/run");
    disable().delete();
    Files.delete(foo.resolve("log"));
    Files.createFile(foo.resolve("log"));
    enable();
    assertThat(scan.resolve("foo/log")).isSymbolicLink().isRegularFile();
  }

  @Test
  void superviseOfADefinitionIsNotTaken() throws IOException {
    write(foo, "supervise/lock");
    write(foo, "log/run");
    Files.createSymbolicLink(foo.resolve("log/supervise"), Path.of("/nosuch"));
    enable();
    assertThat(tree(scan)).doesNotContainKeys("foo/supervise", "foo/log/supervise");
  }

  @Test
  void nothingIsWrittenIntoTheDefinition() throws IOException {
    write(foo, "log/run");
    write(foo, "log/main/config");
    var before = tree(foo);
    enable();
    write(scan, "foo/supervise/lock");
    write(scan, "foo/log/supervise/lock");
    disable().delete();
    assertThat(tree(foo)).isEqualTo(before);
  }

  @Test
  void enablingTwiceChangesNothing() throws IOException {
    enable();
    var before = tree(scan);
    assertThat(enabling.enable(at, "foo")).isEqualTo(new AlreadyEnabled(foo.toString()));
    assertThat(tree(scan)).isEqualTo(before);
  }

  @Test
  void aLinkToTheDefinitionIsEnabledToo() throws IOException {
    link("foo", foo.toString());
    assertThat(enabling.enable(at, "foo")).isEqualTo(new AlreadyEnabled(foo.toString()));
  }

  @Test
  void aDefinitionInTheScanDirectoryItselfIsEnabled() throws IOException {
    var available = new AvailableServices(files, List.of(scan.toString()));
    write(scan, "foo/run");
    assertThat(new Enabling(files, available, "/nosuch").enable(at, "foo"))
        .isEqualTo(new AlreadyEnabled(scan + "/foo"));
  }

  @Test
  void anotherDefinitionOfTheSameNameIsNotPutInItsPlace() throws IOException {
    enable();
    var own = root.resolve("own/foo");
    write(own, "run");
    var before = tree(scan);
    assertThat(enabling.enable(at, "foo"))
        .isEqualTo(new EnabledFromElsewhere(foo.toString(), own.toString()));
    assertThat(tree(scan)).isEqualTo(before);
  }

  @Test
  void aDefinitionThatSharesTheRunOfAnotherIsNotThatOne() throws IOException {
    enable();
    var own = Files.createDirectories(root.resolve("own/foo"));
    Files.createSymbolicLink(own.resolve("run"), foo.resolve("run"));
    assertThat(enabling.enable(at, "foo")).isInstanceOf(EnabledFromElsewhere.class);
  }

  @Test
  void aLinkThatLeadsElsewhereOrNowhereIsLeft() throws IOException {
    link("foo", "/nosuch");
    assertThat(enabling.enable(at, "foo"))
        .isEqualTo(new EnabledFromElsewhere("/nosuch", foo.toString()));
    assertThat(tree(scan)).containsExactly(Map.entry("foo", "/nosuch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "foo/run", "foo/conf"})
  void whatIsThereOtherwiseIsInTheWay(String own) throws IOException {
    write(scan, own);
    assertThat(enabling.enable(at, "foo")).isEqualTo(new InTheWay("foo"));
    assertThat(scan.resolve(own)).isRegularFile();
  }

  @Test
  void whatNoDirectoryHasIsNotEnabled() throws FileFault {
    assertThat(enabling.enable(at, "bar"))
        .isEqualTo(new NotAvailable(List.of(root + "/own", root + "/sv"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".foo", "../sv/foo", "/foo"})
  void namesThatAreNoneAreRefused(String name) throws IOException {
    assertThat(enabling.enable(at, name)).isEqualTo(new EnableOutcome.NotAName());
    assertThat(enabling.disable(at, name)).isEqualTo(new DisableOutcome.NotAName());
    assertThat(tree(scan)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".foo.new", ".foo.old"})
  void whatAnAttemptThatWasCutOffHasLeftIsReplaced(String left) throws IOException {
    Files.createDirectories(scan.resolve(left).resolve("log"));
    link(left + "/gone", "/nosuch");
    write(scan, left + "/supervise/lock");
    enable();
    assertThat(tree(scan)).containsOnlyKeys("foo", "foo/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {".foo.new", ".foo.old"})
  void ownFilesUnderThoseNamesAreKept(String own) throws IOException {
    write(scan, own + "/precious");
    assertThat(enabling.enable(at, "foo")).isEqualTo(new InTheWay(own + "/precious"));
    assertThat(scan.resolve(own).resolve("precious")).isRegularFile();
  }

  @Test
  void aNameTooLongToBeHiddenLeavesNothing() throws IOException {
    String longest = "x".repeat(252);
    write(root.resolve("sv").resolve(longest), "run");
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(() -> enabling.enable(at, longest))
        .withMessageContaining("too long");
    assertThat(tree(scan)).isEmpty();
  }

  @Test
  void disablingHidesTheServiceAndThenDeletesIt() throws IOException {
    write(foo, "log/run");
    enable();
    var superviseOfDaemon = root.resolve("runtime/1-2");
    write(superviseOfDaemon, "status");
    link("foo/supervise", superviseOfDaemon.toString());
    write(scan, "foo/log/supervise/lock");
    var hidden = disable();
    assertThat(scan.resolve("foo")).doesNotExist();
    assertThat(scan.resolve(".foo.old/run")).isRegularFile();
    hidden.delete();
    assertThat(tree(scan)).isEmpty();
    assertThat(superviseOfDaemon).doesNotExist();
  }

  @Test
  void whatAForeignSuperviseLinkLeadsToIsKept() throws IOException {
    enable();
    var elsewhere = write(root.resolve("elsewhere"), "lock");
    link("foo/supervise", root.resolve("elsewhere").toString());
    disable().delete();
    assertThat(tree(scan)).isEmpty();
    assertThat(elsewhere).isRegularFile();
  }

  @Test
  void theScanDirectoryMayMoveBeforeItIsDeleted() throws IOException {
    enable();
    var hidden = disable();
    Files.move(scan, root.resolve("moved"));
    Files.createDirectory(scan);
    hidden.delete();
    assertThat(tree(root.resolve("moved"))).isEmpty();
  }

  @Test
  void aPlainLinkIsRemovedAndItsTargetIsNot() throws IOException {
    link("foo", foo.toString());
    assertThat(enabling.disable(at, "foo")).isEqualTo(new Unlinked(foo.toString()));
    assertThat(tree(scan)).isEmpty();
    assertThat(foo.resolve("run")).isRegularFile();
  }

  @Test
  void whatIsNotThereIsNotEnabled() throws FileFault {
    assertThat(enabling.disable(at, "foo")).isEqualTo(new NotEnabled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo/conf", "foo/log/main/current", "foo/control/t", "foo/log/x"})
  void aServiceWithOwnFilesIsKept(String own) throws IOException {
    write(foo, "log/main/config");
    enable();
    write(scan, own);
    var before = tree(scan);
    assertThat(enabling.disable(at, "foo")).isEqualTo(new NotOurs(own));
    assertThat(tree(scan)).isEqualTo(before);
  }

  @Test
  void aServiceOfTheUsersOwnIsKept() throws IOException {
    write(scan, "foo/run");
    assertThat(enabling.disable(at, "foo")).isEqualTo(new NotOurs("foo/run"));
    Files.delete(scan.resolve("foo/run"));
    assertThat(enabling.disable(at, "foo")).isEqualTo(new NotOurs("foo"));
    Files.delete(scan.resolve("foo"));
    Files.createFile(scan.resolve("foo"));
    assertThat(enabling.disable(at, "foo")).isEqualTo(new NotOurs("foo"));
    assertThat(scan.resolve("foo")).isRegularFile();
  }

  @Test
  void aFileThatComesWhileItIsHiddenIsKept() throws IOException {
    enable();
    var hidden = disable();
    var precious = write(scan, ".foo.old/precious");
    assertThatExceptionOfType(FileFault.class)
        .isThrownBy(hidden::delete)
        .withMessageContaining("not empty");
    assertThat(precious).isRegularFile();
  }

  @Test
  void aServiceWhoseDefinitionHasGoneCanBeDisabled() throws IOException {
    enable();
    Files.delete(foo.resolve("run"));
    Files.delete(foo);
    disable().delete();
    assertThat(scan.resolve("foo"))
        .satisfies(path -> assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse());
  }

  @Test
  void filesOfTheUserAreLaidOverTheDefinition() throws IOException {
    write(foo, "finish");
    write(foo, "env/A");
    var over = Files.createDirectories(root.resolve("usersvc/override/foo"));
    write(over, "finish");
    write(over, "env/B");
    write(over, "needs-env");
    enable();
    assertThat(tree(scan))
        .isEqualTo(
            Map.of(
                "foo", "directory",
                "foo/.definition", foo.toString(),
                "foo/env", "directory",
                "foo/env/A", foo + "/env/A",
                "foo/env/B", over + "/env/B",
                "foo/finish", over + "/finish",
                "foo/needs-env", over + "/needs-env",
                "foo/run", foo + "/run"));
    assertThat(enabling.enable(at, "foo")).isEqualTo(new AlreadyEnabled(foo.toString()));
    disable().delete();
    assertThat(tree(scan)).isEmpty();
  }

  @Test
  void enablingAgainFollowsTheDefinitionAndTheUser() throws IOException {
    write(foo, "env/A");
    enable();
    link("foo/down", "/elsewhere");
    var over = Files.createDirectories(root.resolve("usersvc/override/foo"));
    write(over, "run");
    write(over, "env/B");
    write(foo, "finish");
    assertThat(enabling.enable(at, "foo")).isEqualTo(new Renewed(foo.toString()));
    assertThat(tree(scan))
        .containsEntry("foo/run", over + "/run")
        .containsEntry("foo/env/B", over + "/env/B")
        .containsEntry("foo/env/A", foo + "/env/A")
        .containsEntry("foo/finish", foo + "/finish");
    assertThat(enabling.enable(at, "foo")).isEqualTo(new AlreadyEnabled(foo.toString()));
    for (String file : new String[] {"run", "env/B", "env", ""}) {
      Files.delete(over.resolve(file));
    }
    assertThat(enabling.enable(at, "foo")).isEqualTo(new Renewed(foo.toString()));
    assertThat(tree(scan))
        .isEqualTo(
            Map.of(
                "foo", "directory",
                "foo/down", "/elsewhere",
                "foo/env", foo + "/env",
                "foo/finish", foo + "/finish",
                "foo/run", foo + "/run"));
  }
}
