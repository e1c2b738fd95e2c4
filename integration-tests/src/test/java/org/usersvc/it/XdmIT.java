package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** X sessions as xdm begins them, which only resets its server when they end. */
@Tag("root")
@ExtendWith(TreeExtension.class)
final class XdmIT {
  private static final String WHAT = "xdm, two users in turn on one server";

  /** A user with a daemon of his own, a service that needs a display, and a session. */
  private record User(Box box, String name, Needy needy) {
    static User in(Box box, Tree tree, int number, String service) throws IOException {
      String name = box.user(number);
      var needy = Needy.of(tree, box.service(name, service), "DISPLAY");
      var script = box.home(name).resolve(".xsession");
      Files.write(
          script,
          List.of(
              "#!/bin/sh",
              "export XDG_RUNTIME_DIR=/run/user/" + box.uid(name),
              "echo $$ > session",
              "printf 'DISPLAY=%s\\nXAUTHORITY=%s\\n' \"$DISPLAY\" \"$XAUTHORITY\" > given",
              "usersvc session register",
              "exec sleep 1000"));
      Ran.of("chmod", "755", script.toString()).expect(0);
      // What xdm cannot write to, so that it makes another file and says which in XAUTHORITY.
      Files.createDirectory(box.home(name).resolve(".Xauthority"));
      box.own();
      box.start(box.program("lib/usersvc/usersvc-as"), name);
      return new User(box, name, needy);
    }

    /** What his daemon says of the service, of sessions, and last of the environment. */
    private String said() throws IOException {
      String words = "usersvc status " + needy.name() + " && usersvc session list && usersvc env";
      return box.run(box.program("lib/usersvc/usersvc-as"), name, "sh", "-c", words)
          .expect(0)
          .out();
    }

    void awaitDaemon() throws IOException {
      var socket = box.path("/run/user/" + box.uid(name) + "/usersvc/control");
      Await.until(
          "the daemon of " + name,
          () -> Files.exists(socket) && box.usersvc(name, "version").status() == 0);
    }

    private Status status() throws IOException {
      var link = needy.service().dir().resolve("supervise");
      return Status.read(box.path(Files.readSymbolicLink(link).toString()).resolve("status"));
    }

    /** Waits until he has no session, and his service and his daemon have nothing of one. */
    void awaitNothing() throws IOException {
      Await.answer(needy.name() + " to be down", this::status, Status::isDown);
      String said =
          Await.answer("no session of " + name, this::said, text -> !text.contains(" x11 "));
      assertThat(said)
          .containsPattern("(?m)^" + needy.name() + " +waiting .*DISPLAY")
          .doesNotContain("DISPLAY=", "XAUTHORITY=");
    }

    /** Waits until his service has started that often, with what his session was given. */
    void awaitSession(int starts, long server) throws IOException {
      needy.awaitStarts(starts);
      var given = Files.readAllLines(box.home(name).resolve("given"));
      assertThat(given).contains("DISPLAY=" + Xdm.DISPLAY).doesNotContain("XAUTHORITY=");
      int pid = Await.answer(needy.name() + " to be up", this::status, Status::isUp).pid();
      assertThat(box.environment(pid)).containsAll(given);
      String said = said();
      assertThat(said.lines()).containsAll(given);
      assertThat(said).containsPattern(" x11 +Xvfb\\(" + server + "\\)");
    }

    void logout() throws IOException {
      box.signal(
          "TERM", Long.parseLong(Files.readString(box.home(name).resolve("session")).strip()));
    }
  }

  @Test
  void eachUserHasTheDisplayAsLongAsHeIsLoggedIn(Tree tree) throws IOException {
    try (var box = Box.of(tree, 2)) {
      var first = User.in(box, tree, 0, "first");
      var second = User.in(box, tree, 1, "second");
      first.awaitDaemon();
      second.awaitDaemon();
      first.awaitNothing();
      second.awaitNothing();
      try (var xdm = Xdm.start(box)) {
        xdm.awaitGreeter();
        long server = xdm.server();
        for (int login = 1; login <= 3; login++) {
          var user = login == 2 ? second : first;
          xdm.login(user.name());
          user.awaitSession((login + 1) / 2, server);
          (login == 2 ? first : second).awaitNothing();
          user.logout();
          user.awaitNothing();
          xdm.awaitGreeter();
          assertThat(xdm.server()).isEqualTo(server);
        }
      }
      first.needy().row(WHAT, 2);
      second.needy().row(WHAT, 1);
    }
  }
}
