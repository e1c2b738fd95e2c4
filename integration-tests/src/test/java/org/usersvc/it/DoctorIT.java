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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code usersvc doctor --login} on files that stand for those of a system. */
@ExtendWith(TreeExtension.class)
final class DoctorIT {
  private static final Path FILES = Path.of("src/test/doctor");

  private Tree tree;
  private Desktop desktop;
  private Path system;
  private String name;

  @BeforeEach
  void begin(Tree given) throws IOException {
    tree = given;
    desktop = Desktop.of(tree);
    name = desktop.run("id", "-un").expect(0).out().strip();
    system = Files.createDirectory(tree.root().resolve("system"));
    var make = FILES.resolve("make-system").toAbsolutePath().toString();
    String hook = Programs.login("usersvc-session");
    Ran.of("sh", make, system.toString(), "" + desktop.uid(), name, hook).expect(0);
    Ran.of("chown", desktop.uid() + "", system + "/run/user/" + desktop.uid()).expect(0);
  }

  private void change(String commands) throws IOException {
    Ran.of("sh", "-c", "set -e; cd '" + system + "'; " + commands).expect(0);
  }

  private Map<String, String> environment() {
    return Map.of("USERSVC_ROOT", system.toString());
  }

  private Ran doctor(String... words) throws IOException {
    var all = new ArrayList<>(List.of("usersvc", "doctor", "--login"));
    all.addAll(Arrays.asList(words));
    return desktop.run(environment(), all.toArray(String[]::new));
  }

  private static List<String> lines(String text, String result) {
    return text.lines().filter(line -> line.startsWith(result + " ")).toList();
  }

  private LoginPlace place() throws IOException {
    var logins = system.resolve("run/usersvc");
    return new LoginPlace(tree, logins, logins.resolve("" + desktop.uid()));
  }

  private Daemon startDaemon() throws IOException {
    var launch = place().launch();
    return (Tree.isRoot() ? launch.on(desktop) : launch).start();
  }

  @Test
  void aSoundInstallationIsFoundSound() throws IOException {
    startDaemon();
    var script = "while [ ! -e \"$0\" ]; do sleep 0.02; done; usersvc doctor --login; echo $?";
    var go = tree.root().resolve("go");
    var login = desktop.start(environment(), "sh", "-c", script, go.toString());
    Await.until("the login to be the user's", () -> Proc.uid(login.pid()) == desktop.uid());
    place().enter(login, 1, "PAM_TTY=tty1");
    Await.until("the session", () -> desktop.usersvc("session", "list").out().contains("tty1"));
    Files.createFile(go);
    login.awaitOutput("^0$");
    assertThat(lines(login.output(), "ok"))
        .hasSize((int) login.output().lines().count() - 1)
        .contains(
            "ok    /etc/pam.d/common-session:3: /usr/lib/usersvc/pam_usersvc.so",
            "ok    /etc/pam.d/login:3: /usr/lib/usersvc/usersvc-session",
            "ok    /etc/pam.d/su-l:1: pam_usersvc.so",
            "ok    /etc/usersvc/pam.conf",
            "ok    /etc/init.d/usersvc." + name,
            "ok    usersvcd shows the login of pid " + login.pid());
  }

  @ParameterizedTest
  @CsvFileSource(files = "src/test/doctor/flaws", delimiter = '|', quoteCharacter = '\0')
  void eachFlawIsTold(String command, String result, String text) throws IOException {
    var before = doctor();
    change(command.replace("UID", "" + desktop.uid()).replace("USER", name));
    var after = doctor();
    String wanted = text.replace("UID", "" + desktop.uid()).replace("USER", name);
    assertThat(lines(before.out(), result)).noneMatch(line -> line.contains(wanted));
    assertThat(lines(after.out(), result)).anyMatch(line -> line.contains(wanted));
    assertThat(after.status()).isEqualTo(lines(after.out(), "fail").size());
  }

  @Test
  void withoutADaemonItFailsAndSaysWhatToDo() throws IOException {
    var ran = doctor().expect(1);
    assertThat(lines(ran.out(), "fail"))
        .singleElement()
        .asString()
        .contains("no usersvcd at " + tree.runtime() + "/usersvc/control", "; start usersvcd");
    assertThat(lines(ran.out(), "warn"))
        .singleElement()
        .asString()
        .contains("this login is not entered in ");
  }

  @Test
  void aLoginThatTheDaemonDoesNotShowIsTold() throws IOException {
    var daemon = tree.launch().with(LoginPlace.VARIABLE, tree.root() + "/elsewhere");
    (Tree.isRoot() ? daemon.on(desktop) : daemon).start();
    Ran.of("chown", "-R", ownOwner(), system.toString()).expect(0);
    var login = desktop.start("sleep", "1000");
    Await.until("the login to be the user's", () -> Proc.uid(login.pid()) == desktop.uid());
    place().enter(login, 1);
    assertThat(lines(doctor().out(), "fail"))
        .anyMatch(line -> line.contains("usersvcd does not show the login of pid " + login.pid()));
  }

  private static String ownOwner() throws IOException {
    return "" + Proc.uid(ProcessHandle.current().pid());
  }

  @Test
  void theRuntimeDirectoryIsLookedAt() throws IOException {
    Ran.of("chmod", "755", tree.runtime().toString()).expect(0);
    assertThat(lines(doctor().out(), "fail"))
        .contains(
            "fail  " + tree.runtime() + " has mode 0755, others may look into it; chmod 700 it");
    var unset =
        desktop.run(environment(), "env", "-u", "XDG_RUNTIME_DIR", "usersvc", "doctor", "--login");
    assertThat(lines(unset.out(), "warn"))
        .anyMatch(line -> line.contains("XDG_RUNTIME_DIR is not set"));
  }

  @Test
  void rootExaminesTheLoginsOfAUser() throws IOException {
    var words = new ArrayList<String>();
    if (!Tree.isRoot()) {
      words.addAll(List.of("unshare", "--map-root-user"));
    }
    words.addAll(List.of(Programs.image("usersvc"), "doctor", "--login", "nobody"));
    var ran =
        Ran.of(Map.of("PATH", Programs.PATH, "USERSVC_ROOT", system.toString()), words).expect(0);
    assertThat(lines(ran.out(), "warn"))
        .anyMatch(line -> line.contains("/etc/init.d/usersvc.nobody is not there"))
        .anyMatch(line -> line.contains("no usersvcd at " + system + "/run/user/"));
    assertThat(ran.out()).doesNotContain("this login");
  }

  /** A program of the user's in place of the daemon: root waits for none, and is not written to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "time.sleep(1000)",
        "while True: c.sendall(b'1 ' + b'x' * 60000 + b'\\n')",
        "c.sendall(b'1 \\033]0;pwned\\a' + b'x' * 1000 + b'\\n= 0\\n'); c.close()"
      })
  void whateverAnswersRootGoesOn(String answer) throws IOException {
    String listen =
        String.join(
            "\n",
            "import os, socket, sys, time",
            "os.makedirs(sys.argv[1] + '/usersvc'); s = socket.socket(socket.AF_UNIX)",
            "s.bind(sys.argv[1] + '/usersvc/control'); s.listen(9); print('listens', flush=True)",
            "while True:",
            "  c, _ = s.accept(); c.recv(4096)",
            "  try: " + (answer.startsWith("while") ? "\n    " : "") + answer,
            "  except OSError: pass");
    var program =
        tree.begin(
            "python3",
            "-c",
            listen,
            system + "/run/user/" + Ran.of("id", "-u", "nobody").out().strip());
    program.awaitOutput("listens");
    var ran =
        Ran.of(
            Map.of("PATH", Programs.PATH, "USERSVC_ROOT", system.toString()),
            List.of(Programs.image("usersvc"), "doctor", "--login", "nobody"));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).doesNotContain("\033").contains("/usersvc/control");
    assertThat(ran.out().lines()).allMatch(line -> line.length() < 300);
  }

  @Test
  void nothingIsChangedAndJsonSaysTheSame() throws IOException {
    var list = "find . -printf '%p %m %u %s %T@ %C@\\n' | sort";
    var before = Ran.of("sh", "-c", "cd '" + system + "'; " + list).expect(0).out();
    var text = doctor();
    var json = Document.in(doctor("--json").expect(text.status()));
    assertThat(
            json.stream().map(each -> "%-4s  %s".formatted(each.text("result"), each.text("text"))))
        .containsExactlyElementsOf(text.out().lines().toList());
    assertThat(doctor("-q").expect(text.status()).out()).isEmpty();
    assertThat(Ran.of("sh", "-c", "cd '" + system + "'; " + list).expect(0).out())
        .isEqualTo(before);
  }

  @Test
  void withoutLoginItEndsWithTheOneThingToDo() throws IOException {
    Ran absent = desktop.run(environment(), "usersvc", "doctor");
    assertThat(absent.status()).isPositive();
    assertThat(absent.out()).startsWith("fail  no usersvcd at ");
    assertThat(absent.out().lines().toList().getLast()).startsWith("to do first: no usersvcd at ");
    tree.service("web").run("exit 3");
    startDaemon();
    Await.until("a failure", () -> desktop.usersvc("list").out().contains("exit 3"));
    var json = Document.in(desktop.run(environment(), "usersvc", "doctor", "--json"));
    assertThat(json.getLast().text("result")).isEqualTo("advice");
    assertThat(json.getLast().text("text")).startsWith("web: ").endsWith("see usersvc log web");
  }

  @Test
  void wrongWordsAreUsageErrors() throws IOException {
    assertThat(desktop.usersvc("doctor", "a").expect(100).err()).contains("only with --login");
    assertThat(doctor("a", "b").expect(100).err()).contains("one user");
    assertThat(doctor("nosuch").expect(1).err()).contains("there is no user nosuch");
  }
}
