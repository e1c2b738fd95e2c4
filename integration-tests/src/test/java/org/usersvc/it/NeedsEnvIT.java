package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services with needs-env wait, start, are restarted and stop as variables come and go. */
@ExtendWith(TreeExtension.class)
final class NeedsEnvIT {
  private static Path socket(Tree tree) {
    return tree.runtime().resolve("usersvc/control");
  }

  private static String request(Running leader, String assignment) {
    return "{\"verb\":\"session\",\"words\":[\"register\",\"%s\"],\"leader\":\"%d\"}"
        .formatted(assignment, leader.pid());
  }

  private static Running register(Tree tree, String assignment) throws IOException {
    var leader = tree.begin("sleep", "1000");
    Reply.to(socket(tree), request(leader, assignment)).expect(0);
    return leader;
  }

  /** Brings variables one after the other, with no time between for any of them to come to rest. */
  private static void update(Tree tree, Daemon daemon, Running leader, String... assignments)
      throws IOException {
    daemon.signal("STOP");
    var clients = new ArrayList<Client>();
    for (String assignment : assignments) {
      clients.add(new Client(socket(tree)).send(request(leader, assignment) + "\n"));
    }
    daemon.signal("CONT");
    for (var client : clients) {
      Reply.rest(client).expect(0);
      client.close();
    }
  }

  /** A later change of the environment has its effect: no earlier one is still to come. */
  private static void settle(Tree tree, Needy last) throws IOException {
    int starts = last.starts();
    tree.usersvc("env", "set", last.variable() + "=1").expect(0);
    last.awaitStart(starts + 1);
    tree.usersvc("env", "unset", last.variable()).expect(0);
    last.awaitWaiting();
  }

  @Test
  void upDoesNotWaitForASession(Tree tree) throws IOException {
    Needy.service(tree, "bar", "WAYLAND_DISPLAY");
    tree.start();
    String usersvc = Programs.image("usersvc");
    assertThat(tree.run("env", "-u", "SVWAIT", usersvc, "up", "bar").expect(0).out())
        .isEqualTo(
            "bar: starts when a session brings WAYLAND_DISPLAY (in sway: exec usersvc session"
                + " register)\n");
    assertThat(tree.usersvc("-w", "0.1", "up", "bar").expect(1).err()).startsWith("timeout: ");
  }

  @Test
  void itWaitsRunsAndStopsAgain(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var daemon = tree.start();
    web.awaitWaiting();
    var leader = register(tree, "NEEDED=1");
    web.awaitStart(1);
    assertThat(web.given()).isEqualTo("1");
    leader.kill();
    web.awaitWaiting();
    assertThat(web.starts()).isEqualTo(1);
    assertThat(tree.usersvc("--json", "status", "web").out())
        .contains("\"deaths\":0", "\"missing_env\":[\"NEEDED\"]");
    daemon.expectLog(2, "web", "waits for NEEDED");
  }

  @Test
  void whatIsThereAtTheStartIsNotWaitedFor(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    tree.launch().with("NEEDED", "1").start();
    web.awaitStart(1);
    assertThat(web.given()).isEqualTo("1");
  }

  @Test
  void twoQuickChangesAreOneRestart(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var last = Needy.service(tree, "last", "LAST");
    var daemon = tree.start();
    var leader = register(tree, "NEEDED=1");
    web.awaitStart(1);
    update(tree, daemon, leader, "NEEDED=2", "NEEDED=3");
    web.awaitStart(2);
    settle(tree, last);
    web.awaitStart(2);
    assertThat(tree.usersvc("env").expect(0).out()).contains("NEEDED=" + web.given() + "\n");
  }

  @Test
  void aChangeThatIsTakenBackIsNone(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var last = Needy.service(tree, "last", "LAST");
    var daemon = tree.start();
    var leader = register(tree, "NEEDED=1");
    int pid = web.awaitStart(1);
    update(tree, daemon, leader, "NEEDED=2", "NEEDED=1");
    settle(tree, last);
    assertThat(web.awaitStart(1)).isEqualTo(pid);
  }

  @Test
  void otherVariablesDisturbNobody(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var free = tree.service("free").steady();
    var last = Needy.service(tree, "last", "LAST");
    var daemon = tree.start();
    var leader = register(tree, "NEEDED=1");
    int pid = web.awaitStart(1);
    int other = free.awaitUp();
    update(tree, daemon, leader, "OTHER=1");
    tree.usersvc("env", "set", "THIRD=1").expect(0);
    settle(tree, last);
    assertThat(web.awaitStart(1)).isEqualTo(pid);
    assertThat(free.awaitUp()).isEqualTo(other);
  }

  @Test
  void theValueOfAnOlderSessionIsRunOnAgain(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var last = Needy.service(tree, "last", "LAST");
    tree.start();
    register(tree, "NEEDED=old");
    web.awaitStart(1);
    var second = register(tree, "NEEDED=new");
    web.awaitStart(2);
    assertThat(web.given()).isEqualTo("new");
    second.kill();
    web.awaitStart(3);
    settle(tree, last);
    web.awaitStart(3);
    assertThat(web.given()).isEqualTo("old");
  }

  @Test
  void oneOfALineIsEnoughAndEveryLineMustHold(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "A");
    web.service().file("needs-env", "A B\n\nC\n");
    tree.start();
    web.awaitWaiting();
    tree.usersvc("env", "set", "B=1").expect(0);
    assertThat(
            Await.answer(
                "only C is missing",
                () -> tree.usersvc("status", "web").out(),
                text -> text.contains("waits for C")))
        .doesNotContain("A B");
    tree.usersvc("env", "set", "C=1").expect(0);
    web.awaitStart(1);
    tree.usersvc("env", "set", "A=1").expect(0);
    web.awaitStart(2);
    tree.usersvc("env", "unset", "B").expect(0);
    web.awaitStart(3);
    tree.usersvc("env", "unset", "C").expect(0);
    web.service().awaitDown();
  }

  @Test
  void svGivesUpOnItAndItStartsLaterAllTheSame(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    tree.start();
    web.awaitWaiting();
    var ran = tree.sv("-w", "1", "up", "web").expect(1);
    assertThat(ran.out()).startsWith("timeout: down: web: ").contains("normally up, want up");
    assertThat(tree.usersvc("-w", "1", "up", "web").expect(1).err()).contains("NEEDED");
    tree.usersvc("env", "set", "NEEDED=1").expect(0);
    web.awaitStart(1);
  }

  @Test
  void whatIsToldToBeDownStaysDownWhenItsVariableComes(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var last = Needy.service(tree, "last", "LAST");
    tree.start();
    web.awaitWaiting();
    tree.sv("down", "web").expect(0);
    tree.usersvc("env", "set", "NEEDED=1").expect(0);
    settle(tree, last);
    assertThat(web.starts()).isZero();
    tree.sv("up", "web").expect(0);
    web.awaitStart(1);
  }

  @Test
  void itsOwnDirectoryCanGiveItWhatItNeeds(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    web.service().file("env/NEEDED", "own\n");
    tree.start();
    web.awaitStart(1);
    assertThat(web.given()).isEqualTo("own");
  }

  @Test
  void aDeathIsMendedWhileTheVariableIsThere(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    tree.start();
    register(tree, "NEEDED=1");
    int pid = web.awaitStart(1);
    tree.awaitFullSecond("web");
    Ran.of("kill", "-KILL", "" + pid).expect(0);
    web.service().awaitUpAfter(pid);
    web.awaitStart(2);
  }

  @Test
  void itsLogServiceDoesNotWait(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    var log = web.service().log().run("exec cat");
    tree.start();
    int pid = log.awaitUp();
    web.awaitWaiting();
    var leader = register(tree, "NEEDED=1");
    web.awaitStart(1);
    leader.kill();
    web.awaitWaiting();
    assertThat(log.awaitUp()).isEqualTo(pid);
  }

  @Test
  void finishRunsWhenTheVariableGoes(Tree tree) throws IOException {
    var web = Needy.service(tree, "web", "NEEDED");
    web.service().script("finish", "echo \"$1 $2\" >> finished");
    tree.start();
    var leader = register(tree, "NEEDED=1");
    web.awaitStart(1);
    assertThat(Files.exists(web.service().dir().resolve("finished"))).isFalse();
    leader.kill();
    web.awaitWaiting();
    assertThat(web.service().read("finished")).isEqualTo("-1 15\n");
  }
}
