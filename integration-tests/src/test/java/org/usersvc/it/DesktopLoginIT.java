package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the login to the window of a terminal, and back: PAM, OpenRC, the daemon, sway and foot. */
@Tag("root")
@ExtendWith(TreeExtension.class)
final class DesktopLoginIT {
  private static final String STOPPED = "3";

  private static void prepare(Box box, String user) throws IOException {
    box.shell("ln -s usersvc /etc/init.d/usersvc." + user).expect(0);
    box.shell("mkdir /etc/usersvc && echo grace=0 > /etc/usersvc/pam.conf").expect(0);
    String module = box.program("lib/usersvc/pam_usersvc.so");
    box.shell("echo 'session optional " + module + "' >> /etc/pam.d/common-session").expect(0);
    Files.writeString(
        box.home(user).resolve("sway.conf"),
        "exec " + box.program("bin/usersvc") + " session register\n");
    Files.writeString(
        box.home(user).resolve(".profile"),
        """
        export WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
        exec sway -c sway.conf
        """);
    box.service(user, "foot").file("needs-env", "WAYLAND_DISPLAY\n").run("exec foot");
    box.own();
  }

  private static Ran sway(Box box, String user, String... message) throws IOException {
    String socket =
        "/run/user/%d/sway-ipc.%1$d.%d.sock".formatted(box.uid(user), box.pid(user, "sway"));
    String become = box.program("lib/usersvc/usersvc-as");
    var words = new ArrayList<>(List.of(become, user, "swaymsg", "-s", socket));
    words.addAll(List.of(message));
    return box.run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec su -l USER", "exec script -qec 'login -f USER' /dev/null"})
  void aLoginBringsUpTheDesktopAndALogoutLeavesNothing(String how, Tree tree) throws IOException {
    try (var box = Box.of(tree, 1)) {
      String user = box.user(0);
      prepare(box, user);
      var login = box.start("sh", "-c", how.replace("USER", user));
      Await.until(
          "a window of foot",
          () ->
              box.pids(user, "foot").size() == 1
                  && sway(box, user, "-t", "get_tree").out().contains("\"app_id\": \"foot\""));
      String sessions = box.usersvc(user, "session", "list").expect(0).out();
      assertThat(sessions).containsPattern("(?m) wayland .* sway").containsPattern("(?m) tty ");
      Await.until( // openrc-run asks the daemon, too, before it says so
          "its start",
          () -> box.shell("rc-service usersvc." + user + " status").out().contains("started"));
      sway(box, user, "exit");
      login.awaitEnd();
      Await.until("the end of all that is the user's", () -> box.pids(user).isEmpty());
      Await.until(
          "the end of the attendant",
          () -> box.run("pgrep", "-x", "usersvc-attend").out().isEmpty());
      assertThat(box.shell("rc-service usersvc." + user + " status; echo $?").out())
          .endsWith(STOPPED + "\n");
      assertThat(box.shell("ls -A /run/user; ls /run/usersvc/" + box.uid(user)).out())
          .doesNotContainPattern("[0-9]");
    }
  }
}
