package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows which end of run. */
@ExtendWith(TreeExtension.class)
final class RestartRuleIT {
  private static final int UID = 54_321;

  private static void awaitStatus(Daemon daemon, String text) throws IOException {
    Await.answer(
        text, () -> daemon.ask("status", "web").out().getLast(), now -> now.contains(text));
  }

  @Test
  void whatIsNotToBeRestartedStaysDownAndHasFailed(Tree tree) throws IOException {
    var web = tree.service("web").file("restart", "no").run("echo >> runs", "exit 3");
    var daemon = tree.start();
    awaitStatus(daemon, "failed");
    assertThat(web.read("runs")).isEqualTo("\n");
    assertThat(tree.sv("status", "web").expect(0).out()).startsWith("down: web: ");
    assertThat(daemon.ask("up", "web").expect(1).err())
        .containsExactly("fail: web: run ended at once: exit 3; it stays down until it is told up");
    web.awaitText("runs", "\n\n");
    awaitStatus(daemon, "failed");
  }

  @Test
  void aGoodEndOfWhatIsRestartedOnFailureIsTheLast(Tree tree) throws IOException {
    var web = tree.service("web").file("restart", "on-failure");
    web.run("echo >> runs", "test \"$(wc -l < runs)\" -ge 2");
    var daemon = tree.start();
    web.awaitText("runs", "\n\n");
    Await.answer(
        "down for good",
        () -> daemon.ask("status", "web").out().getLast(),
        now -> now.contains(" down ") && now.contains("last exit 0"));
    assertThat(daemon.ask("status", "web").out().getLast()).doesNotContain("failed");
    assertThat(web.read("runs")).isEqualTo("\n\n");
  }

  @Test
  void finish125KeepsTheServiceDown(Tree tree) throws IOException {
    var web = tree.service("web").run("echo >> runs", "exit 1").script("finish", "exit 125");
    var daemon = tree.start();
    awaitStatus(daemon, "failed");
    assertThat(web.read("runs")).isEqualTo("\n");
  }

  @Test
  void aOneshotIsShownAsDoneAndAsDownToSv(Tree tree) throws IOException {
    var web = tree.service("web").file("type", "oneshot").run("echo >> runs");
    var daemon = tree.start();
    awaitStatus(daemon, "done");
    daemon.ask("up", "web").expect(0);
    assertThat(tree.sv("status", "web").expect(0).out()).startsWith("down: web: ");
    daemon.ask("restart", "web").expect(0);
    assertThat(web.read("runs")).isEqualTo("\n\n");
  }

  @Test
  void theDelayAndItsReasonAreShown(Tree tree) throws IOException {
    tree.service("web").run("exit 4");
    var daemon = tree.start();
    awaitStatus(daemon, "next start in 4s");
    Await.answer(
        "why it waits",
        () -> daemon.ask("list").out().toString(),
        text -> text.contains("backoff") && text.contains("exit 4"));
  }

  @Test
  void whatSetsidLeavesBehindIsTheService(Tree tree) throws IOException {
    var web = tree.service("web").run("echo >> runs", "exec setsid sleep 1000");
    tree.start();
    int pid =
        Await.answer("sleep", web::awaitUp, now -> Proc.commandLine(now).equals("sleep 1000"));
    assertThat(Proc.session(pid)).isEqualTo(pid);
    tree.awaitFullSecond("web");
    assertThat(web.awaitUp()).isEqualTo(pid);
    assertThat(web.read("runs")).isEqualTo("\n");
    Ran.of("kill", "-KILL", Integer.toString(pid)).expect(0);
    int next = web.awaitUpAfter(pid);
    assertThat(next).isNotEqualTo(pid);
    web.awaitText("runs", "\n\n");
    int second =
        Await.answer("sleep", web::awaitUp, now -> Proc.commandLine(now).equals("sleep 1000"));
    tree.sv("down", "web").expect(0);
    web.awaitDown();
    Proc.awaitGone(second);
    assertThat(web.read("runs")).isEqualTo("\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"setsid", "env -i setsid"})
  void whatSetsidLeavesIsTakenOverAsOneProcess(String words, Tree tree) throws IOException {
    var web = tree.service("web").run("echo >> runs", "exec " + words + " sleep 1000");
    var daemon = tree.start();
    int pid =
        Await.answer("sleep", web::awaitUp, now -> Proc.commandLine(now).equals("sleep 1000"));
    assertThat(tree.usersvc("reexec").expect(0).out()).contains("pid");
    assertThat(web.awaitUp()).isEqualTo(pid);
    daemon.kill();
    daemon.awaitEnd();
    daemon = tree.start();
    assertThat(web.awaitUp()).isEqualTo(pid);
    assertThat(web.read("runs")).isEqualTo("\n");
    assertThat(daemon.ask("list").out().getLast()).contains("web", Integer.toString(pid));
    tree.sv("down", "web").expect(0);
    web.awaitDown();
    Proc.awaitGone(pid);
    assertThat(web.read("runs")).isEqualTo("\n");
  }

  private static int awaitOne(Service service, String command) throws IOException {
    return Await.answer(
        service.name(), service::awaitUp, now -> Proc.commandLine(now).equals(command));
  }

  /** As a user whose ssh-agent shows him nothing; what setsid has left is not seen by root only. */
  @Test
  void whateverSetsidStartsAndWheneverThereIsOneOfIt(Tree tree) throws IOException {
    var late = tree.service("late").run("echo >> runs", "sleep 5.1", "exec setsid sleep 1001");
    var helped =
        tree.service("helped")
            .run("echo >> runs", "sleep 1002 & echo $! > helper", "exec setsid sleep 1003");
    String away = "cd /; exec > /dev/null 2>&1 < /dev/null";
    var bare = tree.service("bare").run("echo >> runs", away, "exec setsid env -i sleep 1004");
    var agents = new ArrayList<Service>();
    for (String name : new String[] {"one", "two"}) {
      String run = "exec setsid ssh-agent -D -a \"$XDG_RUNTIME_DIR/%s.socket\"".formatted(name);
      agents.add(tree.service(name).run("echo >> runs", run));
    }
    var daemon = tree.launch().unprivileged(UID).start();
    for (var agent : agents) {
      awaitOne(agent, "ssh-agent -D -a %s/%s.socket".formatted(tree.runtime(), agent.name()));
    }
    awaitOne(helped, "sleep 1003");
    awaitOne(bare, "sleep 1004");
    int pid = awaitOne(late, "sleep 1001");
    for (var service : List.of(late, helped, bare, agents.getFirst(), agents.getLast())) {
      assertThat(service.read("runs")).isEqualTo("\n");
    }
    tree.usersvc("down", "bare", "one", "two").expect(0);
    daemon.kill();
    daemon.awaitEnd();
    tree.shell("rm -rf run/usersvc/state .local/state/usersvc/claims*").expect(0);
    tree.launch().unprivileged(UID).start();
    assertThat(late.awaitUp()).isEqualTo(pid);
    assertThat(late.read("runs")).isEqualTo("\n");
    tree.usersvc("down", "late", "helped").expect(0);
    tree.shell("kill $(cat " + helped.dir().resolve("helper") + ")").expect(0);
    Proc.awaitGone(pid);
  }

  @Test
  void whatSetsidWaitsForIsToldWhatRunIsTold(Tree tree) throws IOException {
    var web = tree.service("web").run("exec setsid -w sleep 1005");
    tree.start();
    int setsid = awaitOne(web, "setsid -w sleep 1005");
    long child =
        Await.answer(
                "sleep",
                () -> Proc.childrenOf(setsid),
                all -> !all.isEmpty() && Proc.commandLine(all.getFirst()).equals("sleep 1005"))
            .getFirst();
    tree.usersvc("restart", "web").expect(0);
    Proc.awaitGone(child);
    int next = awaitOne(web, "setsid -w sleep 1005");
    assertThat(next).isNotEqualTo(setsid);
    long nextChild =
        Await.answer("sleep", () -> Proc.childrenOf(next), all -> !all.isEmpty()).getFirst();
    tree.usersvc("down", "web").expect(0);
    Proc.awaitGone(nextChild);
  }
}
