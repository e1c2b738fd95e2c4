package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** usersvc env, as a client sees it. */
final class EnvironmentVerbsTest {
  private static final int NO_PROCESS = 999_999_999;

  @TempDir private Path root;
  private BackendFixture fixture;
  private int client;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
    client = fixture.client(Map.of("A", "own"));
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private List<String> env(String words) {
    return env(words, "");
  }

  private List<String> env(String words, String more) {
    return fixture.ask(client, "'verb':'env','words':[" + words + "]" + more);
  }

  @Test
  void allThatIsSetHasOneMebibyte() {
    String value = "v".repeat(100_000);
    for (int i = 0; i < 10; i++) {
      assertThat(env("'set','V" + i + "=" + value + "'")).containsExactly("= 0");
    }
    assertThat(env("'set','V10=" + value + "'"))
        .containsExactly(
            "2 usersvc: the value of V10 is too much: all that sessions bring and that is set by"
                + " hand has 1 MiB at most; unset some, or end a session",
            "= 1");
    assertThat(env("'set','V9=short'")).containsExactly("= 0");
    assertThat(env("'set','V10=" + "v".repeat(90_000) + "'")).containsExactly("= 0");
  }

  @Test
  void theEnvironmentIsPrintedALineAVariable() {
    assertThat(env("'set','A=1\\n2','B=it is\u00fc','C=\\udcff'")).containsExactly("= 0");
    assertThat(env(""))
        .containsExactly("HOME=/home/x", "A=1\\x0a2", "B=it is\u00fc", "C=\\xff", "= 0");
    assertThat(env("", ",'format':'json'"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"HOME\":\"/home/x\",\"A\":\"1\\n2\"");
  }

  @Test
  void aShellCanReadIt() {
    env("'set','A=it\\u0027s\\n2'");
    assertThat(env("", ",'sh':true"))
        .containsExactly("export HOME='/home/x'", "export A='it'\\''s", "2'", "= 0");
  }

  @Test
  void whatIsSetIsUnset() {
    assertThat(env("'set','A=1','B='")).containsExactly("= 0");
    assertThat(env("'unset','A','HOME'")).containsExactly("= 0");
    assertThat(env("")).containsExactly("B=", "= 0");
  }

  @Test
  void importTakesTheClientsValues() {
    assertThat(env("'import','A','NONE'"))
        .containsExactly("2 usersvc: NONE is not set in your environment, leaving it out", "= 0");
    assertThat(env("")).containsExactly("HOME=/home/x", "A=own", "= 0");
    assertThat(fixture.ask(NO_PROCESS, "'verb':'env','words':['import','A']"))
        .hasSize(2)
        .endsWith("= 1");
  }

  @Test
  void whatCannotBeIsRefusedByNameAndTheRestIsDone() {
    for (String words :
        new String[] {"'set','B=1','1=2'", "'set','=2'", "'unset','HOME','-'", "'import','a b'"}) {
      assertThat(env(words)).as(words).hasSize(2).endsWith("= 1");
    }
    assertThat(env("")).containsExactly("HOME=/home/x", "B=1", "= 0");
  }

  @Test
  void wordsThatMakeNoSenseAreAnErrorOfUsage() {
    for (String words :
        new String[] {
          "'x'",
          "'set'",
          "'unset'",
          "'import'",
          "'set','A'",
          "'import','A=1'",
          "'diff'",
          "'diff','a','b'"
        }) {
      assertThat(env(words)).as(words).hasSize(2).endsWith("= 100");
    }
  }

  @Test
  void aServiceIsGivenItsOwnEnvironment() throws IOException {
    fixture.service("foo");
    assertThat(env("", ",'service':'foo'")).contains("HOME=/home/x").endsWith("= 0");
    assertThat(env("", ",'service':'none'")).hasSize(2).endsWith("= 1");
  }

  @Test
  void aServiceThatDoesNotRunHasNoDifference() throws IOException {
    fixture.service("foo", "down");
    assertThat(env("'diff','none'")).hasSize(2).endsWith("= 1");
    assertThat(env("'diff','foo'"))
        .containsExactly("2 usersvc: foo does not run; see usersvc env --service", "= 1");
  }
}
