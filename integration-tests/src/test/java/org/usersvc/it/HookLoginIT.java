package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook. */
@Tag("root")
final class HookLoginIT extends LoginScenarios {
  @Override
  String line() {
    return Login.line("hook");
  }

  @Test
  void theHookWorksThroughLinks() throws IOException {
    machine().shell("mkdir /run/links && ln -s links/hook /run/hook").expect(0);
    machine().shell("ln -s " + Programs.login("usersvc-session") + " /run/links/hook").expect(0);
    String exec = "optional pam_exec.so type=open_session quiet seteuid ";
    machine().stack(Machine.SERVICE, exec + "/run/hook", exec + "/run/links/nothing");
    served().close();
    awaitSaid("larry", "start ([0-9]+)\nstop \\1\n");
  }

  /** Whatever it is called for, and whatever is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PAM_TYPE=auth HOOK",
        "PAM_TYPE=open_session HOOK",
        "PAM_TYPE=open_session PAM_USER=nosuchuser HOOK",
        "PAM_TYPE=close_session PAM_USER=larry HOOK",
        "HOOK"
      })
  void theHookAlwaysEndsWithSuccess(String words) throws IOException {
    var ran = machine().shell(words.replace("HOOK", Programs.login("usersvc-session")));
    assertThat(ran.expect(0).out() + ran.err()).isEmpty();
  }

  @Test
  void aHookWithoutTheAttendantSaysSo() throws IOException {
    machine().shell("cp " + Programs.login("usersvc-session") + " /run/alone").expect(0);
    machine().shell("PAM_TYPE=open_session PAM_USER=larry /run/alone").expect(0);
    String said = "usersvc: /run/usersvc-attend: No such file or directory; install";
    Await.until("the message", () -> machine().syslog().contains(said));
  }
}
