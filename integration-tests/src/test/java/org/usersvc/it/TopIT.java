package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code usersvc top} in a real terminal, that of tmux. */
@ExtendWith(TreeExtension.class)
final class TopIT {
  private static void tmux(Tree tree, String words) throws IOException {
    tree.shell("TERM=xterm tmux -S tmux -f /dev/null " + words).expect(0);
  }

  private static String screen(Tree tree, Predicate<String> wanted) throws IOException {
    return Await.answer(
        "the screen", () -> tree.shell("tmux -S tmux capture-pane -p").expect(0).out(), wanted);
  }

  @Test
  void keysActAndTheScreenFollowsServicesAndTheDaemon(Tree tree) throws IOException {
    tree.service("db").steady();
    tree.service("web").run("echo hello", "exec sleep 1000").file("down", "");
    var daemon = tree.start();
    String usersvc = Programs.image("usersvc");
    tmux(
        tree,
        "new-session -d -x 80 -y 20 'stty -g > before; " + usersvc + " top; stty -g > after; cat'");
    try {
      screen(tree, text -> text.contains("2 services, 1 ready") && text.contains("log of db"));
      tmux(tree, "send-keys / w Enter u");
      String up = screen(tree, text -> text.contains("web") && text.contains(" hello"));
      assertThat(up).contains("2 services, 2 ready", "only *w*").doesNotContain("db   ");
      tmux(tree, "resize-window -x 60 -y 10");
      screen(tree, text -> text.contains("\n-- log of web --------"));
      daemon.kill();
      screen(tree, text -> text.startsWith("usersvcd does not answer"));
      tree.start();
      screen(tree, text -> text.startsWith("2 services, 2 ready"));
      tmux(tree, "send-keys q");
      tree.shell("until [ -s after ]; do sleep 0.1; done; cmp before after").expect(0);
      assertThat(screen(tree, text -> !text.contains("services"))).isBlank();
    } finally {
      tmux(tree, "kill-server");
    }
  }
}
