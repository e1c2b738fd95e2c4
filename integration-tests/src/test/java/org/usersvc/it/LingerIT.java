package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code usersvc linger}, without a daemon, for a user who is not root and has an account. */
@ExtendWith(TreeExtension.class)
final class LingerIT {
  private Desktop desktop;
  private Path directory;
  private String name;

  @BeforeEach
  void begin(Tree tree) throws IOException {
    desktop = Desktop.of(tree);
    name = desktop.run("id", "-un").expect(0).out().strip();
    directory = Files.createDirectory(tree.root().resolve("linger"));
    mode("1733");
  }

  private void mode(String mode) throws IOException {
    Ran.of("chmod", mode, directory.toString()).expect(0);
  }

  private Ran linger(String... words) throws IOException {
    var all = new ArrayList<>(List.of("usersvc", "linger"));
    all.addAll(Arrays.asList(words));
    return desktop.run(Map.of("USERSVC_LINGER", directory.toString()), all.toArray(String[]::new));
  }

  private Path file() {
    return directory.resolve(name);
  }

  @Test
  void aUserDecidesForHimself() throws IOException {
    String off = name + ": off, there is no " + file() + "\n";
    String on = name + ": on, by " + file() + " of " + name + "\n";
    assertThat(linger().expect(0).out()).isEqualTo(off);
    assertThat(linger("on").expect(0).out()).isEqualTo(on);
    assertThat(Files.getOwner(file()).getName()).isIn(name, "" + desktop.uid());
    assertThat(linger("on", name).expect(0).out()).isEqualTo(on);
    assertThat(linger("--json").expect(0).out())
        .isEqualTo(
            "{\"user\":\"%s\",\"linger\":true,\"file\":\"%s\",\"owner\":\"%s\"}\n"
                .formatted(name, file(), name));
    assertThat(linger("off").expect(0).out()).isEqualTo(off);
    assertThat(linger("off", "-q").expect(0).out()).isEmpty();
    assertThat(file()).doesNotExist();
    assertThat(linger("--json").expect(0).out()).contains("\"linger\":false").doesNotContain("own");
  }

  @Test
  void onlyRootDecidesForOthers() throws IOException {
    assertThat(linger("on", "nobody").expect(1).err())
        .isEqualTo(
            "usersvc: only root decides for others; as root: usersvc linger on|off nobody\n");
    assertThat(linger("off", "root").expect(1).err()).contains("only root decides");
    assertThat(linger("nobody").expect(0).out()).startsWith("nobody: off, ");
    assertThat(linger("on", "nosuch").expect(1).err()).contains("there is no user nosuch");
    assertThat(linger("0").expect(1).err()).contains("there is no user 0");
    assertThat(linger("--", "-u").expect(1).err()).contains("there is no user -u");
    assertThat(directory).isEmptyDirectory();
  }

  /** Root, or in a user namespace of our own. */
  private Ran asRoot(String... words) throws IOException {
    var all = new ArrayList<String>();
    if (!Tree.isRoot()) {
      all.addAll(List.of("unshare", "--map-root-user"));
    }
    all.addAll(List.of(Programs.image("usersvc"), "linger"));
    all.addAll(Arrays.asList(words));
    var environment = Map.of("PATH", Programs.PATH, "USERSVC_LINGER", directory.toString());
    return Ran.of(environment, all);
  }

  @Test
  void rootDecidesForAll() throws IOException {
    mode("755");
    String file = directory + "/nobody";
    assertThat(asRoot("on", "nobody").expect(0).out())
        .isEqualTo("nobody: on, by " + file + " of root\n");
    assertThat(asRoot("nobody").expect(0).out()).startsWith("nobody: on, by " + file);
    assertThat(asRoot("off", "nobody").expect(0).out())
        .isEqualTo("nobody: off, there is no " + file + "\n");
  }

  @Test
  void whereRootAloneDecidesItSaysSo() throws IOException {
    Files.createFile(file());
    mode("555");
    assertThat(linger("off").expect(1).err())
        .startsWith("usersvc: " + file() + " of ")
        .endsWith(" is not yours to remove; as root: usersvc linger off " + name + "\n");
    assertThat(linger().expect(0).out()).startsWith(name + ": on, by " + file());
    mode("755");
    Files.delete(file());
    mode("555");
    assertThat(linger("on").expect(1).err())
        .isEqualTo(
            "usersvc: %s lets only root decide; as root: usersvc linger on %s\n"
                .formatted(directory, name));
  }

  @Test
  void whatIsThereAndDoesNotCountKeepsNobodyFromLingering() throws IOException {
    squat(file());
    Path other = directory.resolve(name + ".1");
    Files.createDirectory(other);
    Path third = directory.resolve(name + ".2");
    String on = name + ": on, by " + third + " of " + name + "\n";
    assertThat(linger("on").expect(0).out()).isEqualTo(on);
    assertThat(linger("on").expect(0).out()).isEqualTo(on);
    Files.delete(other);
    assertThat(linger().expect(0).out()).isEqualTo(on);
    assertThat(linger("off").expect(0).out()).contains(": off, " + file(), "does not count");
    assertThat(third).doesNotExist();
  }

  private static void squat(Path file) throws IOException {
    if (Tree.isRoot()) {
      Ran.of("chown", "4242", Files.createFile(file).toString()).expect(0);
    } else {
      Files.createDirectory(file);
    }
  }

  @Test
  void whoeverFillsAllPlacesIsNamed() throws IOException {
    squat(file());
    for (int number = 1; number <= 99; number++) {
      Files.createDirectory(directory.resolve(name + "." + number));
    }
    String owner = Tree.isRoot() ? "4242" : name;
    assertThat(linger().expect(0).out())
        .isEqualTo(
            "%s: off, %s of %s does not count; as root: rm %s\n"
                .formatted(name, file(), owner, file()));
    assertThat(linger("on").expect(1).err())
        .isEqualTo(
            "usersvc: %s belongs to %s and does not count; as root: rm %s\n"
                .formatted(file(), owner, file()));
    assertThat(asRoot("on", name).status()).isNotZero();
    assertThat(linger("off").expect(0).out()).contains("does not count");
    assertThat(file()).exists();
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    var target = directory.resolve("target");
    Files.createSymbolicLink(file(), target);
    assertThat(linger("on").expect(0).out()).contains(": on, by " + file() + ".1 of ");
    assertThat(target).doesNotExist();
  }

  @Test
  void withoutTheDirectoryItSaysHowToMakeIt() throws IOException {
    Files.delete(directory);
    assertThat(linger().expect(0).out()).contains(": off, there is no ");
    assertThat(linger("on").expect(1).err())
        .isEqualTo(
            "usersvc: %s does not exist; as root: install -d -m 1733 %s\n"
                .formatted(directory, directory));
    linger("off").expect(0);
  }

  @Test
  void wrongWordsAreUsageErrors() throws IOException {
    assertThat(linger("maybe", name).expect(100).err()).contains("on or off", "maybe");
    assertThat(linger("on", name, "x").expect(100).err()).contains("one user");
    assertThat(linger("--login").expect(100).err()).contains("belongs to doctor");
  }
}
