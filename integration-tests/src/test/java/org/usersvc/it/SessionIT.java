package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are registered by hand; any process can lead one. */
@ExtendWith(TreeExtension.class)
final class SessionIT {
  private static final int MOST = 64;

  private static Running leader(Tree tree) throws IOException {
    return tree.begin("sleep", "1000");
  }

  private static Ran register(Tree tree, Running leader, String... words) throws IOException {
    var all = new ArrayList<>(List.of("session", "register", "--leader", "" + leader.pid()));
    all.addAll(List.of(words));
    return tree.usersvc(all.toArray(String[]::new));
  }

  private static List<Document> list(Tree tree) throws IOException {
    return Document.in(tree.usersvc("--json", "session", "list").expect(0));
  }

  private static void awaitNone(Tree tree) throws IOException {
    Await.answer("the end of all sessions", () -> list(tree), List::isEmpty);
  }

  private static String environment(Tree tree) throws IOException {
    return tree.usersvc("env").expect(0).out();
  }

  @Test
  void aSessionIsListedAndShownUntilItIsEnded(Tree tree) throws IOException {
    tree.start();
    assertThat(tree.usersvc("session", "list").expect(0).out()).isEmpty();
    var leader = leader(tree);
    var said = register(tree, leader, "--name", "desk", "DISPLAY=:9", "A=b").expect(0).out();
    assertThat(said).isEqualTo("session 1 (sleep, pid " + leader.pid() + "): 2 variables\n");
    assertThat(tree.usersvc("session", "list").expect(0).out())
        .containsPattern("(?m)^ID +KIND +LEADER +FOR +VARIABLES +NAME$")
        .containsPattern("(?m)^1 +x11 +sleep\\(" + leader.pid() + "\\) +\\d+s +2 +desk$");
    assertThat(tree.usersvc("session", "show", "1").expect(0).out())
        .contains("name: desk\n", "leader: sleep(" + leader.pid() + ")\n", "DISPLAY=:9\nA=b\n");
    tree.usersvc("session", "unregister", "1").expect(0);
    assertThat(list(tree)).isEmpty();
    assertThat(environment(tree)).doesNotContain("DISPLAY=", "A=b");
    assertThat(leader.lives()).isTrue();
  }

  @Test
  void jsonHasAllOfASession(Tree tree) throws IOException {
    tree.start();
    var leader = leader(tree);
    register(tree, leader, "--name", "desk", "WAYLAND_DISPLAY=none", "A=b").expect(0);
    var session = list(tree).getFirst();
    assertThat(session.text("id")).isEqualTo("1");
    assertThat(session.text("name")).isEqualTo("desk");
    assertThat(session.text("kind")).isEqualTo("wayland");
    assertThat(session.text("leader")).isEqualTo("" + leader.pid());
    assertThat(session.text("command")).isEqualTo("sleep");
    assertThat(session.inner("variables").fields())
        .containsExactly(entry("WAYLAND_DISPLAY", "none"), entry("A", "b"));
    assertThat(Document.in(tree.usersvc("--json", "session", "show", "1").expect(0)))
        .containsExactly(session);
  }

  private static Map.Entry<String, Object> entry(String name, String value) {
    return Map.entry(name, value);
  }

  @Test
  void aSessionEndsWithItsLeader(Tree tree) throws IOException {
    var daemon = tree.start();
    var leader = leader(tree);
    register(tree, leader, "A=b").expect(0);
    assertThat(environment(tree)).contains("A=b\n");
    leader.kill();
    awaitNone(tree);
    assertThat(environment(tree)).doesNotContain("A=b");
    daemon.expectLog(1, "session 1", "its leader has ended");
  }

  @Test
  void registeringAgainUpdates(Tree tree) throws IOException {
    tree.start();
    var leader = leader(tree);
    register(tree, leader, "--name", "desk", "A=1", "B=2").expect(0);
    register(tree, leader, "B=3", "C=4").expect(0);
    var session = list(tree).getFirst();
    assertThat(list(tree)).hasSize(1);
    assertThat(session.text("id")).isEqualTo("1");
    assertThat(session.text("name")).isEqualTo("desk");
    assertThat(session.inner("variables").fields())
        .containsExactly(entry("A", "1"), entry("B", "3"), entry("C", "4"));
  }

  @Test
  void theNewestWinsAndTheOneBeforeComesBack(Tree tree) throws IOException {
    tree.start();
    register(tree, leader(tree), "A=old", "B=old").expect(0);
    var second = leader(tree);
    register(tree, second, "A=new").expect(0);
    assertThat(environment(tree)).contains("A=new\n", "B=old\n");
    second.kill();
    Await.until("the old value", () -> environment(tree).contains("A=old\n"));
    assertThat(environment(tree)).contains("B=old\n");
  }

  @Test
  void aDisplayCountsMoreThanATerminalThatCameLater(Tree tree) throws IOException {
    tree.start();
    register(tree, leader(tree), "WAYLAND_DISPLAY=none", "A=desktop").expect(0);
    register(tree, leader(tree), "A=terminal", "B=terminal").expect(0);
    assertThat(environment(tree)).contains("A=desktop\n", "B=terminal\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1A=b", "A-B=c", "=x", "A B=1", "A.B", "A$B=1"})
  void aNameThatNoVariableCanHaveIsRefused(String word, Tree tree) throws IOException {
    tree.start();
    var refused = register(tree, leader(tree), "GOOD=1", word).expect(1);
    assertThat(refused.err()).contains("'" + word.split("=", 2)[0] + "'", "leaving it out");
    assertThat(list(tree).getFirst().inner("variables").fields())
        .as("the others are taken")
        .containsExactly(entry("GOOD", "1"));
  }

  @Test
  void namesTakeTheValuesThatTheClientHas(Tree tree) throws IOException {
    tree.start();
    var leader = leader(tree);
    var words = Programs.image("usersvc") + " session register --leader " + leader.pid();
    var ran = tree.shell("A='x y' B=z DISPLAY=:3; export A B DISPLAY; " + words + " A NONE");
    assertThat(ran.expect(0).err()).contains("NONE");
    assertThat(list(tree).getFirst().inner("variables").fields())
        .containsExactly(entry("A", "x y"));
    tree.shell("DISPLAY=:3 A=1 " + words).expect(0);
    assertThat(list(tree).getFirst().inner("variables").fields())
        .containsExactly(entry("A", "x y"), entry("DISPLAY", ":3"));
    tree.shell("B=2 " + words + " --all").expect(0);
    assertThat(list(tree).getFirst().inner("variables").fields())
        .containsEntry("B", "2")
        .containsEntry("HOME", tree.root().toString());
  }

  @Test
  void withoutAnythingToRegisterItSaysSo(Tree tree) throws IOException {
    tree.start();
    assertThat(register(tree, leader(tree)).expect(1).err()).contains("nothing to register");
    assertThat(list(tree)).isEmpty();
  }

  @Test
  void aLeaderThatIsGoneIsRefused(Tree tree) throws IOException {
    tree.start();
    var leader = leader(tree);
    leader.kill();
    assertThat(register(tree, leader, "A=b").expect(1).err()).contains("pid " + leader.pid());
    assertThat(list(tree)).isEmpty();
  }

  @Test
  void aLeaderThatHasEndedAndWaitsForItsParentIsNone(Tree tree) throws IOException {
    tree.start();
    var parent = tree.begin("sh", "-c", "sleep 0.01 & echo child $!; exec sleep 1000");
    var zombie = parent.awaitOutput("^child ([0-9]+)$").group(1);
    Await.until("a zombie", () -> !Proc.zombiesOf(parent.pid()).isEmpty());
    tree.usersvc("session", "register", "--leader", zombie, "A=b");
    awaitNone(tree);
    assertThat(environment(tree)).doesNotContain("A=b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999"})
  void aLeaderThatIsNoNumberIsAWrongCommandLine(String leader, Tree tree) throws IOException {
    tree.start();
    var ran = tree.usersvc("session", "register", "--leader=" + leader, "A=b").expect(100);
    assertThat(ran.err()).contains("leader");
  }

  @Test
  void withoutALeaderTheCallerOfTheClientLeads(Tree tree) throws IOException {
    tree.start();
    var caller =
        tree.begin(
            "sh", "-c", Programs.image("usersvc") + " session register A=b; exec sleep 1000");
    assertThat(caller.awaitOutput("^session 1 .*$").group()).contains("pid " + caller.pid());
    assertThat(environment(tree)).contains("A=b\n");
    caller.kill();
    awaitNone(tree);
  }

  @Test
  void sixtyFourAreTheMost(Tree tree) throws IOException {
    var daemon = tree.start();
    int descriptors = daemon.descriptorsAtRest();
    var leaders = new ArrayList<Running>();
    for (int i = 0; i < MOST; i++) {
      leaders.add(leader(tree));
      register(tree, leaders.getLast(), "A=" + i).expect(0);
    }
    var late = leader(tree);
    assertThat(register(tree, late, "A=late").expect(1).err()).contains("64 sessions");
    assertThat(list(tree)).hasSize(MOST);
    register(tree, leaders.getFirst(), "A=again").expect(0);
    tree.usersvc("session", "unregister", "64").expect(0);
    register(tree, late, "A=late").expect(0);
    assertThat(environment(tree)).contains("A=late\n");
    late.kill();
    leaders.forEach(Running::kill);
    awaitNone(tree);
    assertThat(environment(tree)).doesNotContain("A=");
    daemon.awaitDescriptors(descriptors);
  }

  @Test
  void whatIsNotThereCannotBeShownOrEnded(Tree tree) throws IOException {
    tree.start();
    assertThat(tree.usersvc("session", "show", "7").expect(1).err()).contains("no session 7");
    assertThat(tree.usersvc("session", "unregister", "7").expect(1).err()).contains("7");
    assertThat(tree.usersvc("session", "show").expect(1).err()).contains("session list");
    assertThat(tree.usersvc("session", "show", "x").expect(100).err()).contains("'x'");
    assertThat(tree.usersvc("session", "nosuch").expect(100).err()).contains("register");
    assertThat(tree.usersvc("session").expect(100).err()).contains("register");
  }
}
