package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services with limits, and services that start in another directory. */
@ExtendWith(TreeExtension.class)
final class LimitsIT {
  private static final String FACTS = "ulimit -n; ulimit -Hn; ulimit -c; umask; nice; pwd; echo $0";

  /** A line of a script that writes the facts into that file of the service directory. */
  private static String facts(Service service, String file) {
    var path = service.dir().resolve(file);
    return "{ " + FACTS + "; echo end; } > " + path + ".new; mv " + path + ".new " + path;
  }

  private static Service telling(Service service) throws IOException {
    return service.run(facts(service, "said"), "exec sleep 1000");
  }

  private static String said(Service service, String file) throws IOException {
    return service.awaitText(file, "end\n").replace("end\n", "");
  }

  @Test
  void allScriptsHaveTheLimitsAndABadLineIsLeftOut(Tree tree) throws IOException {
    var web = telling(tree.service("web"));
    web.script("finish", facts(web, "finished"));
    web.script("check", facts(web, "checked"));
    web.script("control/h", facts(web, "told"));
    web.file("limits", "# of web\nnofile 100:200\ncore 0\n\nnice 5\numask 077\nnofile -1\n");
    var daemon = tree.start();
    String limits = "100\n200\n0\n0077\n5\n" + web.dir() + "\n";
    assertThat(said(web, "said")).isEqualTo(limits + "./run\n");
    tree.usersvc("up", "web").expect(0);
    assertThat(said(web, "checked")).isEqualTo(limits + "./check\n");
    int pid = web.awaitUp();
    web.letters("h");
    assertThat(said(web, "told")).isEqualTo(limits + "control/h\n");
    web.letters("t");
    web.awaitUpAfter(pid);
    assertThat(said(web, "finished")).isEqualTo(limits + "./finish\n");
    daemon.expectLog(1, "web", "line 7 of limits says 'nofile -1'", "ignoring");
  }

  @Test
  void whatTheKernelRefusesIsToldOnceAndTheServiceStarts(Tree tree) throws IOException {
    var web = telling(tree.service("web")).file("limits", "nofile 1T\n");
    var daemon = tree.start();
    assertThat(daemon.awaitLog("web", "limits"))
        .contains("cannot raise nofile to 1099511627776, the hard limit is ");
    int pid = web.awaitUp();
    tree.usersvc("restart", "web").expect(0);
    web.awaitUpAfter(pid);
    daemon.expectLog(1, "cannot raise nofile");
  }

  @Test
  void aRunThatCannotBeExecutedIsToldAsWithoutLimits(Tree tree) throws IOException {
    var web = tree.service("web").file("run", "#!/nosuch/shell\n").file("limits", "core 0\n");
    Ran.of("chmod", "755", web.dir().resolve("run").toString()).expect(0);
    var daemon = tree.start();
    assertThat(daemon.awaitLog("services/web/run"))
        .contains("no such file or directory", "interpreter /nosuch/shell");
    web.steady();
    web.awaitUp();
    daemon.awaitNoZombies();
  }

  @Test
  void runStartsInTheDirectoryThatIsNamed(Tree tree) throws IOException {
    var home = Files.createDirectories(tree.root().resolve("home dir"));
    Files.createDirectories(home.resolve("www"));
    var absolute = telling(tree.service("absolute")).file("directory", home + "/www\n");
    absolute.script("finish", facts(absolute, "finished"));
    var below = telling(tree.service("below")).file("directory", "~/www");
    var relative = telling(tree.service("relative")).file("directory", " data \n");
    Files.createDirectory(relative.dir().resolve("data"));
    tree.launch().with("HOME", home.toString()).start();
    assertThat(said(absolute, "said")).endsWith(home + "/www\n" + absolute.dir() + "/run\n");
    assertThat(said(below, "said")).endsWith(home + "/www\n" + below.dir() + "/run\n");
    assertThat(said(relative, "said"))
        .endsWith(relative.dir() + "/data\n" + relative.dir() + "/run\n");
    tree.usersvc("down", "absolute").expect(0);
    assertThat(said(absolute, "finished")).endsWith(absolute.dir() + "\n./finish\n");
  }

  @Test
  void aServiceInAnotherDirectoryOutlivesTheDaemon(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("directory", "/\n").file("limits", "umask 027\n");
    var daemon = tree.start();
    int pid = web.awaitUp();
    daemon.kill();
    daemon.awaitEnd();
    tree.start();
    assertThat(web.awaitUp()).isEqualTo(pid);
  }

  @Test
  void aMissingDirectoryIsToldAndRunIsTriedAgain(Tree tree) throws IOException {
    var missing = tree.root().resolve("missing");
    var web = tree.service("web").steady().file("directory", missing + "\n");
    var daemon = tree.start();
    assertThat(daemon.awaitLog("cannot start", "services/web/run"))
        .contains("no such file or directory; its file directory leads to '" + missing + "'")
        .contains("change the file");
    assertThat(tree.usersvc("-w", "2", "up", "web").err()).contains(missing.toString());
    Files.createDirectory(missing);
    web.file("directory", missing + "/\n");
    web.awaitUp();
  }

  @Test
  void whatHasTheseNamesByChanceKeepsNothingFromStarting(Tree tree) throws IOException {
    var directories = tree.service("directories").steady();
    Files.createDirectories(directories.dir().resolve("limits/a"));
    Files.createDirectories(directories.dir().resolve("directory/a"));
    var fifos = tree.service("fifos").steady();
    for (String name : new String[] {"limits", "directory"}) {
      Ran.of("mkfifo", fifos.dir().resolve(name).toString()).expect(0);
    }
    var huge = tree.service("huge").steady();
    for (String name : new String[] {"limits", "directory"}) {
      try (var file = new RandomAccessFile(huge.dir().resolve(name).toFile(), "rw")) {
        file.setLength(1L << 32);
      }
    }
    var loops = tree.service("loops").steady();
    for (String name : new String[] {"limits", "directory"}) {
      Files.createSymbolicLink(loops.dir().resolve(name), Path.of(name));
    }
    var others = tree.service("others").steady();
    others.file("limits", "FOO=bar\n".repeat(50)).file("directory", "A=1\nB=2\n");
    var daemon = tree.start();
    for (var service : new Service[] {directories, fifos, huge, loops, others}) {
      service.awaitUp();
    }
    tree.usersvc("rescan").expect(0);
    daemon.expectLog(4, "others", "limits");
    daemon.expectLog(1, "others", "directory");
    daemon.expectLog(2, "huge", "ignoring");
  }

  @Test
  void theLoggerHasItsOwn(Tree tree) throws IOException {
    var web = tree.service("web").steady().file("limits", "umask 077\n");
    var log = web.log();
    log.run(facts(log, "said"), "exec cat > /dev/null").file("limits", "umask 037\n");
    tree.start();
    assertThat(said(log, "said")).contains("\n0037\n");
  }
}
