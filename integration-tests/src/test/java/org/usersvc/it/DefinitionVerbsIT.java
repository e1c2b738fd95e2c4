package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The verbs that make and change service directories. */
@ExtendWith(TreeExtension.class)
final class DefinitionVerbsIT {
  private static Path definitions(Tree tree) {
    return tree.root().resolve(".config/sv");
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** With a full file system of 16 KiB as the home. */
  private static Ran onFullDisk(Tree tree, String commands) throws IOException {
    var namespace =
        Tree.isRoot() ? "unshare --mount" : "unshare --map-root-user --mount";
    return tree.shell(
        "exec "
            + namespace
            + " sh -c 'mkdir -p .config/sv; mount -t tmpfs -o size=16k,mode=700 none .config;"
            + " mkdir .config/sv; cat /dev/zero > .config/fill 2> /dev/null || :; "
            + commands
            + "'");
  }

  @Test
  void aNewServiceRunsByTheNextCommandThatItNames(Tree tree) throws IOException {
    tree.start();
    var made = tree.usersvc("new", "web", "--exec", "sleep 1000").expect(0);
    assertThat(made.out())
        .isEqualTo(
            "web: made "
                + definitions(tree).resolve("web")
                + "\nnext: usersvc enable --now web\n");
    tree.usersvc("enable", "--now", "web").expect(0);
    assertThat(Proc.commandLine(new Service(tree.scan().resolve("web")).awaitUp()))
        .contains("sleep");
  }

  @Test
  void nothingIsMadeOfATakenOrOddNameOrOnAFullDisk(Tree tree) throws IOException {
    tree.service("taken").steady();
    tree.start();
    assertThat(tree.usersvc("new", "taken", "--exec", "x").expect(1).err())
        .isEqualTo(
            "fail: taken: there is a service "
                + tree.scan()
                + "/taken already; usersvc edit taken changes it\n");
    tree.usersvc("new", "a/b", "--exec", "x").expect(1);
    tree.usersvc("new", "x.service", "--exec", "x").expect(1);
    assertThat(tree.usersvc("--json", "new", "ssh-agent", "--exec", "x").expect(1).out())
        .startsWith("{\"name\":\"ssh-agent\",\"result\":\"failed\",\"error\":\"");
    assertThat(definitions(tree)).doesNotExist();
    var full = onFullDisk(tree, Programs.image("usersvc") + " new web --exec x; ls -A .config/sv");
    assertThat(full.err()).contains("fail: web: nothing was made: ", "No space left on device");
    assertThat(full.out()).isEmpty();
    tree.shell("mkdir -p .config/sv; chmod 500 .config/sv").expect(0);
    if (!Tree.isRoot()) {
      assertThat(tree.usersvc("new", "web", "--exec", "x").expect(1).err())
          .contains("Permission denied");
    }
    assertThat(names(definitions(tree))).isEmpty();
  }
}
