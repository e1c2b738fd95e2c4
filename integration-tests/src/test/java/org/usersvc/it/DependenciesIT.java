package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that need one another, with real scripts that write down when they begin and end. */
@ExtendWith(TreeExtension.class)
final class DependenciesIT {
  /** Writes {@code +NAME} when it begins and {@code -NAME} when it is told to end. */
  private static Service recorded(Tree tree, String name, String... needs) throws IOException {
    var service = tree.service(name);
    for (String need : needs) {
      service.file("dependencies.d/" + need, "");
    }
    var order = tree.root().resolve("order");
    return service.run(
        "trap 'echo -" + name + " >> " + order + "; exit 0' TERM",
        "echo +" + name + " >> " + order,
        "test -e notification-fd && echo >&3",
        "while :; do sleep 1000 & wait; done");
  }

  private static List<String> order(Tree tree) throws IOException {
    return Files.readAllLines(tree.root().resolve("order"));
  }

  private static void awaitOrder(Tree tree, String... lines) throws IOException {
    assertThat(Await.answer("what happens", () -> order(tree), now -> now.size() >= lines.length))
        .containsExactly(lines);
  }

  @Test
  void startInOrderEndInOrderAndComeBack(Tree tree) throws IOException {
    recorded(tree, "a", "b");
    recorded(tree, "b", "c").file("notification-fd", "3");
    recorded(tree, "c").file("notification-fd", "3");
    var daemon = tree.start();
    awaitOrder(tree, "+c", "+b", "+a");
    daemon.ask("down", "c").expect(0);
    awaitOrder(tree, "+c", "+b", "+a", "-a", "-b", "-c");
    assertThat(daemon.ask("status", "a").out().toString()).contains("waits for service b");
    daemon.ask("up", "c").expect(0);
    awaitOrder(tree, "+c", "+b", "+a", "-a", "-b", "-c", "+c", "+b", "+a");
    daemon.signal("TERM");
    assertThat(daemon.awaitEnd()).isZero();
    assertThat(order(tree).subList(9, 12)).containsExactly("-a", "-b", "-c");
  }

  @Test
  void whatIsRemovedEndsAfterWhatNeedsIt(Tree tree) throws IOException {
    recorded(tree, "a", "b");
    var b = recorded(tree, "b").file("notification-fd", "3");
    tree.start();
    awaitOrder(tree, "+b", "+a");
    b.moveTo(tree.root().resolve("b"));
    awaitOrder(tree, "+b", "+a", "-a", "-b");
  }

  @Test
  void aOneshotRunsBeforeWhatNeedsItAndIsUndoneAfterIt(Tree tree) throws IOException {
    recorded(tree, "a", "mount");
    var mount = tree.service("mount").file("type", "oneshot");
    mount.script("finish", "echo -mount >> ../../order").run("echo +mount >> ../../order");
    var daemon = tree.start();
    awaitOrder(tree, "+mount", "+a");
    assertThat(daemon.ask("status", "mount").out().toString()).contains("done");
    daemon.ask("down", "mount").expect(0);
    awaitOrder(tree, "+mount", "+a", "-a", "-mount");
  }

  @Test
  void cyclesAndMissingNamesAreToldAndHoldOnlyTheirOwn(Tree tree) throws IOException {
    recorded(tree, "a", "b");
    recorded(tree, "b", "a");
    recorded(tree, "c", "nobody");
    var d = recorded(tree, "d");
    var daemon = tree.start();
    d.awaitUp();
    assertThat(daemon.awaitLog("a -> b -> a")).contains("wait for one another");
    assertThat(daemon.awaitLog("c: depends on nobody")).contains("enable it");
    awaitOrder(tree, "+d");
    assertThat(daemon.ask("tree").out())
        .containsExactly(
            "c (waiting)",
            "`- nobody (does not exist)",
            "d (run)",
            "a (waiting)",
            "`- b (waiting)",
            "   `- a (waiting) ...");
  }
}
