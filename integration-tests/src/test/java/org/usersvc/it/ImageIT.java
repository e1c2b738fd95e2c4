package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image as such: it works wherever it is put, under any sh, and its caches are accepted. */
@ExtendWith(TreeExtension.class)
final class ImageIT {
  @TempDir private Path temporary;
  private Path copy = Path.of("");

  @BeforeEach
  void copyTheImage() throws IOException {
    copy = temporary.resolve("a place");
    String image = Path.of(Programs.image("usersvcd")).resolve("../..").normalize().toString();
    Ran.of("cp", "-a", image, copy.toString()).expect(0);
  }

  private String bin(String name) {
    return copy.resolve("bin").resolve(name).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void theLaunchersRunUnderAnyShell(String shell) throws IOException {
    String words = shell + " '" + bin("usersvcd") + "' --version";
    assertThat(Ran.of("sh", "-c", words).expect(0).out()).startsWith("usersvcd ");
    String client = copy.resolve("lib/usersvc/usersvc-java").toString();
    assertThat(Ran.of("sh", "-c", shell + " '" + client + "' --version").expect(0).out())
        .startsWith("usersvc ");
  }

  @Test
  void theLaunchersAreFoundThroughLinks() throws IOException {
    for (String name : new String[] {"usersvcd", "usersvc"}) {
      var first = Files.createSymbolicLink(temporary.resolve(name + "1"), Path.of(bin(name)));
      var second = Files.createSymbolicLink(temporary.resolve(name + "2"), first.getFileName());
      assertThat(Ran.of(second.toString(), "--version").expect(0).out()).startsWith(name + " ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/usersvcd", "lib/usersvc/usersvc-java"})
  void theCachesAreAccepted(String launcher) throws IOException {
    var path = copy.resolve(launcher);
    String text = Files.readString(path);
    assertThat(text).contains(" \"$aot\" ");
    Executables.write(path, text.replace(" \"$aot\" ", " \"$aot\" -XX:AOTMode=on "));
    DaemonKind.JVM.choose(copy);
    var ran = Ran.of(path.toString(), "--version").expect(0);
    assertThat(ran.err()).isEmpty();
    try (var files = Files.list(copy.resolve("lib/usersvc"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".aot")).toList()).hasSize(2);
    }
  }

  @Test
  void theNativeExecutableNeedsNoJvm() throws IOException {
    var home = copy.resolve("lib/usersvc");
    if (DaemonKind.in(copy).contains(DaemonKind.NATIVE)) {
      for (String ofTheJvm : List.of("runtime", "jars")) {
        Files.move(home.resolve(ofTheJvm), home.resolve(ofTheJvm + ".aside"));
      }
    }
    assertThat(Ran.of(bin("usersvcd"), "--version").expect(0).out()).startsWith("usersvcd ");
    var client = home.resolve("usersvc-java").toString();
    assertThat(Ran.of(client, "verify", "-Dx").expect(100).err())
        .startsWith("usersvc: unknown option -Dx");
    assertThat(Ran.of(client, "new", "--help").expect(0).out()).contains("usersvc new ");
  }

  @Test
  void nothingOfTheTestsIsInIt() throws IOException {
    try (var jars = Files.list(copy.resolve("lib/usersvc/jars"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()).toList())
          .isNotEmpty()
          .allMatch(name -> !name.endsWith("-tests.jar"));
    }
  }

  @Test
  void bothVersionsAreThatOfTheBuild() throws IOException {
    String daemon = Ran.of(bin("usersvcd"), "--version").expect(0).out();
    String client = Ran.of(bin("usersvc"), "--version").expect(0).out();
    assertThat(daemon)
        .matches(
            "usersvcd [0-9.]+\\S* [(]commit \\S+, (native by GraalVM .*, )?JDK 2[5-9]\\S*[)]\n");
    assertThat(client).isEqualTo(daemon.replace("usersvcd", "usersvc"));
  }

  @Test
  void theCommitIsThatOfWhatRuns(Tree tree) throws IOException {
    var commit = copy.resolve("lib/usersvc/commit");
    assertThat(Files.readString(commit)).matches("([0-9a-f]{12}([+]changes)?|unknown)\n");
    Files.writeString(commit, "0123456789ab\n");
    tree.launch().program(copy.resolve("bin/usersvcd")).start();
    Files.writeString(commit, "cdef01234567\n");
    String client = bin("usersvc");
    assertThat(tree.run(client, "version").expect(0).out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("usersvc ").contains("(commit cdef01234567, "),
            line -> assertThat(line).startsWith("usersvcd ").contains("(commit 0123456789ab, "));
    assertThat(tree.run(client, "version", "--json").expect(0).out())
        .contains("\"commit\":\"0123456789ab\"", "\"runtime\":\"");
    Files.delete(commit);
    assertThat(Ran.of(client, "--version").expect(0).out()).contains("(commit unknown, ");
  }

  @Test
  void wrongWordsAreNamedWithTheRemedy() throws IOException {
    assertThat(Ran.of(bin("usersvcd"), "--nosuch").expect(100).err())
        .contains("'--nosuch'", "usersvcd --help");
    assertThat(Ran.of(bin("usersvcd"), "--instance", "../x").expect(100).err()).contains("'../x'");
    assertThat(Ran.of(bin("usersvcd"), "--help").expect(0).out()).startsWith("usage: usersvcd");
  }

  /** Whatever the umask of root is, and wherever he puts it. */
  @Test
  void servicesDBusActivationAndInitScriptAreInstalled() throws IOException {
    String make = make();
    Ran.of("sh", "-c", make + " install install-openrc").expect(0);
    var share = temporary.resolve("a root/usr/share");
    assertThat(modes(share.resolve("usersvc/sv")))
        .isEqualTo(modes(copy.resolve("share/usersvc/sv")))
        .contains("foot/run 755\n", "foot/needs-env 644\n");
    assertThat(modes(share.resolve("dbus-1/services")))
        .isEqualTo(" 755\norg.usersvc1.service 644\n");
    assertThat(share.resolve("dbus-1/services/org.usersvc1.service"))
        .content()
        .contains("\nExec=/usr/bin/usersvc activate\n");
    assertThat(share.resolve("usersvc/pam/debian-common-session"))
        .content()
        .contains(" /usr/lib/usersvc/pam_usersvc.so\n")
        .doesNotContain("/usr/local");
    var etc = temporary.resolve("a root/etc");
    assertThat(modes(etc))
        .isEqualTo(" 755\nconf.d 755\nconf.d/usersvc 644\ninit.d 755\ninit.d/usersvc 755\n");
    assertThat(etc.resolve("init.d/usersvc"))
        .content()
        .contains("\nas=/usr/lib/usersvc/usersvc-as\n");
    Files.writeString(etc.resolve("conf.d/usersvc"), "# mine\n");
    Ran.of("sh", "-c", make + " install-openrc").expect(0);
    assertThat(etc.resolve("conf.d/usersvc")).content().isEqualTo("# mine\n");
    var client = temporary.resolve("a root/usr/bin/usersvc").toString();
    assertThat(Ran.of(client, "--version").expect(0).out()).startsWith("usersvc ");
  }

  /** Packages are split by the list; uninstall removes what is in it and nothing else. */
  @Test
  void whatIsInstalledIsListedAndRemoved() throws IOException {
    String make = make();
    Ran.of("sh", "-c", make + " install install-openrc").expect(0);
    var root = temporary.resolve("a root");
    String listing = temporary.resolve("daemon/src/packages/listing").toString();
    Ran.of(listing, "--check", root.toString(), "/usr", "/etc").expect(0);
    assertThat(Ran.of(listing, root.toString(), "/usr", "/etc", "aliases").expect(0).out())
        .isEqualTo("/usr/bin/svc\n/usr/bin/svok\n/usr/bin/svstat\n");
    Files.writeString(root.resolve("usr/share/usersvc/sv/mine"), "");
    Files.writeString(root.resolve("etc/conf.d/usersvc"), "# mine\n");
    Files.delete(root.resolve("usr/bin/svc"));
    Files.writeString(root.resolve("usr/bin/svc"), "another's");
    String said = Ran.of("sh", "-c", make + " uninstall").expect(0).out();
    assertThat(said).contains("conf.d/usersvc, which was changed", "where others have put files");
    String find = "find '" + root + "' ! -type d -printf '%P\\n' | sort";
    assertThat(Ran.of("sh", "-c", find).expect(0).out())
        .isEqualTo("etc/conf.d/usersvc\nusr/bin/svc\nusr/share/usersvc/sv/mine\n");
  }

  /** make, with the image's copy, for a root in the temporary directory. */
  private String make() throws IOException {
    Files.createDirectory(temporary.resolve("target"));
    Files.createSymbolicLink(temporary.resolve("target/image"), copy);
    var makefile = Path.of("../Makefile").toRealPath();
    Files.createSymbolicLink(temporary.resolve("daemon"), makefile.resolveSibling("daemon"));
    return "umask 077; cd '%s' && make -s -f '%s' 'DESTDIR=%s/a root' PREFIX=/usr SYSCONFDIR=/etc"
        .formatted(temporary, makefile, temporary);
  }

  private static String modes(Path directory) throws IOException {
    String find = "find '" + directory + "' -printf '%P %m\\n' | sort";
    return Ran.of("sh", "-c", find).expect(0).out();
  }
}
