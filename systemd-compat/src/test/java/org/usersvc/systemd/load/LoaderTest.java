package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;

/** Which files a unit is read from. */
final class LoaderTest {
  @TempDir private Path root;
  private UnitTree tree;

  @BeforeEach
  void plant() {
    tree = new UnitTree(root);
  }

  private Set<UnitName> wants(String name) {
    return tree.load(name).dependencies().getOrDefault(Relation.WANTS, Set.of());
  }

  private static Set<UnitName> units(String... names) {
    var units = new HashSet<UnitName>();
    for (String name : names) {
      units.add(UnitName.of(name));
    }
    return units;
  }

  @Test
  void readsTheFragment() {
    tree.file(tree.vendor() + "/a.service", "[Service]\n");
    var loaded = tree.load("a.service");
    assertThat(loaded.state()).isEqualTo(LoadState.LOADED);
    assertThat(loaded.files()).hasSize(1);
    assertThat(loaded.files().getFirst().sections())
        .containsExactly(new UnitFile.Section("Service", 1));
    assertThat(loaded.fragment().orElseThrow().path()).isEqualTo(tree.vendor() + "/a.service");
    assertThat(loaded.problems()).isEmpty();
  }

  @Test
  void theFragmentOfALinkedUnitIsItsLink() {
    tree.file(root + "/else/x", "text").link(tree.config() + "/a.service", root + "/else/x");
    assertThat(tree.load("a.service").fragment().orElseThrow().path())
        .isEqualTo(tree.config() + "/a.service");
  }

  @Test
  void nothingIsNotFound() {
    assertThat(tree.load("a.service").state()).isEqualTo(LoadState.NOT_FOUND);
  }

  @Test
  void aLinkToNullAndAnEmptyFileAreMasks() {
    tree.file(tree.vendor() + "/a.service", "x")
        .link(tree.config() + "/a.service", "/dev/null")
        .file(tree.config() + "/b.service", "")
        .link(tree.config() + "/alias.service", "a.service");
    assertThat(tree.load("a.service").state()).isEqualTo(LoadState.MASKED);
    assertThat(tree.load("b.service").state()).isEqualTo(LoadState.MASKED);
    assertThat(tree.load("alias.service").state()).isEqualTo(LoadState.MASKED);
  }

  @Test
  @Timeout(5)
  void neverWaitsForAFifo() throws FileFault {
    tree.file(tree.config() + "/x", "x");
    tree.files.makeFifo(FileSystem.ABSOLUTE, tree.config() + "/a.service", 0600);
    var loaded = tree.load("a.service");
    assertThat(loaded.state()).isEqualTo(LoadState.ERROR);
    assertThat(loaded.problems())
        .containsExactly(tree.config() + "/a.service: this is no regular file");
  }

  @Test
  @Timeout(5)
  void readsNoDevice() {
    tree.link(tree.config() + "/a.service", "/dev/zero");
    assertThat(tree.load("a.service").state()).isEqualTo(LoadState.ERROR);
  }

  @Test
  void refusesALongFile() {
    tree.file(tree.config() + "/a.service", "x".repeat(10 << 20));
    var loaded = tree.load("a.service");
    assertThat(loaded.state()).isEqualTo(LoadState.ERROR);
    assertThat(loaded.problems())
        .containsExactly(
            tree.config() + "/a.service: the file is longer than " + UnitText.LONGEST + " bytes");
  }

  @Test
  void aCircleOfAliasesIsNotFound() {
    tree.link(tree.config() + "/a.service", "b.service")
        .link(tree.config() + "/b.service", "a.service");
    assertThat(tree.load("a.service").state()).isEqualTo(LoadState.NOT_FOUND);
    assertThat(tree.load("a.service").problems())
        .containsExactly("a.service: its aliases lead in a circle");
  }

  @Test
  void aDanglingLinkOutOfThePathIsNotFoundAndHidesOthers() {
    tree.file(tree.vendor() + "/a.service", "x")
        .link(tree.config() + "/a.service", root + "/gone/a.service");
    assertThat(tree.load("a.service").state()).isEqualTo(LoadState.NOT_FOUND);
    assertThat(tree.load("a.service").problems()).hasSize(1);
  }

  /** As {@code systemd --user --test} of version 252 finds them one after the other. */
  @Test
  void directoriesComeBeforeNamesAndNamesBeforeTheType() {
    var expected = new ArrayList<String>();
    for (String directory : new String[] {"config/systemd/user/", "vendor/"}) {
      for (String name : new String[] {"a-b@x.", "a-b@.", "a-@x.", "a-@."}) {
        expected.add(directory + name + "service.d/1.conf");
      }
    }
    expected.add("config/systemd/user/service.d/1.conf");
    expected.add("vendor/service.d/1.conf");
    expected.forEach(path -> tree.file(root + "/" + path, "x"));
    var found = new ArrayList<String>();
    for (int i = 0; i < expected.size(); i++) {
      var path = tree.dropIns("a-b@x.service").getFirst();
      found.add(path);
      assertThat(root.resolve(path).toFile().delete()).isTrue();
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void dropInsComeInTheOrderOfTheirFileNames() {
    tree.file(tree.vendor() + "/a.service", "x")
        .file(tree.vendor() + "/a.service.d/20.conf", "x")
        .file(tree.config() + "/a.service.d/30.conf", "x")
        .file(tree.vendor() + "/service.d/10.conf", "x");
    assertThat(tree.dropIns("a.service"))
        .containsExactly(
            "vendor/service.d/10.conf",
            "vendor/a.service.d/20.conf",
            "config/systemd/user/a.service.d/30.conf");
  }

  @Test
  void ofTwoDropInsWithOneNameTheFirstDirectoryCounts() {
    tree.file(tree.vendor() + "/a.service", "x")
        .file(tree.vendor() + "/a.service.d/10.conf", "x")
        .file(tree.config() + "/a.service.d/10.conf", "x");
    assertThat(tree.dropIns("a.service"))
        .containsExactly("config/systemd/user/a.service.d/10.conf");
  }

  @Test
  void theMoreSpecialNameOverridesThePrefixAndTheType() {
    tree.file(tree.vendor() + "/a-b-c.service", "x")
        .file(tree.vendor() + "/service.d/10.conf", "x")
        .file(tree.vendor() + "/a-.service.d/10.conf", "x")
        .file(tree.vendor() + "/a-.service.d/20.conf", "x")
        .file(tree.vendor() + "/a-b-.service.d/10.conf", "x");
    assertThat(tree.dropIns("a-b-c.service"))
        .containsExactly("vendor/a-b-.service.d/10.conf", "vendor/a-.service.d/20.conf");
  }

  @Test
  void anInstanceHasItsOwnDropInsAndThoseOfItsTemplate() {
    tree.file(tree.vendor() + "/a@.service", "x")
        .file(tree.vendor() + "/a@.service.d/10.conf", "x")
        .file(tree.vendor() + "/a@.service.d/20.conf", "x")
        .file(tree.vendor() + "/a@x.service.d/10.conf", "x");
    assertThat(tree.dropIns("a@x.service"))
        .containsExactly("vendor/a@x.service.d/10.conf", "vendor/a@.service.d/20.conf");
    assertThat(tree.dropIns("a@y.service"))
        .containsExactly("vendor/a@.service.d/10.conf", "vendor/a@.service.d/20.conf");
  }

  @Test
  void dropInsOfAliasesCount() {
    tree.file(tree.vendor() + "/real.service", "x")
        .link(tree.config() + "/alias.service", tree.vendor() + "/real.service")
        .file(tree.config() + "/alias.service.d/10.conf", "x");
    assertThat(tree.dropIns("real.service"))
        .containsExactly("config/systemd/user/alias.service.d/10.conf");
  }

  @Test
  void aMaskRemovesADropIn() {
    tree.file(tree.vendor() + "/a.service", "x")
        .file(tree.vendor() + "/a.service.d/10.conf", "x")
        .file(tree.vendor() + "/a.service.d/20.conf", "x")
        .link(tree.config() + "/a.service.d/10.conf", "/dev/null")
        .file(tree.config() + "/a.service.d/20.conf", "");
    assertThat(tree.dropIns("a.service")).isEmpty();
  }

  @Test
  void onlyFilesThatEndInConfAreDropIns() {
    tree.file(tree.vendor() + "/a.service", "x")
        .file(tree.vendor() + "/a.service.d/.hidden.conf", "x")
        .file(tree.vendor() + "/a.service.d/10.conf~", "x");
    assertThat(tree.dropIns("a.service")).isEmpty();
  }

  @Test
  void aUnitWithoutAFragmentHasItsDropIns() {
    tree.file(tree.vendor() + "/app-gnome-.scope.d/10.conf", "x");
    assertThat(tree.load("app-gnome-foot-1.scope").state()).isEqualTo(LoadState.NOT_FOUND);
    assertThat(tree.dropIns("app-gnome-foot-1.scope")).hasSize(1);
  }

  @Test
  @Timeout(5)
  void aDropInThatCannotBeReadIsAProblemButTheUnitLoads() throws FileFault {
    tree.file(tree.vendor() + "/a.service", "x")
        .file(tree.vendor() + "/a.service.d/10.conf", "x")
        .link(tree.vendor() + "/a.service.d/30.conf", "gone");
    tree.files.makeFifo(FileSystem.ABSOLUTE, tree.vendor() + "/a.service.d/20.conf", 0600);
    var loaded = tree.load("a.service");
    assertThat(loaded.state()).isEqualTo(LoadState.LOADED);
    assertThat(loaded.dropIns()).hasSize(1);
    assertThat(loaded.problems())
        .containsExactly(
            tree.vendor() + "/a.service.d/20.conf: this is no regular file",
            tree.vendor() + "/a.service.d/30.conf: there is no such file");
  }

  @Test
  @Timeout(20)
  void ofTenThousandDropInsAThousandAreRead() throws IOException {
    tree.file(tree.vendor() + "/a.service", "x");
    var directory = Files.createDirectories(Path.of(tree.vendor(), "a.service.d"));
    tree.file(tree.vendor() + "/text", "[Unit]\n");
    for (int i = 0; i < 10_000; i++) {
      Files.createLink(directory.resolve("%05d.conf".formatted(i)), Path.of(tree.vendor(), "text"));
    }
    var loaded = tree.load("a.service");
    assertThat(loaded.dropIns()).hasSize(Loader.MOST_DROP_INS);
    assertThat(tree.loader.isStale(loaded.stamps())).isFalse();
    assertThat(loaded.problems())
        .singleElement()
        .asString()
        .contains("01000.conf: the unit has too");
  }

  @Test
  @Timeout(20)
  void dropInsHaveABoundTogether() throws IOException {
    tree.file(tree.vendor() + "/a.service", "x");
    var directory = Files.createDirectories(Path.of(tree.vendor(), "a.service.d"));
    var text = "x".repeat(UnitText.LONGEST);
    for (int i = 0; i < 18; i++) {
      Files.writeString(directory.resolve("%05d.conf".formatted(i)), text);
    }
    var loaded = tree.load("a.service");
    assertThat(loaded.dropIns()).hasSize(16);
    assertThat(loaded.problems()).hasSize(1);
  }

  @Test
  void wordsHaveABoundTogether() {
    var names = "After=" + "a.path ".repeat(10_000) + "\n";
    tree.file(tree.vendor() + "/a.service", "[Unit]\n");
    for (int i = 10; i < 30; i++) {
      tree.file(tree.vendor() + "/a.service.d/" + i + ".conf", "[Unit]\n" + names);
    }
    var loaded = tree.load("a.service");
    assertThat(loaded.dropIns()).hasSizeBetween(5, 15);
    assertThat(loaded.weight()).isLessThanOrEqualTo(Loader.MOST_WEIGHT);
    assertThat(loaded.problems()).hasSize(1);
  }

  @Test
  void aFileWithTooManyWordsIsNotRead() {
    String line = "ExecStart=" + "a ".repeat(99_999) + "\n";
    tree.file(tree.vendor() + "/a.service", "[Service]\n" + line.repeat(3));
    var loaded = tree.load("a.service");
    assertThat(loaded.state()).isEqualTo(LoadState.ERROR);
    assertThat(loaded.problems())
        .containsExactly(tree.vendor() + "/a.service: the file has too many words; shorten it");
  }

  @Test
  void linksInDirectoriesAreDependencies() {
    tree.file(tree.vendor() + "/a.target", "x")
        .link(tree.vendor() + "/a.target.wants/b.service", "../b.service")
        .link(tree.config() + "/a.target.requires/c.service", "/gone")
        .link(tree.config() + "/a.target.upholds/d.service", "/gone");
    var dependencies = tree.load("a.target").dependencies();
    assertThat(dependencies)
        .containsOnlyKeys(Relation.WANTS, Relation.REQUIRES, Relation.UPHOLDS)
        .containsEntry(Relation.WANTS, units("b.service"))
        .containsEntry(Relation.REQUIRES, units("c.service"))
        .containsEntry(Relation.UPHOLDS, units("d.service"));
  }

  @Test
  void aMaskHidesADependencyOfLowerPriority() {
    tree.file(tree.vendor() + "/a.target", "x")
        .link(tree.vendor() + "/a.target.wants/b.service", "../b.service")
        .link(tree.config() + "/a.target.wants/b.service", "/dev/null");
    assertThat(wants("a.target")).isEmpty();
  }

  @Test
  void aFileInAWantsDirectoryIsAProblem() {
    tree.file(tree.vendor() + "/a.target", "x")
        .file(tree.vendor() + "/a.target.wants/b.service", "x")
        .link(tree.vendor() + "/a.target.wants/README", "x");
    assertThat(wants("a.target")).isEmpty();
    assertThat(tree.load("a.target").problems()).hasSize(2);
  }

  @Test
  void aTemplateIsWantedAsTheInstanceOfTheWanter() {
    tree.file(tree.vendor() + "/a@.target", "x")
        .link(tree.vendor() + "/a@.target.wants/b@.service", "../b@.service");
    assertThat(wants("a@x.target")).isEqualTo(units("b@x.service"));
  }

  @Test
  void wantsOfTheTypeCount() {
    tree.file(tree.vendor() + "/a.target", "x")
        .link(tree.vendor() + "/target.wants/b.service", "../b.service");
    assertThat(wants("a.target")).isEqualTo(units("b.service"));
  }

  @Test
  void wantsOfAliasesCount() {
    tree.file(tree.vendor() + "/real.target", "x")
        .link(tree.config() + "/alias.target", tree.vendor() + "/real.target")
        .link(tree.config() + "/alias.target.wants/b.service", "/gone");
    assertThat(wants("real.target")).isEqualTo(units("b.service"));
  }

  @Test
  void aUnitIsStaleWhenAFileOfItWasWritten() throws IOException {
    tree.file(tree.vendor() + "/a.service", "x").file(tree.vendor() + "/a.service.d/1.conf", "x");
    var loaded = tree.load("a.service");
    assertThat(tree.loader.isStale(loaded.stamps())).isFalse();
    Files.setLastModifiedTime(
        Path.of(tree.vendor(), "a.service.d/1.conf"), FileTime.from(Instant.EPOCH));
    assertThat(tree.loader.isStale(loaded.stamps())).isTrue();
  }

  @Test
  void aUnitIsStaleWhenItHasOtherFiles() {
    tree.file(tree.vendor() + "/a.service", "x");
    var stale = new ArrayList<Boolean>();
    for (String path : new String[] {"/a.service.d/1.conf", "/a.service"}) {
      var loaded = tree.load("a.service");
      tree.file(tree.config() + path, "x");
      tree.index.refresh();
      stale.add(tree.loader.isStale(loaded.stamps()));
    }
    assertThat(stale).containsExactly(true, true);
  }
}
