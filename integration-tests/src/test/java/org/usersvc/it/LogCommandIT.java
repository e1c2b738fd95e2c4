package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code usersvc log}, with the logs that real loggers write. */
@ExtendWith(TreeExtension.class)
final class LogCommandIT {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

  /** A service that writes what the FIFO {@code in} in its directory is given. */
  private static Service talker(Tree tree, String name, String... logger) throws IOException {
    tree.shell("mkdir -p services/" + name + " && mkfifo services/" + name + "/in");
    var service = tree.service(name);
    if (logger.length > 0) {
      service.log().run(logger);
    }
    return service.run("exec cat <> in");
  }

  private static void say(Service service, String text) throws IOException {
    try (var in = Files.newByteChannel(service.dir().resolve("in"), WRITE)) {
      in.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
  }

  private static Running follow(Tree tree, String names) throws IOException {
    return tree.begin("sh", "-c", "exec " + Programs.image("usersvc") + " log -f " + names);
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> n + "\n").collect(Collectors.joining());
  }

  private static String messages(String output) {
    return output.replaceAll("(?m)^" + TIME, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svlogd -tt",
        "svlogd -ttt",
        "svlogd -t",
        "svlogd",
        "s6-log T",
        "s6-log t",
        "multilog t"
      })
  void logOfARunningLoggerIsFoundAndUnderstood(String logger, Tree tree) throws IOException {
    var web = talker(tree, "web", "mkdir -p there", logger + " ./there", "exit 0");
    tree.start();
    web.awaitUp();
    web.log().awaitUp();
    var begin = Instant.now();
    say(web, "one\ntwo \n");
    web.log().awaitText("there/current", "two");
    var ran = tree.usersvc("log", "web").expect(0);
    assertThat(ran.err()).isEmpty();
    assertThat(messages(ran.out())).isEqualTo("one\ntwo \n");
    assertThat(messages(tree.usersvc("log", "-n", "1", "web/log").out())).isEqualTo("two \n");
    assertThat(messages(tree.usersvc("log", "--since", "1h", "web").out()))
        .isEqualTo("one\ntwo \n");
    var documents = Document.in(tree.usersvc("log", "--json", "web").expect(0));
    assertThat(documents).hasSize(2);
    assertThat(documents.getLast().text("service")).isEqualTo("web");
    assertThat(documents.getLast().text("message")).isEqualTo("two ");
    assertThat(Instant.parse(documents.getLast().text("time")))
        .isBetween(begin.minus(Duration.ofSeconds(1)), Instant.now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf 's4096\\nn1000\\n' > main/config; exec svlogd -tt ./main",
        "exec s6-log n1000 s4096 t ./main",
        "exec multilog t n1000 s4096 ./main"
      })
  void followingLosesNothingOverRotations(String logger, Tree tree) throws IOException {
    var web = talker(tree, "web", "mkdir -p main", logger);
    tree.start();
    web.awaitUp();
    web.log().awaitUp();
    say(web, "first\n");
    web.log().awaitText("main/current", "first");
    var follower = follow(tree, "web");
    follower.awaitOutput("first$");
    for (int i = 0; i < 20; i++) {
      say(web, numbers(i * 100, (i + 1) * 100));
    }
    follower.awaitOutput(" 1999$");
    assertThat(messages(follower.output())).isEqualTo("first\n" + numbers(0, 2000));
    assertThat(rotated(web.log().dir().resolve("main"))).isPositive();
    var ran = tree.usersvc("log", "-n", "2000", "web").expect(0);
    assertThat(messages(ran.out())).isEqualTo(numbers(0, 2000));
  }

  private static long rotated(Path log) throws IOException {
    try (var files = Files.list(log)) {
      return files.filter(file -> file.getFileName().toString().startsWith("@")).count();
    }
  }

  @Test
  void logOfALoggerThatIsDownIsFoundByItsUsualPlace(Tree tree) throws IOException {
    var web = talker(tree, "web", "mkdir -p main", "exec svlogd -tt ./main");
    var daemon = tree.start();
    web.awaitUp();
    web.log().awaitUp();
    say(web, "one\n");
    web.log().awaitText("main/current", "one");
    web.log().letters("d");
    web.log().awaitDown();
    assertThat(messages(tree.usersvc("log", "web").expect(0).out())).isEqualTo("one\n");
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(messages(tree.usersvc("log", "web").expect(0).out())).isEqualTo("one\n");
  }

  @Test
  void logsBelowTheRootAreMergedWithoutADaemon(Tree tree) throws IOException {
    var root = tree.root().resolve(".local/state/usersvc/log");
    for (var name : List.of("web", ".usersvcd", "db")) {
      tree.shell(
          "mkdir -p '"
              + root
              + "/"
              + name
              + "'; echo "
              + name
              + " | svlogd -tt '"
              + root
              + "/"
              + name
              + "'");
    }
    assertThat(messages(tree.usersvc("log").expect(0).out()))
        .isEqualTo("web: web\nusersvcd: .usersvcd\ndb: db\n");
    assertThat(messages(tree.usersvc("log", "-n", "1", "web", "usersvcd").expect(0).out()))
        .isEqualTo("usersvcd: .usersvcd\n");
    var follower = follow(tree, "");
    follower.awaitOutput("db: db$");
    tree.shell("mkdir '" + root + "/new'; echo hello | svlogd -tt '" + root + "/new'");
    follower.awaitOutput("new: hello$");
  }

  @Test
  void namesAreExactBytes(Tree tree) throws IOException {
    String log = ".local/state/usersvc/log/\"$(printf 'caf\\351')\"";
    tree.shell("mkdir -p " + log + "; echo hello | svlogd -tt " + log);
    for (String locale : List.of("C", "C.UTF-8")) {
      String usersvc = "LC_ALL=" + locale + " " + Programs.image("usersvc") + " log ";
      assertThat(messages(tree.shell(usersvc + "\"$(printf 'caf\\351')\"").expect(0).out()))
          .isEqualTo("hello\n");
      assertThat(messages(tree.shell(usersvc).expect(0).out())).isEqualTo("caf\\xe9: hello\n");
      assertThat(tree.shell(usersvc + "--json").expect(0).out())
          .contains("\"service\":\"caf\\udce9\",\"by\":\"service\",\"message\":\"hello\"");
    }
  }

  @Test
  void whatHasNoLogIsNamed(Tree tree) throws IOException {
    tree.service("web").steady();
    var daemon = tree.start();
    tree.service("web").awaitUp();
    daemon.ask("rescan").expect(0);
    var ran = tree.usersvc("log", "web", "nosuch").expect(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("usersvc: web: no log, tried " + tree.root() + "/.local/state/usersvc/log/web")
        .contains(tree.scan() + "/web/log/main")
        .contains("usersvc: nosuch: no log, tried ")
        .hasLineCount(2);
  }

  @Test
  void followingEndsQuietly(Tree tree) throws IOException {
    var log = tree.root().resolve(".local/state/usersvc/log/web");
    tree.shell("mkdir -p '" + log + "'; seq 100000 | svlogd -tt '" + log + "'");
    var follower = follow(tree, "web");
    follower.awaitOutput(" 100000$");
    Ran.of("kill", "-TERM", Long.toString(follower.pid())).expect(0);
    assertThat(follower.awaitEnd()).isEqualTo(143);
    assertThat(messages(follower.output())).isEqualTo(numbers(99991, 100001));
    String usersvc = Programs.image("usersvc");
    var ran =
        tree.shell("{ " + usersvc + " log -n all web || echo $? >&2; } | head -n 1").expect(0);
    assertThat(messages(ran.out())).isEqualTo("1\n");
    assertThat(ran.err()).isEqualTo("141\n");
  }
}
