package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Logins where elogind and polkit are, the real ones, in the Debian that .ci/elogind-root makes.
 */
@Tag("root")
final class ElogindIT {
  private static final String MODULE = "optional /srv/usersvc/lib/usersvc/pam_usersvc.so";
  private static final String NONE = "";

  /** Where elogind puts the processes of sessions. */
  private static final Pattern CGROUP =
      Pattern.compile("^(?:[0-9]+:name=elogind|0:):/(\\w*)", Pattern.MULTILINE);

  /** A system with a user moe, who has one service; su -l has a seat, and su has none. */
  private static final class Debian extends Container {
    private final Tree tree;
    private int logins;

    Debian(String line) throws IOException {
      this(new Tree(), line);
    }

    private Debian(Tree tree, String line) throws IOException {
      super(tree, "elogind", made("elogind"), image(), line);
      this.tree = tree;
      addUser("moe");
      service("moe", "asks").run("exec sleep 4242");
      own();
      write("/etc/usersvc/pam.conf", "grace=60");
      stack("su", "required pam_elogind.so", MODULE);
      String seat = "required pam_env.so conffile=/etc/seat.conf";
      stack("su-l", seat, "required pam_elogind.so", MODULE);
    }

    private void write(String file, String... lines) throws IOException {
      Files.write(path(file), List.of(lines));
    }

    private void stack(String name, String... sessions) throws IOException {
      var lines = new ArrayList<>(List.of("auth sufficient pam_permit.so"));
      lines.add("account sufficient pam_permit.so");
      for (String session : sessions) {
        lines.add("session " + session);
      }
      write("/etc/pam.d/" + name, lines.toArray(String[]::new));
    }

    Visit login(String... su) throws IOException {
      String typed = "/tmp/typed." + ++logins;
      write("/etc/seat.conf", "XDG_SEAT DEFAULT=seat0", "XDG_VTNR DEFAULT=" + logins);
      run("mkfifo", "-m", "666", typed).expect(0);
      var words = new ArrayList<>(List.of(su));
      words.addAll(List.of("moe", "-c", "echo in $XDG_SESSION_ID; read -r line < " + typed));
      var running = start(words.toArray(String[]::new));
      return new Visit(this, running, running.awaitOutput("^in (\\w+)$").group(1), typed);
    }

    long service() throws IOException {
      return Await.answer("the service", () -> pgrep("-xf", "sleep 4242"), all -> all.size() == 1)
          .getFirst();
    }

    /** The session that a process is in. */
    String session(long pid) throws IOException {
      var found = CGROUP.matcher(shell("cat /proc/" + pid + "/cgroup").expect(0).out());
      return found.find() ? found.group(1) : "no cgroup";
    }

    void awaitSession(long pid, String wanted) throws IOException {
      Await.answer("session " + wanted, () -> session(pid), wanted::equals);
    }

    boolean mayPowerOff(long pid) throws IOException {
      var asked = "pkcheck --action-id org.freedesktop.login1.power-off --process " + pid;
      return shell(asked).status() == 0;
    }

    @Override
    public void close() throws IOException {
      super.close();
      tree.close();
    }
  }

  private record Visit(Debian debian, Running running, String id, String typed) {
    void end() throws IOException {
      debian.shell("echo > " + typed).expect(0);
      running.awaitEnd();
    }
  }

  @Test
  void servicesAreInTheNewestSessionWithASeat() throws IOException {
    try (var debian = new Debian("KillUserProcesses=no")) {
      var first = debian.login("su", "-l");
      long service = debian.service();
      debian.awaitSession(service, first.id());
      assertThat(debian.mayPowerOff(service)).isTrue();
      var away = debian.login("su");
      var second = debian.login("su", "-l");
      debian.awaitSession(service, second.id());
      second.end();
      debian.awaitSession(service, first.id());
      first.end();
      debian.awaitSession(service, NONE);
      assertThat(debian.mayPowerOff(service)).isFalse();
      var third = debian.login("su", "-l");
      debian.awaitSession(service, third.id());
      assertThat(debian.service()).isEqualTo(service);
      assertThat(List.of(away.id(), first.id())).doesNotContain(second.id(), third.id());
    }
  }

  /** Nor does the end of one login end services while there is another. */
  @Test
  void servicesAreInNoSessionThatElogindKills() throws IOException {
    try (var debian = new Debian("KillUserProcesses=yes")) {
      var first = debian.login("su", "-l");
      long service = debian.service();
      assertThat(debian.session(service)).isEqualTo(NONE);
      debian.login("su", "-l");
      first.end();
      assertThat(debian.session(service)).isEqualTo(NONE);
      assertThat(debian.service()).isEqualTo(service);
    }
  }
}
