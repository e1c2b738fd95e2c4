package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.os.SelfProcess;

/** usersvc session, as a client sees it. */
final class SessionVerbsTest {
  private static final int NO_PROCESS = 999_999_999;
  private static final String REGISTER = "'verb':'session','words':['register'";

  @TempDir private Path root;
  private BackendFixture fixture;
  private int client;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
    client =
        fixture.client(
            Map.of("SWAYSOCK", "/s", "XDG_SEAT", "seat0", "OWN", "1", "BASH_FUNC_x%%", "() {"));
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private Map<String, String> variables() {
    assertThat(fixture.backend.sessions().all()).hasSize(1);
    return fixture.backend.sessions().all().getFirst().variables().variables();
  }

  @Test
  void withoutWordsWhatDesktopsNeedIsTakenFromTheClient() {
    var answer = fixture.ask(client, REGISTER + "]");
    assertThat(answer).hasSize(2).endsWith("= 0");
    assertThat(answer.getFirst())
        .startsWith("session 1 (")
        .endsWith(", pid " + SelfProcess.pid() + "): 2 variables");
    assertThat(variables()).isEqualTo(Map.of("SWAYSOCK", "/s", "XDG_SEAT", "seat0"));
  }

  @Test
  void wordsAreNamesOrAssignmentsAndWhatIsNotSetIsTold() {
    assertThat(fixture.ask(client, REGISTER + ",'OWN','NONE','A=x=y','E=']"))
        .contains("2 usersvc: NONE is not set in your environment, leaving it out")
        .endsWith("= 0");
    assertThat(variables()).isEqualTo(Map.of("OWN", "1", "A", "x=y", "E", ""));
  }

  @Test
  void allIsEverythingThatHasTheNameOfAVariable() {
    assertThat(fixture.ask(client, REGISTER + ",'OWN=2'],'all':true")).endsWith("= 0");
    assertThat(variables())
        .containsEntry("OWN", "2")
        .containsEntry("SWAYSOCK", "/s")
        .doesNotContainKey("BASH_FUNC_x%%");
  }

  @Test
  void assignmentsNeedNoEnvironmentThatCanBeRead() {
    assertThat(fixture.ask(NO_PROCESS, REGISTER + ",'A']"))
        .hasSize(2)
        .endsWith("= 1")
        .first()
        .asString()
        .endsWith("; give each variable its value: NAME=VALUE");
    assertThat(fixture.ask(NO_PROCESS, REGISTER + ",'A=1'],'leader':'" + client + "'"))
        .endsWith("= 0");
  }

  @Test
  void nothingToRegisterIsAnError() throws IOException {
    int bare = fixture.client(Map.of("OTHER", "1"));
    assertThat(fixture.ask(bare, REGISTER + "]"))
        .containsExactly(
            "2 usersvc: nothing to register: none of the variables is set; name some, or --all",
            "= 1");
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    assertThat(fixture.ask(client, REGISTER + ",'A=1','1\\n=2']"))
        .hasSize(3)
        .endsWith("= 1")
        .first()
        .asString()
        .startsWith("2 usersvc: '1\\x0a' is no name of a variable");
    assertThat(fixture.backend.sessions().all()).as("the rest is taken").hasSize(1);
    assertThat(fixture.ask(client, REGISTER + ",'=2']")).endsWith("= 1");
    assertThat(fixture.ask(client, REGISTER + ",'a b']")).endsWith("= 1");
    assertThat(fixture.backend.sessions().all()).hasSize(1);
  }

  @Test
  void theLeaderIsALivingProcess() {
    for (String word : new String[] {"0", "-1", "x", "1234567890"}) {
      assertThat(fixture.ask(client, REGISTER + "],'leader':'" + word + "'"))
          .containsExactly(
              "2 usersvc: --leader needs the number of a process, not '" + word + "'", "= 100");
    }
    assertThat(fixture.ask(client, REGISTER + "],'leader':'" + NO_PROCESS + "'"))
        .containsExactly("2 usersvc: the leader, pid 999999999, does not live", "= 1");
    assertThat(fixture.ask(client, REGISTER + "],'leader':'" + client + "','name':'a\\u001bb'"))
        .endsWith("= 0");
    var session = fixture.backend.sessions().all().getFirst();
    assertThat(session.leader().pid()).isEqualTo(client);
    assertThat(session.name()).isEqualTo("a\\x1bb");
  }

  @Test
  void sessionsAreListedAndShown() {
    assertThat(fixture.ask(client, "'verb':'session','words':['list']"))
        .containsExactly(
            "2 usersvc: there are no sessions; usersvc session register makes one", "= 0");
    assertThat(fixture.ask(client, "'verb':'session','words':['list'],'format':'json'"))
        .containsExactly("= 0");
    assertThat(fixture.ask(client, "'verb':'list'").getFirst())
        .startsWith("2 usersvc: there are no services in /");
    assertThat(fixture.ask(client, "'verb':'list','format':'json'")).containsExactly("= 0");
    fixture.ask(client, REGISTER + ",'A=1']");
    assertThat(fixture.ask(client, "'verb':'session','words':['list']")).hasSize(3);
    assertThat(fixture.ask(client, "'verb':'session','words':['list'],'format':'json'"))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"A\":\"1\"");
    assertThat(fixture.ask(client, "'verb':'session','words':['show','1']")).contains("= 0");
    assertThat(fixture.ask(client, "'verb':'session','words':['show']"))
        .as("that of the client's parent")
        .isEqualTo(fixture.ask(client, "'verb':'session','words':['show','1']"));
  }

  @Test
  void aSessionThatIsNoneIsTold() {
    assertThat(fixture.ask(client, "'verb':'session','words':['show','7']"))
        .containsExactly("2 usersvc: there is no session 7; see usersvc session list", "= 1");
    for (int asker : new int[] {client, NO_PROCESS}) {
      assertThat(fixture.ask(asker, "'verb':'session','words':['unregister']"))
          .containsExactly(
              "2 usersvc: there is no session of yours; see usersvc session list", "= 1");
    }
  }

  @Test
  void unregisteringEndsTheSession() {
    fixture.ask(client, REGISTER + ",'A=1']");
    assertThat(fixture.ask(client, "'verb':'session','words':['unregister','1']"))
        .containsExactly("= 0");
    assertThat(fixture.backend.sessions().all()).isEmpty();
    assertThat(fixture.backend.activation().current().value("A")).isNull();
  }

  @Test
  void wordsThatMakeNoSenseAreAnErrorOfUsage() {
    for (String words :
        new String[] {
          "", "'x'", "'list','1'", "'show','1','2'", "'show','x'", "'unregister','-'"
        }) {
      assertThat(fixture.ask(client, "'verb':'session','words':[" + words + "]"))
          .as(words)
          .hasSize(2)
          .endsWith("= 100");
    }
  }
}
