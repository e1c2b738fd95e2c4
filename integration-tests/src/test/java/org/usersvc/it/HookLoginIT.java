package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook, under the system's sh and others. */
@Tag("root")
final class HookLoginIT extends LoginScenarios {
  @Override
  String line() {
    return Login.line("hook");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash", "bash --posix"})
  void theHookWorksUnderAnyShellAndThroughLinks(String shell) throws IOException {
    var words = shell.split(" ", 2);
    machine().shell("mkdir /run/links && ln -s links/hook /run/hook").expect(0);
    machine().shell("ln -s " + Programs.login("usersvc-session") + " /run/links/hook").expect(0);
    String program = Programs.system(words[0]) + (words.length > 1 ? " " + words[1] : "");
    machine()
        .stack(
            Machine.SERVICE,
            "optional pam_exec.so quiet seteuid " + program + " /run/hook",
            "optional pam_exec.so quiet seteuid " + program + " /run/links/nothing");
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
        "HOOK",
        "cp HOOK /run/alone && PAM_TYPE=open_session PAM_USER=larry /run/alone"
      })
  void theHookAlwaysEndsWithSuccess(String words) throws IOException {
    var ran = machine().shell(words.replace("HOOK", Programs.login("usersvc-session")));
    assertThat(ran.expect(0).out() + ran.err()).isEmpty();
  }
}
