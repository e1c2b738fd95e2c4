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
    var namespace = Tree.isRoot() ? "unshare --mount" : "unshare --map-root-user --mount";
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
            "web: made " + definitions(tree).resolve("web") + "\nnext: usersvc enable --now web\n");
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

  private static Path overrides(Tree tree) {
    return tree.root().resolve(".config/usersvc/override");
  }

  /** The client with an editor of these shell commands, whose $1 is the file. */
  private static Ran edit(Tree tree, String editor, String words) throws IOException {
    Path script = tree.root().resolve("editor");
    Files.writeString(script, "#!/bin/sh\n" + editor + "\n");
    return tree.shell(
        "chmod +x editor; VISUAL='"
            + script
            + "' TMPDIR='"
            + tree.root()
            + "' exec "
            + Programs.image("usersvc")
            + " "
            + words);
  }

  @Test
  void editChangesAFileAtOnceAndCatShowsIt(Tree tree) throws IOException {
    var web = Service.in(definitions(tree), "web").steady();
    tree.start();
    tree.usersvc("enable", "--now", "web").expect(0);
    assertThat(edit(tree, "sed -i s/1000/2000/ \"$1\"", "edit web").expect(0).out())
        .isEqualTo("web: changed " + web.dir() + "/run\nnext: usersvc restart web\n");
    tree.usersvc("restart", "web").expect(0);
    assertThat(Proc.commandLine(new Service(tree.scan().resolve("web")).awaitUp()))
        .contains("2000");
    assertThat(tree.usersvc("cat", "web").expect(0).out())
        .contains("web/run\n# from " + web.dir() + "/run\n#!/bin/sh\nexec sleep 2000\n");
    edit(tree, "echo WAYLAND_DISPLAY > \"$1\"", "edit web needs-env").expect(0);
    assertThat(tree.scan().resolve("web/needs-env")).hasContent("WAYLAND_DISPLAY");
  }

  @Test
  void nothingHappensIfTheEditorFailsIsKilledOrLeavesAMistake(Tree tree) throws IOException {
    var web = Service.in(definitions(tree), "web").steady();
    String before = Files.readString(web.dir().resolve("run"));
    assertThat(edit(tree, "exit 3", "edit web").expect(1).err()).contains("ended with 3; nothing");
    assertThat(edit(tree, "echo x > \"$1\"; kill -9 $$", "edit web").expect(1).err())
        .contains("killed by signal 9; nothing was changed");
    assertThat(edit(tree, ":", "edit web").expect(0).out()).contains("web: unchanged");
    var wrong = edit(tree, "printf 'exec sleep 1\\r\\n' > \"$1\"", "edit web").expect(1);
    assertThat(wrong.err())
        .contains("fail: web: run:1: line 1 ends in a carriage return", "nothing was changed");
    Path kept = Path.of(wrong.err().strip().replaceFirst(".* your text is in ", ""));
    assertThat(Files.readString(kept)).isEqualTo("exec sleep 1\r\n");
    assertThat(web.dir().resolve("run")).content().isEqualTo(before);
    assertThat(names(web.dir())).containsExactly("run");
    edit(tree, ":", "edit nosuch").expect(1);
    assertThat(edit(tree, ":", "edit web ../x").expect(1).err()).contains("no file of a service");
  }

  @Test
  void overridesAreLaidOverTheDefinitionUntilTheyAreRemoved(Tree tree) throws IOException {
    tree.start();
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    Path env = tree.scan().resolve("ssh-agent/env/COLOUR");
    Path run = tree.scan().resolve("ssh-agent/run");
    String sleep = "printf '#!/bin/sh\\nexec sleep 3000\\n' > \"$1\"";
    assertThat(edit(tree, sleep, "edit ssh-agent").expect(0).out())
        .contains(overrides(tree) + "/ssh-agent/run\nnext: usersvc restart ssh-agent");
    edit(tree, "echo red > \"$1\"", "override ssh-agent env/COLOUR").expect(0);
    assertThat(env).hasContent("red");
    assertThat(tree.usersvc("override", "ssh-agent").expect(0).out()).hasLineCount(2);
    tree.usersvc("-w", "0", "restart", "ssh-agent");
    var agent = new Service(tree.scan().resolve("ssh-agent"));
    Await.until("its new run", () -> Proc.commandLine(agent.awaitUp()).contains("3000"));
    assertThat(tree.usersvc("enable", "ssh-agent").expect(0).out()).contains("already enabled");
    tree.usersvc("override", "ssh-agent", "--remove", "env/COLOUR").expect(0);
    assertThat(env).doesNotExist();
    tree.usersvc("override", "ssh-agent", "--remove", "run").expect(0);
    assertThat(Files.readSymbolicLink(run).toString()).contains("/share/usersvc/sv/ssh-agent/");
    assertThat(overrides(tree).resolve("ssh-agent")).doesNotExist();
    tree.usersvc("override", "ssh-agent", "--remove", "run").expect(1);
    tree.usersvc("disable", "--now", "ssh-agent").expect(0);
    assertThat(names(tree.scan())).isEmpty();
  }

  @Test
  void verifyFindsWhatKeepsServicesFromRunning(Tree tree) throws IOException {
    var web = tree.service("web").run("mpd &");
    web.file("need-env", "DISPLAY\n").file("needs-env", "DISPLY\n");
    web.file("dependencies.d/wbe", "").file("dependencies.d/db", "");
    var db = tree.service("db").steady();
    db.file("dependencies.d/web", "");
    tree.shell("printf '#!/bin/nosuch\\n' > services/db/run; chmod -x services/db/run").expect(0);
    assertThat(tree.usersvc("verify").expect(1).out().replace(tree.scan() + "/", ""))
        .isEqualTo(
            """
            db: error: services wait for each other in a circle: db -> web -> db
            db/run: error: it is not executable; chmod +x SCAN/db/run
            db/run:1: error: there is no program /bin/nosuch to read it
            web: error: services wait for each other in a circle: web -> db -> web
            web/dependencies.d/wbe: error: there is no service wbe; did you mean web?
            web/need-env: warning: usersvcd knows no file of this name; did you mean needs-env?
            web/needs-env:1: warning: nothing usual sets DISPLY; did you mean DISPLAY?
            web/run:2: warning: mpd goes into the background without --no-daemon
            web/run:2: warning: & puts it into the background, and run ends at once; use exec
            """
                .replace("SCAN/", ""));
    tree.service("good").steady();
    tree.usersvc("verify", "good").expect(0);
  }

  @Test
  void aCommandRunsOnceAndIsGone(Tree tree) throws IOException {
    tree.start();
    var ran = tree.usersvc("run", "--wait", "--name", "job", "--", "sh", "-c", "echo hi; exit 3");
    assertThat(ran.status()).isEqualTo(3);
    assertThat(tree.usersvc("list").expect(0).out()).doesNotContain("job");
    assertThat(tree.usersvc("run", "--json", "--name", "again", "true").expect(0).out())
        .isEqualTo("{\"name\":\"again.service\",\"result\":\"started\"}\n");
    assertThat(tree.usersvc("run", "nosuchprog").expect(1).err())
        .contains("nosuchprog: there is no such program");
    assertThat(tree.usersvc("log", "job").expect(0).out()).contains("hi");
  }

  @Test
  void stopDaemonWaitsUntilItHasGone(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.start();
    var web = new Service(tree.scan().resolve("web"));
    web.awaitUp();
    assertThat(tree.usersvc("instances").expect(0).out())
        .contains(tree.runtime() + "/usersvc", tree.scan().toString());
    assertThat(tree.usersvc("stop-daemon").expect(0).out()).endsWith(") has ended\n");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(tree.usersvc("stop-daemon").expect(111).err()).contains("none runs");
  }

  @Test
  void aMaskedDefinitionIsStoppedAndCannotBeEnabled(Tree tree) throws IOException {
    tree.start();
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    tree.usersvc("mask", "ssh-agent").expect(0);
    Await.until("its end", () -> names(tree.scan()).isEmpty());
    assertThat(tree.usersvc("enable", "ssh-agent").expect(1).err())
        .contains(
            "it is masked by " + definitions(tree) + "/ssh-agent", "usersvc unmask ssh-agent");
    tree.usersvc("mask", "nosuch").expect(1);
    tree.usersvc("unmask", "ssh-agent").expect(0);
    tree.usersvc("unmask", "ssh-agent").expect(1);
    tree.usersvc("enable", "ssh-agent").expect(0);
  }
}
