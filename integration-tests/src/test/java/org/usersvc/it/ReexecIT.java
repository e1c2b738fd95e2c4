package org.usersvc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon replaces itself, and nobody notices. */
@Order(5)
@ExtendWith(TreeExtension.class)
final class ReexecIT {
  private static final String COUNTING =
      "i=0; while [ ! -e enough ]; do i=$((i+1)); echo $i; sleep 0.005; done; echo $i > last";

  private static void reexec(Tree tree) throws IOException {
    assertThat(tree.usersvc("reexec").expect(0).out()).matches("usersvcd .*, pid \\d+: .* ms\n");
  }

  /** Each line of the log without its stamp. */
  private static List<String> logged(Path directory) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(directory)) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString();
        if (name.startsWith("@") || name.equals("current")) {
          Files.readString(file, UTF_8)
              .lines()
              .map(line -> line.substring(line.indexOf(' ') + 1))
              .forEach(lines::add);
        }
      }
    }
    return lines;
  }

  private static List<String> numbers(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  @Test
  void theProcessStaysAndSoDoItsChildren(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    web.log().run("exec cat > said");
    var daemon = tree.start();
    int run = web.awaitUp();
    int logger = web.log().awaitUp();
    reexec(tree);
    daemon.ask("status", "web").expect(0);
    assertThat(web.pid()).isEqualTo(run);
    assertThat(web.log().pid()).isEqualTo(logger);
    for (int pid : List.of(run, logger)) {
      assertThat(Proc.field(pid, "PPid")).isEqualTo(Long.toString(daemon.pid()));
    }
    assertThat(Proc.environment(run)).noneMatch(variable -> variable.contains("HANDOVER"));
  }

  @Test
  void finishGetsTheExactExitStatusOfARunFromBefore(Tree tree) throws IOException {
    var web =
        tree.service("web")
            .run("trap 'exit 37' TERM; echo ready > ready; while :; do sleep 0.05; done")
            .script("finish", "echo \"$1 $2\" >> finished");
    var daemon = tree.start();
    web.awaitText("ready", "ready");
    reexec(tree);
    daemon.ask("down", "web").expect(0);
    assertThat(web.awaitText("finished", "\n")).isEqualTo("37 0\n");
  }

  @Test
  void whatEndsMeanwhileIsNotMissed(Tree tree) throws IOException {
    var web = tree.service("web").run("exit 5").script("finish", "echo $1 >> finished; sleep 0.02");
    var steady = tree.service("steady").steady();
    var daemon = tree.start();
    int pid = steady.awaitUp();
    for (int i = 0; i < 3; i++) {
      reexec(tree);
      daemon.ask("up", "web");
    }
    assertThat(web.read("finished").lines().distinct()).containsExactly("5");
    assertThat(steady.pid()).isEqualTo(pid);
  }

  @Test
  void clientsNeverFail(Tree tree) throws IOException {
    tree.service("web").steady();
    tree.start();
    tree.service("web").awaitUp();
    String loop = "while [ ! -e stop ]; do %s || echo failed; echo asked; done";
    var status =
        tree.begin("sh", "-c", "cd " + tree.root() + ";" + loop.formatted("sv status web"));
    var client =
        tree.begin(
            "sh",
            "-c",
            "cd " + tree.root() + ";" + loop.formatted(Programs.image("usersvc") + " status"));
    for (int i = 0; i < 10; i++) {
      reexec(tree);
    }
    Files.createFile(tree.root().resolve("stop"));
    for (var program : List.of(status, client)) {
      program.awaitEnd();
      assertThat(program.output()).contains("asked").doesNotContain("failed");
    }
  }

  @Test
  void everyLineIsLoggedOnceAndInOrder(Tree tree) throws IOException {
    var own = tree.service("own").run(COUNTING, "exec sleep 1000");
    own.log().run("exec svlogd -tt " + Files.createDirectory(tree.root().resolve("own")));
    var built = tree.service("built").run(COUNTING, "exec sleep 1000");
    var daemon = tree.start();
    own.awaitUp();
    built.awaitUp();
    for (int i = 0; i < 10; i++) {
      reexec(tree);
    }
    own.file("enough", "");
    built.file("enough", "");
    var place = tree.root().resolve(".local/state/usersvc/log/built");
    complete(own, tree.root().resolve("own"));
    complete(built, place);
    daemon.ask("status").expect(0);
  }

  private static void complete(Service service, Path log) throws IOException {
    int last = Integer.parseInt(service.awaitText("last", "\n").strip());
    var lines = Await.answer("the last line", () -> logged(log), all -> all.size() >= last);
    assertThat(lines).isEqualTo(numbers(last));
  }

  @Test
  void whatServicesSayMeanwhileIsHeard(Tree tree) throws IOException {
    var web = tree.service("web").file("notify", "");
    web.run("echo $NOTIFY_SOCKET > socket", "systemd-notify --ready", "exec sleep 1000");
    tree.start();
    web.awaitUp();
    var socket = Path.of(web.awaitText("socket", "\n").strip());
    var before = Files.readAttributes(socket, BasicFileAttributes.class).fileKey();
    reexec(tree);
    assertThat(Files.readAttributes(socket, BasicFileAttributes.class).fileKey()).isEqualTo(before);
  }

  @Test
  void noDescriptorIsLeaked(Tree tree) throws IOException {
    tree.service("web").steady().log().steady();
    tree.service("other").steady();
    var daemon = tree.start();
    tree.service("web").log().awaitUp();
    tree.service("other").awaitUp();
    reexec(tree);
    int before = daemon.descriptorsAtRest();
    for (int i = 0; i < 10; i++) {
      reexec(tree);
    }
    daemon.awaitDescriptors(before);
  }

  @Test
  void usr2DoesTheSame(Tree tree) throws IOException {
    var web = tree.service("web").steady();
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon.signal("USR2");
    daemon.awaitLog("has come into place");
    daemon.ask("status", "web").expect(0);
    assertThat(web.pid()).isEqualTo(pid);
  }

  @Test
  void whoeverWaitsIsTold(Tree tree) throws IOException {
    tree.service("web").run("exec sleep 1000").file("down", "").script("check", "exit 1");
    tree.start();
    var waiting = tree.begin("sh", "-c", Programs.image("usersvc") + " -w 30 up web");
    tree.service("web").awaitUp();
    reexec(tree);
    assertThat(waiting.awaitEnd()).isEqualTo(1);
    assertThat(waiting.output()).contains("usersvcd is being replaced; ask again");
  }

  @Test
  void aVersionThatDoesNotWorkIsRefused(Tree tree) throws IOException {
    var image = copyOfImage(tree);
    DaemonKind.JVM.choose(image);
    var daemon = tree.launch().program(image.resolve("bin/usersvcd")).start();
    var web = tree.service("web").steady();
    int pid = web.awaitUp();
    var launcher = image.resolve("bin/usersvcd");
    var script = Files.readString(launcher);
    refused(tree, launcher, "#!/bin/sh\necho broken thing >&2; exit 3\n", "exit 3: broken thing");
    int before = daemon.descriptorsAtRest();
    refused(tree, launcher, "no program\n", "not an executable format");
    refused(tree, launcher, "#!/bin/sh\necho something else\n", "something else");
    refused(tree, launcher, "#!/bin/sh\nrm \"$0\"; echo usersvcd 9\n", "no such file");
    try (var jars = Files.list(image.resolve("lib/usersvc/jars"))) {
      Files.delete(jars.sorted().findFirst().orElseThrow());
    }
    refused(tree, launcher, script, "no such file");
    daemon.ask("status", "web").expect(0);
    assertThat(web.pid()).isEqualTo(pid);
    daemon.awaitDescriptors(before + 1); // the jar is open still
    daemon.expectLog(5, "not replaced");
  }

  private static void refused(Tree tree, Path launcher, String script, String reason)
      throws IOException {
    Files.deleteIfExists(launcher);
    Executables.write(launcher, script);
    Ran.of("chmod", "755", launcher.toString()).expect(0);
    assertThat(tree.usersvc("reexec").expect(1).err()).contains("not replaced", reason);
  }

  private static Path copyOfImage(Tree tree) throws IOException {
    var copy = tree.root().resolve("image");
    var original = Path.of(Programs.image("usersvcd")).resolve("../..").normalize();
    Ran.of("cp", "-a", original.toString(), copy.toString()).expect(0);
    return copy;
  }

  @Test
  void itWorksWithoutACacheOfClasses(Tree tree) throws IOException {
    var image = copyOfImage(tree);
    DaemonKind.JVM.choose(image);
    tree.launch().program(image.resolve("bin/usersvcd")).start();
    int pid = tree.service("web").steady().awaitUp();
    String cache = "cd " + image + "/lib/usersvc; f=$(echo daemon-*.aot); rm $f; ";
    Ran.of("sh", "-c", cache + "echo nonsense > $f").expect(0);
    reexec(tree);
    Ran.of("sh", "-c", cache).expect(0);
    reexec(tree);
    assertThat(tree.service("web").pid()).isEqualTo(pid);
  }

  @Test
  void theLimitOfFilesThatServicesGetStays(Tree tree) throws IOException {
    var web = tree.service("web").run("ulimit -n >> limit; exec sleep 1000");
    var daemon = tree.launch().afterShell("ulimit -Sn 512").start();
    int pid = web.awaitUp();
    reexec(tree);
    daemon.ask("term", "web").expect(0);
    web.awaitUpAfter(pid);
    assertThat(web.awaitText("limit", "512\n512\n")).isEqualTo("512\n512\n");
  }
}
