package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The activation environment: what new processes are given, and how others see it. */
@ExtendWith(TreeExtension.class)
final class ActivationIT {
  /** As the kernel has it: with the name, the sign and the NUL. */
  private static final int LONGEST_VARIABLE = 128 * 1024;

  /** Words for a shell, and the bytes that they are, as characters. */
  private static final List<String> ODD_WORDS =
      List.of(
          "MANY=\"$(printf 'one\\ntwo\\n\\nx')\"",
          "EQUALS='=a=b='",
          "QUOTES=\"it's \\\"\\$HOME\\\" \\`x\\` \\\\\\\\\"",
          "UTF8=\"$(printf '\\303\\244\\342\\202\\254\\360\\237\\220\\247')\"",
          "STRAY=\"$(printf 'a\\377b\\200c')\"",
          "CONTROL=\"$(printf 'a\\rb\\tc\\033d')\"",
          "EMPTY=''",
          "BLANK=' x'");

  private static final String[] ODD = {
    "MANY=one\ntwo\n\nx",
    "EQUALS==a=b=",
    "QUOTES=it's \"$HOME\" `x` \\\\",
    "UTF8=\u00c3\u00a4\u00e2\u0082\u00ac\u00f0\u009f\u0090\u00a7",
    "STRAY=a\u00ffb\u0080c",
    "CONTROL=a\rb\tc\u001bd",
    "EMPTY=",
    "BLANK= x"
  };

  private static void registerOdd(Tree tree) throws IOException {
    var leader = tree.begin("sleep", "1000");
    tree.shell(
            Programs.image("usersvc")
                + " session register --leader "
                + leader.pid()
                + " "
                + String.join(" ", ODD_WORDS))
        .expect(0);
  }

  /** What a program has that was run by the shell commands. */
  private static List<String> given(Tree tree, String commands) throws IOException {
    return Arrays.asList(tree.shell(commands).expect(0).out().split("\0", -1));
  }

  @Test
  void valuesReachAServiceByteForByte(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.start().ask("rescan").expect(0);
    registerOdd(tree);
    tree.usersvc("up", "web").expect(0);
    assertThat(Proc.environment(web.awaitUp())).contains(ODD);
  }

  @Test
  void valuesThatOnlyTheirNamesAreGivenOfDoToo(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.start().ask("rescan").expect(0);
    var leader = tree.begin("sleep", "1000");
    var usersvc = Programs.image("usersvc");
    tree.shell(
            "export "
                + String.join(" ", ODD_WORDS)
                + "; "
                + usersvc
                + " session register --leader "
                + leader.pid()
                + " MANY EQUALS QUOTES UTF8 STRAY CONTROL EMPTY BLANK")
        .expect(0);
    tree.usersvc("up", "web").expect(0);
    assertThat(Proc.environment(web.awaitUp())).contains(ODD);
  }

  @Test
  void shPrintsWhatGivesAShellTheSame(Tree tree) throws IOException {
    tree.start();
    registerOdd(tree);
    var usersvc = Programs.image("usersvc");
    for (var shell : new String[] {"dash", "bash --posix", "busybox sh"}) {
      var commands = usersvc + " env --sh > said; env -i " + Programs.system("env") + " ";
      assertThat(given(tree, commands + shell + " -c '. ./said; exec cat /proc/self/environ'"))
          .as(shell)
          .contains(ODD);
    }
  }

  @Test
  void theMirrorIsAnEnvdirForChpst(Tree tree) throws IOException {
    tree.start();
    registerOdd(tree);
    var chpst = Programs.system("chpst") + " -e run/usersvc/env";
    assertThat(given(tree, chpst + " cat /proc/self/environ")).contains(ODD);
  }

  @Test
  void theMirrorIsAScriptForAnyShell(Tree tree) throws IOException {
    tree.start();
    registerOdd(tree);
    for (var shell : new String[] {"dash", "bash --posix", "busybox sh"}) {
      var commands = shell + " -c '. run/usersvc/env.sh; exec cat /proc/self/environ'";
      assertThat(given(tree, commands)).as(shell).contains(ODD);
    }
  }

  @Test
  void theMirrorIsPrivateAndFollows(Tree tree) throws IOException {
    tree.start();
    var leader = tree.begin("sleep", "1000");
    tree.usersvc("session", "register", "--leader", "" + leader.pid(), "A=b", "B=c").expect(0);
    var runtime = tree.runtime().resolve("usersvc");
    assertThat(mode(runtime.resolve("env"))).isEqualTo("rwx------");
    assertThat(mode(runtime.resolve("env/A"))).isEqualTo("rw-------");
    assertThat(mode(runtime.resolve("env.sh"))).isEqualTo("rw-------");
    tree.usersvc("session", "register", "--leader", "" + leader.pid(), "A=d").expect(0);
    assertThat(Files.readString(runtime.resolve("env/A"))).isEqualTo("d\n");
    assertThat(Files.readString(runtime.resolve("env.sh"))).contains("export A='d'\n");
    leader.kill();
    Await.until("the end of A", () -> !Files.exists(runtime.resolve("env/A")));
    Await.until("the end of B", () -> !Files.exists(runtime.resolve("env/B")));
    Await.until(
        "an empty script", () -> !Files.readString(runtime.resolve("env.sh")).contains("A="));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void setAndUnsetChangeWhatNewProcessesGet(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.launch().with("BASE", "1").start();
    web.awaitUp();
    tree.usersvc("env", "set", "A=b", "C=d=e").expect(0);
    tree.usersvc("env", "unset", "BASE").expect(0);
    tree.usersvc("restart", "web").expect(0);
    assertThat(Proc.environment(web.pid())).contains("A=b", "C=d=e").doesNotContain("BASE=1");
    tree.usersvc("env", "unset", "A").expect(0);
    assertThat(tree.usersvc("env").expect(0).out()).doesNotContain("A=b").contains("C=d=e\n");
    assertThat(tree.usersvc("env", "set", "1A=b").expect(1).err()).contains("'1A'");
    assertThat(tree.usersvc("env", "unset", "A-B").expect(1).err()).contains("'A-B'");
    assertThat(tree.usersvc("env", "set", "A").expect(100).err()).contains("NAME=VALUE");
    assertThat(tree.usersvc("env", "nosuch").expect(100).err()).contains("diff");
  }

  @Test
  void importTakesWhatTheClientHas(Tree tree) throws IOException {
    tree.start();
    tree.shell("A='x y' " + Programs.image("usersvc") + " env import A NONE");
    assertThat(tree.usersvc("env").expect(0).out()).contains("A=x y\n").doesNotContain("NONE");
  }

  @Test
  void jsonIsOneObject(Tree tree) throws IOException {
    tree.start();
    registerOdd(tree);
    var environment = Document.in(tree.usersvc("env", "--json").expect(0));
    assertThat(environment).hasSize(1);
    assertThat(environment.getFirst().fields())
        .containsEntry("MANY", "one\ntwo\n\nx")
        .containsEntry("UTF8", "\u00e4\u20ac\ud83d\udc27")
        .containsEntry("STRAY", "a\udcffb\udc80c")
        .containsEntry("HOME", tree.root().toString());
  }

  @Test
  void theServicesOwnDirectoryHasTheLastWord(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.file("env/OWN", "own  \n").file("env/A", "mine\nignored\n").file("env/GONE", "");
    tree.start();
    web.awaitUp();
    tree.usersvc("env", "set", "A=theirs", "GONE=1", "B=2").expect(0);
    tree.usersvc("restart", "web").expect(0);
    assertThat(Proc.environment(web.pid()))
        .contains("OWN=own", "A=mine", "B=2")
        .doesNotContain("GONE=1", "GONE=");
    assertThat(tree.usersvc("env", "--service", "web").expect(0).out())
        .contains("A=mine\n", "B=2\n", "OWN=own\n")
        .doesNotContain("GONE");
    assertThat(tree.usersvc("env", "--service", "nosuch").expect(1).err()).contains("nosuch");
  }

  @Test
  void diffTellsWhatARestartWouldChange(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.launch().with("OLD", "1").start();
    web.awaitUp();
    assertThat(tree.usersvc("env", "diff", "web").expect(0).out()).isEmpty();
    tree.usersvc("env", "set", "NEW=1", "OLD=2").expect(0);
    assertThat(tree.usersvc("env", "diff", "web").expect(1).out())
        .isEqualTo("+NEW=1\n-OLD=1\n+OLD=2\n");
    tree.usersvc("restart", "web").expect(0);
    tree.usersvc("env", "diff", "web").expect(0);
    tree.usersvc("down", "web").expect(0);
    assertThat(tree.usersvc("env", "diff", "web").expect(1).err()).contains("web");
  }

  @Test
  void theUsersFilesComeUnderIt(Tree tree) throws IOException {
    var directory = Files.createDirectories(tree.root().resolve(".config/environment.d"));
    Files.writeString(directory.resolve("20-two.conf"), "B=${A}/c\n# comment\n1X=bad\n");
    Files.writeString(directory.resolve("10-one.conf"), "A=\"a b\"\n");
    var web = tree.service("web").steady();
    var daemon = tree.start();
    assertThat(Proc.environment(web.awaitUp())).contains("A=a b", "B=a b/c");
    assertThat(daemon.awaitLog("20-two.conf", "line 3")).contains("ignoring");
  }

  @Test
  void theLongestVariableThatAProcessCanHaveArrives(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.start().ask("rescan").expect(0);
    String longest = "BIG=" + "x".repeat(LONGEST_VARIABLE - "BIG=".length() - 1);
    tree.usersvc("env", "set", longest).expect(0);
    tree.usersvc("up", "web").expect(0);
    assertThat(Proc.environment(web.awaitUp())).contains(longest);
  }

  @Test
  void manyLongOnesAreMirroredWhole(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    tree.start().ask("rescan").expect(0);
    var wanted = new String[] {"A=" + "a".repeat(100_000), "B=" + "b".repeat(100_000)};
    for (var variable : wanted) {
      tree.usersvc("env", "set", variable).expect(0);
    }
    assertThat(given(tree, "sh -c '. run/usersvc/env.sh; exec cat /proc/self/environ'"))
        .contains(wanted);
    tree.usersvc("up", "web").expect(0);
    assertThat(Proc.environment(web.awaitUp())).contains(wanted);
    assertThat(tree.usersvc("env").expect(0).out()).contains(wanted);
  }

  @Test
  void moreThanAProcessCanBeGivenIsToldAndHarmsNobody(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    var other = tree.service("other").steady();
    var daemon = tree.launch().afterShell("ulimit -s 2048").start();
    int pid = other.awaitUp();
    daemon.ask("rescan").expect(0);
    for (int i = 0; i < 9; i++) {
      tree.usersvc("env", "set", "V" + i + "=" + "x".repeat(100_000)).expect(0);
    }
    tree.usersvc("-w", "1", "up", "web").expect(1);
    assertThat(daemon.awaitLog("services/web/run")).contains("too long");
    assertThat(other.pid()).isEqualTo(pid);
    for (int i = 0; i < 9; i++) {
      tree.usersvc("env", "unset", "V" + i).expect(0);
    }
    tree.usersvc("up", "web").expect(0);
    web.awaitUp();
  }

  @Test
  void aLongerOneIsRefusedByName(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("down", "");
    var daemon = tree.start();
    daemon.ask("rescan").expect(0);
    int room = LONGEST_VARIABLE - "BIG=".length() - 1;
    for (var value : new String[] {"x".repeat(room + 1), "\u00e4".repeat(room / 2 + 1)}) {
      var bytes = new String(value.getBytes(UTF_8), ISO_8859_1);
      var request = "{\"verb\":\"env\",\"words\":[\"set\",\"BIG=" + bytes + "\"]}";
      assertThat(Reply.to(daemon.socket(), request).expect(1).err().getFirst()).contains("BIG");
    }
    tree.usersvc("up", "web").expect(0);
    web.awaitUp();
  }
}
