package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of services are bytes. They are written here as printf(1) takes them. */
@ExtendWith(TreeExtension.class)
final class OddNamesIT {
  /** 255 bytes. */
  private static final String LONG =
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
          + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
          + "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
          + "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";

  private static Ran with(Tree tree, String name, String commands) throws IOException {
    // The dot keeps the newlines at the end of a name.
    return tree.shell("n=$(printf -- '" + name + ".'); n=${n%.}; cd services; " + commands);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        " lead and trail ",
        "new\\012line",
        "newline at the end\\012",
        "u\\314\\210ml\\303\\244ut",
        "stray\\377byte",
        "half\\303",
        "surrogate\\355\\262\\200",
        "wide\\360\\237\\220\\247",
        "tab\\011bell\\007escape\\033",
        "quo\"te",
        "back\\\\slash",
        "\\\\udc80",
        "$HOME",
        "-dash",
        "100%%",
        "a=b:c;d&e|f",
        "run",
        "log",
        LONG
      })
  void aServiceMayHaveAnyName(String name, Tree tree) throws IOException {
    with(tree, name, "mkdir -- \"$n\"; echo '#!/bin/sh' > \"./$n/run\"").expect(0);
    with(tree, name, "echo 'exec sleep 1000' >> \"./$n/run\"; chmod 755 \"./$n/run\"").expect(0);
    var other = tree.service("other").steady();
    var daemon = tree.launch().with("LC_ALL", "C").start();
    daemon.ask("rescan").expect(0);
    int beside = other.awaitUp();

    String usersvc = Programs.image("usersvc");
    with(tree, name, "sv -w 30 up \"$n\"").expect(0);
    with(tree, name, usersvc + " -w 30 up -- \"$n\"").expect(0); // pid is written after status
    with(tree, name, "kill -0 \"$(cat \"./$n/supervise/pid\")\"").expect(0);
    with(tree, name, "svok \"./$n\"").expect(0);
    with(tree, name, usersvc + " status --check -- \"$n\"").expect(0);
    with(tree, name, usersvc + " -w 30 down -- \"$n\"").expect(0);
    with(tree, name, "test -z \"$(cat \"./$n/supervise/pid\")\"").expect(0);
    with(tree, name, usersvc + " -w 30 up \"./$n\"").expect(0);
    with(tree, name, "kill -0 \"$(cat \"./$n/supervise/pid\")\"").expect(0);
    assertThat(with(tree, name, usersvc + " list").expect(0).out().lines()).hasSize(3);
    assertThat(with(tree, name, usersvc + " --json list").expect(0).out().lines()).hasSize(2);
    with(tree, name, "rm -r \"./$n\"").expect(0);
    daemon.ask("rescan").expect(0);
    Await.until("one service", () -> daemon.ask("list").out().size() == 2);
    assertThat(other.pid()).isEqualTo(beside);
    assertThat(daemon.log()).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f]");
  }
}
