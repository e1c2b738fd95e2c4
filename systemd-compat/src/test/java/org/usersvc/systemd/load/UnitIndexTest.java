package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/** Which names there are and what they mean. */
final class UnitIndexTest {
  @TempDir private Path root;

  private UnitTree tree() {
    return new UnitTree(root);
  }

  private static Resolution resolve(UnitTree tree, String name) {
    tree.index.refresh();
    return tree.index.resolve(UnitName.of(name));
  }

  private static List<String> names(UnitTree tree, String name) {
    return resolve(tree, name).names().stream().map(UnitName::toString).toList();
  }

  private static String path(UnitTree tree, String name) {
    return resolve(tree, name)
        .entry()
        .map(entry -> entry.path().substring(tree.root().toString().length() + 1))
        .orElse("none");
  }

  @Test
  void theFirstDirectoryWins() {
    var tree = tree();
    tree.file(tree.vendor() + "/a.service", "x").file(tree.config() + "/a.service", "x");
    assertThat(path(tree, "a.service")).isEqualTo("config/systemd/user/a.service");
  }

  @Test
  void aNameWithoutAFileMeansItself() {
    assertThat(names(tree(), "a.service")).containsExactly("a.service");
    assertThat(path(tree(), "a.service")).isEqualTo("none");
  }

  @Test
  void aTransientFileIsBeforeAllOthers() {
    var tree = tree();
    tree.file(tree.config() + "/a.service", "x")
        .file(root + "/run/systemd/transient/a.service", "x");
    assertThat(path(tree, "a.service")).isEqualTo("run/systemd/transient/a.service");
  }

  @Test
  void aLinkWithinThePathIsAnAlias() {
    var tree = tree();
    tree.file(tree.vendor() + "/real.service", "x")
        .link(tree.config() + "/alias.service", tree.vendor() + "/real.service");
    assertThat(names(tree, "alias.service")).containsExactly("real.service", "alias.service");
    assertThat(names(tree, "real.service")).containsExactly("real.service", "alias.service");
  }

  @Test
  void onlyTheLastStepOfAnAliasCounts() {
    var tree = tree();
    tree.file(tree.config() + "/real.service", "x")
        .link(tree.config() + "/alias.service", tree.vendor() + "/real.service");
    assertThat(path(tree, "alias.service")).isEqualTo("config/systemd/user/real.service");
  }

  @Test
  void anAliasMayDangle() {
    var tree = tree();
    tree.link(tree.config() + "/alias.service", "real.service");
    assertThat(names(tree, "alias.service")).containsExactly("real.service", "alias.service");
  }

  @Test
  void chainsOfAliasesEndAtOneUnit() {
    var tree = tree();
    tree.file(tree.config() + "/c.service", "x")
        .link(tree.config() + "/b.service", "c.service")
        .link(tree.config() + "/a.service", "b.service");
    assertThat(names(tree, "a.service")).containsExactly("c.service", "a.service", "b.service");
  }

  @Test
  void aCircleOfAliasesIsNoUnit() {
    var tree = tree();
    tree.link(tree.config() + "/b.service", "a.service")
        .link(tree.config() + "/a.service", "b.service");
    assertThat(resolve(tree, "a.service").isLoop()).isTrue();
  }

  @Test
  void aLinkToItselfIsNoUnit() {
    var tree = tree();
    tree.link(tree.config() + "/a.service", "a.service");
    assertThat(tree.load("a.service").fragment()).isEmpty();
  }

  @Test
  void aLinkThatLeavesThePathIsAFile() {
    var tree = tree();
    tree.file(root + "/elsewhere/other", "x")
        .link(tree.config() + "/a.service", root + "/elsewhere/other");
    assertThat(names(tree, "a.service")).containsExactly("a.service");
    assertThat(path(tree, "a.service")).isEqualTo("config/systemd/user/a.service");
  }

  @Test
  void aLinkToASearchDirectoryUnderAnotherNameIsAnAlias() throws IOException {
    var tree = tree();
    tree.file(tree.vendor() + "/real.service", "x")
        .link(tree.config() + "/alias.service", root + "/second/real.service");
    Files.createSymbolicLink(root.resolve("second"), Path.of(tree.vendor()));
    assertThat(names(tree, "alias.service")).contains("real.service");
  }

  @Test
  void aLinkOfTheSameNameIsAnotherPlaceOfTheFile() {
    var tree = tree();
    tree.file(tree.vendor() + "/a.service", "x")
        .link(tree.config() + "/a.service", tree.vendor() + "/a.service");
    assertThat(names(tree, "a.service")).containsExactly("a.service");
    assertThat(tree.load("a.service").fragment()).isPresent();
  }

  @Test
  void anInstanceIsMadeOfItsTemplate() {
    var tree = tree();
    tree.file(tree.vendor() + "/a@.service", "x").file(tree.vendor() + "/a@own.service", "x");
    assertThat(path(tree, "a@x.service")).isEqualTo("vendor/a@.service");
    assertThat(path(tree, "a@own.service")).isEqualTo("vendor/a@own.service");
    assertThat(names(tree, "a@x.service")).containsExactly("a@x.service");
  }

  @Test
  void anAliasOfATemplateIsOneOfAllInstances() {
    var tree = tree();
    tree.file(tree.vendor() + "/real@.service", "x")
        .link(tree.config() + "/alias@.service", "real@.service");
    assertThat(names(tree, "alias@x.service")).containsExactly("real@x.service", "alias@x.service");
    assertThat(names(tree, "real@x.service")).containsExactly("real@x.service", "alias@x.service");
  }

  @Test
  void oneInstanceMayBeAnAliasOfAnotherTemplate() {
    var tree = tree();
    tree.file(tree.vendor() + "/real@.service", "x")
        .file(tree.vendor() + "/alias@.service", "x")
        .link(tree.config() + "/alias@x.service", tree.vendor() + "/real@.service");
    assertThat(names(tree, "alias@x.service")).containsExactly("real@x.service", "alias@x.service");
    assertThat(names(tree, "alias@y.service")).containsExactly("alias@y.service");
    assertThat(names(tree, "real@x.service")).containsExactly("real@x.service", "alias@x.service");
  }

  @Test
  void anEnabledInstanceIsNoAliasOfItsTemplate() {
    var tree = tree();
    tree.file(tree.vendor() + "/a@.service", "x")
        .link(tree.config() + "/a@x.service", tree.vendor() + "/a@.service");
    assertThat(names(tree, "a@x.service")).containsExactly("a@x.service");
    assertThat(tree.load("a@x.service").fragment()).isPresent();
  }

  @Test
  void aLinkThatBreaksTheRulesIsAProblem() {
    var tree = tree();
    tree.file(tree.vendor() + "/a.service", "x")
        .link(tree.config() + "/a.socket", tree.vendor() + "/a.service")
        .link(tree.config() + "/b@.service", tree.vendor() + "/a.service");
    assertThat(path(tree, "a.socket")).isEqualTo("none");
    assertThat(tree.index.problems()).hasSize(2).allMatch(line -> line.contains("a.service"));
  }

  @Test
  void aDirectoryWithTooManyNamesLeavesRoomForTheOthers() throws IOException {
    var tree = tree();
    int most = UnitIndex.MOST_NAMES / 2;
    for (int i = 0; i <= most; i++) {
      tree.link(tree.config() + "/n%05d.service".formatted(i), "/dev/null");
    }
    tree.file(tree.vendor() + "/a.service", "x");
    assertThat(path(tree, "n00000.service")).isEqualTo("config/systemd/user/n00000.service");
    assertThat(path(tree, "n" + most + ".service")).isEqualTo("none");
    assertThat(path(tree, "a.service")).isEqualTo("vendor/a.service");
    assertThat(tree.load("n" + most + ".service").problems())
        .containsExactly(tree.config() + ": this directory has too many names; not all are known");
    Files.delete(Path.of(tree.config(), "n00000.service"));
    assertThat(path(tree, "n" + most + ".service")).startsWith("config/");
  }

  @Test
  void directoriesAndForeignNamesAreNoUnits() throws IOException {
    var tree = tree();
    tree.file(tree.config() + "/README", "x").file(tree.config() + "/b.service.bak", "x");
    Files.createDirectories(Path.of(tree.config(), "a.service"));
    tree.index.refresh();
    assertThat(tree.index.entries()).isEmpty();
  }

  @Test
  void aNewFileIsSeenAtTheNextRefresh() {
    var tree = tree();
    assertThat(path(tree, "a.service")).isEqualTo("none");
    tree.file(tree.config() + "/a.service", "x");
    assertThat(path(tree, "a.service")).isEqualTo("config/systemd/user/a.service");
  }

  private static void change(UnitTree tree, String name, UnitIndex.Change change) throws FileFault {
    tree.index.change(UnitName.of(name), change);
    assertThat(tree.index.refresh()).as("looks at all").isFalse();
  }

  @Test
  void filesThatTheManagerWritesAndRemovesAreKnownWithoutALookAtAll() throws FileFault {
    var tree = tree();
    String own = root + "/run/systemd/transient/";
    tree.file(own + "a.service", "x");
    tree.index.refresh();
    change(tree, "b.service", () -> tree.file(own + "b.service", "x"));
    assertThat(path(tree, "b.service")).isEqualTo("run/systemd/transient/b.service");
    change(tree, "b.service", () -> tree.files.remove(FileSystem.ABSOLUTE, own + "b.service"));
    assertThat(path(tree, "b.service")).isEqualTo("none");
    assertThat(path(tree, "a.service")).isEqualTo("run/systemd/transient/a.service");
  }

  @Test
  void whatWasBehindAFileOfTheManagerIsThereAgain() throws FileFault {
    var tree = tree();
    String own = root + "/run/systemd/transient/a.service";
    tree.file(own, "x").file(tree.vendor() + "/a.service", "x");
    tree.index.refresh();
    tree.index.change(UnitName.of("a.service"), () -> tree.files.remove(FileSystem.ABSOLUTE, own));
    assertThat(path(tree, "a.service")).isEqualTo("vendor/a.service");
  }

  @Test
  void unchangedDirectoriesAreNotReadAgain() {
    var later = InstantSource.fixed(Instant.ofEpochSecond(9_000_000_000L));
    var tree = new UnitTree(root, later);
    tree.file(tree.config() + "/a.service", "x");
    assertThat(tree.index.refresh()).isTrue();
    assertThat(tree.index.refresh()).isFalse();
  }

  @Test
  void aDirectoryThatHasJustChangedIsReadAgain() {
    var tree = tree();
    tree.file(tree.config() + "/a.service", "x");
    tree.index.refresh();
    assertThat(tree.index.refresh()).isTrue();
  }

  @Test
  void noticesAChangeOfADirectoryThatIsOld() throws IOException {
    var tree = new UnitTree(root, InstantSource.fixed(Instant.ofEpochSecond(9_000_000_000L)));
    tree.file(tree.config() + "/a.service", "x");
    tree.index.refresh();
    Files.setLastModifiedTime(Path.of(tree.config()), FileTime.from(Instant.EPOCH));
    assertThat(tree.index.refresh()).isTrue();
  }

  @Test
  void aDirectoryThatIsNoDirectoryIsEmpty() {
    var tree = tree();
    tree.file(tree.config(), "x").file(tree.vendor() + "/a.service", "x");
    assertThat(path(tree, "a.service")).isEqualTo("vendor/a.service");
  }
}
