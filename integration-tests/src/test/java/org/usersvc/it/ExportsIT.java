package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that bring variables to others while they are up. */
@ExtendWith(TreeExtension.class)
final class ExportsIT {
  private static String socket(Tree tree) {
    return "SSH_AUTH_SOCK=" + tree.runtime() + "/ssh-agent.sock\n";
  }

  private static String environment(Tree tree) throws IOException {
    return tree.usersvc("env").expect(0).out();
  }

  @Test
  void anEnabledSshAgentIsFoundByServicesAndNamedAsTheSource(Tree tree) throws IOException {
    var needy = Needy.service(tree, "needy", "SSH_AUTH_SOCK");
    tree.start();
    needy.awaitWaiting();
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    assertThat(environment(tree)).contains(socket(tree));
    assertThat(tree.usersvc("env", "sources").expect(0).out())
        .containsPattern("(?m)^VARIABLE +FROM$")
        .containsPattern("(?m)^SSH_AUTH_SOCK +service ssh-agent$")
        .containsPattern("(?m)^HOME +base or environment.d$");
    needy.awaitStart(1);
    assertThat(needy.given() + "\n").isEqualTo(socket(tree).split("=", 2)[1]);
    tree.usersvc("down", "ssh-agent").expect(0);
    assertThat(environment(tree)).doesNotContain("SSH_AUTH_SOCK");
    needy.awaitWaiting();
  }

  @Test
  void theValueOfASessionStaysAndThatOfTheServiceIsBackAfterIt(Tree tree) throws IOException {
    tree.start();
    var leader = tree.begin("sleep", "1000");
    String pid = Long.toString(leader.pid());
    tree.usersvc("session", "register", "--leader", pid, "SSH_AUTH_SOCK=/of/the/session").expect(0);
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    assertThat(environment(tree)).contains("SSH_AUTH_SOCK=/of/the/session\n");
    assertThat(tree.usersvc("env", "sources").expect(0).out())
        .containsPattern("(?m)^SSH_AUTH_SOCK +session 1$");
    tree.usersvc("session", "unregister", "1").expect(0);
    assertThat(environment(tree)).contains(socket(tree));
    tree.usersvc("env", "set", "SSH_AUTH_SOCK=/by/hand").expect(0);
    assertThat(tree.usersvc("--json", "env", "sources").expect(0).out())
        .contains("\"SSH_AUTH_SOCK\":\"env set\"");
  }

  @Test
  void theyOutliveTheDaemonAndNothingIsRestarted(Tree tree) throws IOException {
    var needy = Needy.service(tree, "a-needy", "SSH_AUTH_SOCK");
    var last = Needy.service(tree, "last", "LAST");
    var daemon = tree.start();
    tree.usersvc("enable", "--now", "ssh-agent").expect(0);
    int pid = needy.awaitStart(1);
    daemon.kill();
    daemon.awaitEnd();
    tree.start();
    assertThat(environment(tree)).contains(socket(tree));
    tree.usersvc("reexec").expect(0);
    assertThat(environment(tree)).contains(socket(tree));
    tree.usersvc("env", "set", "LAST=1").expect(0);
    last.awaitStart(1);
    tree.usersvc("env", "unset", "LAST").expect(0);
    last.awaitWaiting();
    assertThat(needy.service().pid()).isEqualTo(pid);
    assertThat(needy.starts()).isEqualTo(1);
  }
}
