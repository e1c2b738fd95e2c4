package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has logged in leads a session, from the login to the logout. */
@ExtendWith(TreeExtension.class)
final class LoginsIT {
  private static Running leader(Tree tree) throws IOException {
    return tree.begin("sleep", "1000");
  }

  private static List<Document> list(Tree tree) throws IOException {
    return Document.in(tree.usersvc("--json", "session", "list").expect(0));
  }

  private static List<String> names(Tree tree) throws IOException {
    return list(tree).stream().map(session -> session.text("name")).toList();
  }

  private static void awaitNames(Tree tree, String... names) throws IOException {
    Await.answer("sessions " + List.of(names), () -> names(tree), List.of(names)::equals);
  }

  private static String environment(Tree tree) throws IOException {
    return tree.usersvc("env").expect(0).out();
  }

  @Test
  void loginsAreSessionsFromTheStart(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var second = leader(tree);
    var first = leader(tree);
    place.enter(first, 1, "XDG_SESSION_ID=4", "PAM_SERVICE=sshd", "PAM_RHOST=there");
    place.enter(
        second,
        1,
        "XDG_SESSION_ID=3",
        "XDG_SESSION_TYPE=tty",
        "XDG_SESSION_CLASS=user",
        "XDG_SEAT=seat0",
        "XDG_VTNR=1",
        "PAM_SERVICE=login",
        "PAM_TTY=/dev/tty1");
    place.launch().start();
    assertThat(names(tree)).containsExactlyInAnyOrder("tty1", "sshd");
    var session =
        list(tree).stream()
            .filter(each -> each.text("name").equals("tty1"))
            .findFirst()
            .orElseThrow();
    assertThat(session.text("kind")).isEqualTo("tty");
    assertThat(session.text("leader")).isEqualTo("" + second.pid());
    assertThat(session.text("command")).isEqualTo("sleep");
    assertThat(session.inner("variables").fields())
        .isEqualTo(
            Map.of(
                "XDG_SESSION_ID", "3",
                "XDG_SESSION_TYPE", "tty",
                "XDG_SESSION_CLASS", "user",
                "XDG_SEAT", "seat0",
                "XDG_VTNR", "1"));
    assertThat(tree.usersvc("session", "show", session.text("id")).expect(0).out())
        .contains("name: tty1\n", "leader: sleep(" + second.pid() + ")\n", "XDG_VTNR=1\n");
    assertThat(environment(tree))
        .as("what belongs together comes from the newest login alone")
        .contains("XDG_SESSION_ID=4\n")
        .doesNotContain("XDG_SEAT=");
  }

  @Test
  void aSessionEndsWithTheLogoutOrWithItsLeader(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var daemon = place.launch().start();
    int descriptors = daemon.descriptorsAtRest();
    var first = leader(tree);
    var second = leader(tree);
    var entry = place.enter(first, 1, "PAM_TTY=/dev/tty1", "XDG_SEAT=seat0");
    place.enter(second, 1, "PAM_TTY=/dev/tty2");
    Await.until("both", () -> names(tree).size() == 2);
    second.kill();
    awaitNames(tree, "tty1");
    Files.delete(entry);
    awaitNames(tree);
    assertThat(first.lives()).isTrue();
    assertThat(environment(tree)).doesNotContain("XDG_SEAT");
    daemon.expectLog(1, "logged out");
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void theDirectoryIsWaitedForAndMayGo(Tree tree) throws IOException {
    var place = LoginPlace.of(tree);
    var daemon = place.launch().start();
    int descriptors = daemon.descriptorsAtRest();
    var leader = leader(tree);
    for (int i = 0; i < 3; i++) {
      place.make().enter(leader, 1, "PAM_TTY=tty1");
      awaitNames(tree, "tty1");
      Ran.of("rm", "-r", place.root().toString()).expect(0);
      awaitNames(tree);
    }
    daemon.awaitDescriptors(descriptors);
    assertThat(daemon.log()).doesNotContain("ignoring", "not noticed");
  }

  @Test
  void severalEntriesOfOneLeaderAreOneSession(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var leader = leader(tree);
    var first = place.enter(leader, 1, "PAM_TTY=/dev/tty1");
    place.launch().start();
    var second = place.enter(leader, 2, "PAM_TTY=/dev/tty2");
    var third = place.enter(leader, 3, "PAM_TTY=/dev/tty3");
    Files.delete(first);
    Files.delete(second);
    var other = leader(tree);
    place.enter(other, 1, "PAM_TTY=other");
    awaitNames(tree, "tty1", "other");
    assertThat(list(tree).getFirst().text("id")).isEqualTo("1");
    Files.delete(third);
    awaitNames(tree, "other");
  }

  @Test
  void aClientMayAddToASessionAndALoginTakesNothingFromIt(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var daemon = place.launch().start();
    var leader = leader(tree);
    String pid = "" + leader.pid();
    tree.usersvc("session", "register", "--leader", pid, "--name", "desk", "XDG_VTNR=7").expect(0);
    var entry = place.enter(leader, 1, "PAM_TTY=tty1", "XDG_VTNR=1", "XDG_SEAT=seat0");
    Await.until("the seat", () -> environment(tree).contains("XDG_SEAT=seat0\n"));
    tree.usersvc("session", "register", "--leader", pid, "A=b").expect(0);
    assertThat(names(tree)).containsExactly("desk");
    assertThat(list(tree).getFirst().inner("variables").fields())
        .isEqualTo(Map.of("XDG_VTNR", "7", "XDG_SEAT", "seat0", "A", "b"));
    daemon.kill();
    daemon.awaitEnd();
    place.launch().start();
    assertThat(list(tree).getFirst().inner("variables").fields())
        .isEqualTo(Map.of("XDG_VTNR", "7", "XDG_SEAT", "seat0", "A", "b"));
    Files.delete(entry);
    awaitNames(tree);
  }

  @Test
  void theValuesOfADesktopCountMore(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    place.launch().start();
    var desk = "" + leader(tree).pid();
    tree.usersvc("session", "register", "--leader", desk, "DISPLAY=:9", "XDG_SESSION_TYPE=x11")
        .expect(0);
    place.enter(leader(tree), 1, "PAM_TTY=ssh", "XDG_SESSION_TYPE=tty", "XDG_VTNR=3");
    Await.until("the login", () -> environment(tree).contains("XDG_VTNR=3\n"));
    assertThat(environment(tree)).contains("XDG_SESSION_TYPE=x11\n");
  }

  @Test
  void whatIsNoLoginIsIgnoredAndToldOnce(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var leader = leader(tree);
    String pid = "" + leader.pid();
    place.enter(leader, 1, "PAM_TTY=tty1", "nonsense");
    place.enter("0.0.1");
    LoginPlace.spoil(place.enter(leader, 3, "PAM_TTY=tty3"));
    Ran.of("mkfifo", place.dir().resolve(LoginPlace.name(leader, 4)).toString()).expect(0);
    Files.createSymbolicLink(
        place.dir().resolve(LoginPlace.name(leader, 5)), place.enter("good", "PAM_TTY=tty5"));
    place.enter(pid + ".1.6", "PAM_TTY=another process had that pid");
    place.enter("lock");
    place.enter(".half");
    var daemon = place.launch().start();
    assertThat(names(tree)).isEmpty();
    var last = leader(tree);
    place.enter(last, 1, "PAM_TTY=last");
    awaitNames(tree, "last");
    daemon.expectLog(5, "ignoring it");
    assertThat(daemon.log())
        .contains(
            LoginPlace.name(leader, 1) + ": line 2 says 'nonsense' and has to be NAME=VALUE",
            "0.0.1: its name has to be PID.START.N",
            LoginPlace.name(leader, 4) + " is no plain file; remove it",
            LoginPlace.name(leader, 5) + " is no plain file; remove it")
        .containsPattern(
            LoginPlace.name(leader, 3) + " (belongs to uid 4242 and has to be root's|has mode)");
  }

  @Test
  void aDirectoryOfSomebodyElseCountsNothing(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    place.enter(leader(tree), 1, "PAM_TTY=tty1");
    place.linger();
    LoginPlace.spoil(place.dir());
    var web = tree.service("web").steady();
    var daemon = place.launch().start();
    assertThat(names(tree)).isEmpty();
    web.awaitUp();
    daemon.expectLog(1, place.dir() + " ", "ignoring it");
  }

  @Test
  void theNextDaemonTakesSessionsOverOnce(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var daemon = place.launch().start();
    var stays = leader(tree);
    place.enter(stays, 1, "PAM_TTY=stays");
    awaitNames(tree, "stays");
    var goes = place.enter(leader(tree), 1, "PAM_TTY=goes");
    awaitNames(tree, "stays", "goes");
    tree.usersvc("reexec").expect(0);
    assertThat(names(tree)).containsExactly("stays", "goes");
    daemon.kill();
    daemon.awaitEnd();
    Files.delete(goes);
    place.enter(leader(tree), 1, "PAM_TTY=comes");
    daemon = place.launch().start();
    assertThat(names(tree)).containsExactly("stays", "comes");
    assertThat(list(tree).getFirst().text("id")).isEqualTo("1");
    daemon.expectLog(1, "logged out");
    stays.kill();
    awaitNames(tree, "comes");
  }

  @Test
  void anUnprivilegedUserHasThemToo(Tree tree) throws IOException {
    int uid = Tree.isRoot() ? 4711 : Proc.uid(ProcessHandle.current().pid());
    var place = LoginPlace.of(tree, uid).make();
    var leader = leader(tree);
    var launch = place.launch().unprivileged(uid);
    Ran.of("chmod", "755", tree.root().toString()).expect(0);
    place.enter(leader, 1, "PAM_TTY=tty1");
    launch.start();
    awaitNames(tree, "tty1");
    leader.kill();
    awaitNames(tree);
  }

  @Test
  void theBusKnowsThem(Tree tree) throws IOException {
    var place = LoginPlace.of(tree).make();
    var bus = Bus.usual(Desktop.ofOurselves(tree));
    place.launch().start();
    bus.awaitManager();
    awaitNames(tree, "bus");
    var monitor = bus.monitor();
    var entry = place.enter(leader(tree), 1, "PAM_TTY=tty1", "XDG_SEAT=seat0");
    awaitNames(tree, "bus", "tty1");
    var path = "/org/usersvc1/session/2";
    assertThat(bus.property(path, "org.usersvc1.Session", "Name")).isEqualTo("(<'tty1'>,)");
    assertThat(bus.property(path, "org.usersvc1.Session", "Variables"))
        .isEqualTo("(<{'XDG_SEAT': 'seat0'}>,)");
    Files.delete(entry);
    monitor.awaitOutput("InterfacesRemoved.*" + path);
  }
}
