package org.usersvc.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.supervise.TreeFixture;
import org.usersvc.daemon.view.ServiceView;

/** How the last run ended, as JSON and as finish is told it. */
final class LastExitTest {
  @TempDir private Path root;
  private TreeFixture tree;

  @BeforeEach
  void begin() throws IOException {
    tree = new TreeFixture(root);
    TreeFixture.script(tree.service("foo"), "finish");
    tree.start();
  }

  @AfterEach
  void end() {
    tree.close();
  }

  private ServiceView view() {
    return tree.find("foo").view();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3;0;'\"last_exit\":{\"code\":3}'",
        "0;15;'\"last_exit\":{\"signal\":\"TERM\",\"core\":false}'",
        "-1;0;'\"last_exit\":{\"unknown\":true}'"
      })
  void jsonSaysOnlyWhatIsKnown(int code, int signal, String expected) {
    tree.exit("foo/run", new ExitStatus(code, signal, false));
    assertThat(Json.service(view())).contains(expected);
  }

  @Test
  void textSaysThatItIsUnknown() {
    tree.exit("foo/run", ExitStatus.UNKNOWN);
    assertThat(StatusLine.withReason(view())).contains("last run: unknown");
  }

  @Test
  void whatCannotStartIsToldUntilItStarts() {
    tree.processes.refuse("foo/run", Errno.EACCES);
    tree.exit("foo/run", ExitStatus.exited(1));
    tree.exit("foo/finish", ExitStatus.exited(0));
    tree.advance(Duration.ofSeconds(1));
    tree.exit("foo/finish", ExitStatus.exited(0));
    assertThat(StatusLine.withReason(view())).contains(", cannot start ", "/foo/run: ");
    assertThat(Json.service(view())).contains("\"trouble\":\"cannot start ");
    tree.processes.refuse("foo/run", 0);
    tree.advance(Duration.ofSeconds(60));
    assertThat(StatusLine.withReason(view())).doesNotContain("cannot start");
    assertThat(Json.service(view())).doesNotContain("trouble");
  }
}
