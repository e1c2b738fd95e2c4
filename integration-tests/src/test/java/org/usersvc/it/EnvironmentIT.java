package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a service inherits: what the daemon was started with, and nothing of the daemon's own. */
@ExtendWith(TreeExtension.class)
final class EnvironmentIT {
  /** Some shells set these by themselves. */
  private static final Set<String> OF_SHELLS = Set.of("_", "PWD", "OLDPWD", "SHLVL");

  private static Set<String> environmentOf(long pid) throws IOException {
    var entries = new TreeSet<>(Proc.environment(pid));
    entries.removeIf(entry -> OF_SHELLS.contains(entry.split("=", -1)[0]));
    return entries;
  }

  /** What the system's own environment.d has is not what is asked here. */
  private static void maskSystemsFiles(Tree tree) throws IOException {
    var own = Files.createDirectories(tree.root().resolve(".config/environment.d"));
    var nothing = Path.of("/dev/null");
    for (var parent : List.of("/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib")) {
      var directory = Path.of(parent, "environment.d");
      if (Files.isDirectory(directory)) {
        try (var files = Files.list(directory)) {
          for (var file : files.toList()) {
            var mask = own.resolve(file.getFileName().toString());
            if (!Files.isSymbolicLink(mask)) {
              Files.createSymbolicLink(mask, nothing);
            }
          }
        }
      }
    }
  }

  @Test
  void theEnvironmentIsPassedUnchanged(Tree tree) throws IOException {
    maskSystemsFiles(tree);
    var web = tree.service("web").steady();
    tree.launch()
        .with("JAVA_TOOL_OPTIONS", "-Dx=y  -Xmx3m")
        .with("_JAVA_OPTIONS", "")
        .with("JDK_JAVA_OPTIONS", "--nosuch")
        .with("LC_ALL", "C")
        .with("EMPTY", "")
        .with("LINES", "one\ntwo\n")
        .with("EQUALS", "=a=b=")
        .with("LD_LIBRARY_PATH", "/nosuch")
        .afterShell("STRAY=$(printf 'a\\377b\\303\\244'); export STRAY")
        .start();
    assertThat(environmentOf(web.awaitUp()))
        .filteredOn(variable -> !variable.startsWith("USERSVC_SERVICE="))
        .containsExactlyInAnyOrder(
            "JAVA_TOOL_OPTIONS=-Dx=y  -Xmx3m",
            "_JAVA_OPTIONS=",
            "JDK_JAVA_OPTIONS=--nosuch",
            "LC_ALL=C",
            "EMPTY=",
            "LINES=one\ntwo\n",
            "EQUALS==a=b=",
            "LD_LIBRARY_PATH=/nosuch",
            "STRAY=a\u00ffb\u00c3\u00a4",
            "HOME=" + tree.root(),
            "PATH=" + Programs.PATH,
            "XDG_RUNTIME_DIR=" + tree.runtime());
  }

  @Test
  void onlyTheThreeStandardDescriptorsArePassed(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.log().steady().file("timeout-kill", "100\n");
    var other = tree.service("other").steady();
    tree.launch().afterShell("exec 7< /dev/null").start();
    for (int pid : new int[] {web.awaitUp(), web.log().awaitUp(), other.awaitUp()}) {
      Await.until("sleep", () -> Proc.commandLine(pid).startsWith("sleep"));
      Await.answer( // its loader has files open at first
          "three descriptors", () -> Proc.descriptorNumbers(pid), List.of("0", "1", "2")::equals);
    }
    assertThat(Files.readSymbolicLink(Proc.of(other.pid(), "fd/0"))).hasToString("/dev/null");
    assertThat(Files.isSameFile(Proc.of(web.pid(), "fd/1"), Proc.of(web.log().pid(), "fd/0")))
        .isTrue();
  }

  @Test
  void umaskAndLimitsArePassed(Tree tree) throws IOException {
    var web = tree.service("web").run("umask > said", "exec sleep 1000");
    tree.launch().afterShell("umask 027; ulimit -S -n 777; ulimit -S -c 0").start();
    int pid = web.awaitUp();
    assertThat(web.awaitText("said", "\n").strip()).endsWith("027");
    assertThat(Files.readString(Proc.of(pid, "limits")))
        .containsPattern("Max open files +777 ")
        .containsPattern("Max core file size +0 ");
  }

  @Test
  void noSignalIsBlockedOrIgnored(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    int pid = web.awaitUp();
    Await.until("sleep", () -> Proc.commandLine(pid).startsWith("sleep"));
    assertThat(Proc.field(pid, "SigBlk")).matches("0+");
    assertThat(Proc.field(pid, "SigIgn")).matches("0+");
    assertThat(Proc.field(pid, "SigCgt")).matches("0+");
  }

  @Test
  void aServiceHasItsOwnSessionAndDirectory(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    int pid = web.awaitUp();
    assertThat(Proc.field(pid, "NSsid")).isEqualTo(Integer.toString(pid));
    assertThat(Files.readSymbolicLink(Proc.of(pid, "cwd"))).isEqualTo(web.dir());
  }

  @Test
  void nothingIsWrittenToTheServiceDirectoryButTheLink(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    tree.start();
    web.awaitUp();
    try (var entries = Files.list(web.dir())) {
      assertThat(entries.map(path -> path.getFileName().toString()).toList())
          .containsExactlyInAnyOrder("run", "supervise");
    }
    assertThat(Files.readSymbolicLink(web.dir().resolve("supervise")).toString())
        .matches("\\Q" + tree.runtime() + "\\E/usersvc/supervise/[0-9a-f]+-[0-9a-f]+");
  }

  @Test
  void anotherPlaceIsFoundWithoutArguments(Tree tree) throws IOException {
    var web = Service.in(tree.root().resolve(".service"), "web").steady();
    tree.launch().arguments().start();
    web.awaitUp();
  }
}
