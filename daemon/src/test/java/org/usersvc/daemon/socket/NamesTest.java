package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.view.FakeFamily;

/** The names of services in requests, and the words for their states. */
final class NamesTest {
  @TempDir private Path root;
  private BackendFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
    fixture.service("pipewire");
    fixture.service("pipewire-pulse");
    fixture.service("mpd", "down");
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private List<String> ask(String verb, String names) {
    return fixture.ask(
        1, "'verb':'" + verb + "','wait_ms':0,'services':[" + names + "],'format':'text'");
  }

  private List<String> status(String names) {
    return ask("status", names).stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void aPatternMeansAllServicesThatMatch() {
    assertThat(status("'pipe*'")).containsExactly("NAME", "pipewire", "pipewire-pulse", "=");
    assertThat(status("'mp?','[p]*-pulse','mpd'"))
        .containsExactly("NAME", "mpd", "pipewire-pulse", "=");
    assertThat(ask("hup", "'pipe*'")).hasSize(3).contains("= 0");
  }

  @Test
  void aPatternWithoutAMatchFails() {
    assertThat(ask("up", "'x*'"))
        .containsExactly("2 fail: x*: no service has such a name; see usersvc list", "= 1");
  }

  @Test
  void aNameThatLooksLikeAPatternIsItself() throws IOException {
    fixture.service("m*");
    assertThat(status("'m*'")).containsExactly("NAME", "m*", "=");
  }

  @Test
  void aServiceDirectoryMayBeCalledAsAUnitWouldBe() throws IOException {
    assertThat(status("'mpd.service'")).containsExactly("NAME", "mpd", "=");
    fixture.service("mpd.service");
    assertThat(status("'mpd.service'")).containsExactly("NAME", "mpd.service", "=");
    assertThat(ask("status", "'foo.service'"))
        .anyMatch(line -> line.startsWith("2 fail: foo.service: no such service"));
  }

  @Test
  void isActiveHasTheWordsAndStatusesOfSystemctl() {
    assertThat(ask("is-active", "'pipewire'")).containsExactly("active", "= 0");
    assertThat(ask("is-active", "'mpd'")).containsExactly("inactive", "= 3");
    assertThat(ask("is-active", "'mpd','pipe*'"))
        .containsExactly("inactive", "active", "active", "= 0");
    assertThat(ask("is-active", "'frob'")).contains("inactive", "= 4");
    assertThat(ask("is-failed", "'mpd'")).containsExactly("inactive", "= 1");
  }

  @Test
  void isEnabledSaysWhetherItStartsByItself() {
    assertThat(ask("is-enabled", "'mpd'")).containsExactly("disabled", "= 1");
    assertThat(ask("is-enabled", "'mpd','pipewire'")).containsExactly("disabled", "enabled", "= 0");
    assertThat(ask("is-enabled", "'frob'")).contains("not-found", "= 4");
    assertThat(fixture.ask(1, "'verb':'is-enabled','services':['mpd'],'format':'json'"))
        .containsExactly("{\"name\":\"mpd\",\"is\":\"disabled\"}", "= 1");
  }

  @Test
  void whatIsInTroubleIsListedFirst() {
    assertThat(ask("list", "")).element(1).asString().startsWith("mpd ");
    assertThat(fixture.ask(1, "'verb':'list','failed':true"))
        .containsExactly("2 usersvc: no service has failed", "= 0");
    fixture.processes.exitEldest(ExitStatus.exited(1));
    fixture.ask(1, "'verb':'version'");
    var failed = fixture.ask(1, "'verb':'list','failed':true");
    assertThat(failed).hasSize(3);
    assertThat(failed.get(1)).matches("pipewire.* backoff .*");
    assertThat(ask("list", "").get(1)).matches("pipewire +backoff .*");
  }

  @Test
  void killSendsAnotherSignalIfItIsNamed() {
    assertThat(fixture.ask(1, "'verb':'kill','services':['pipewire'],'signal':'usr1'"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("ok: run: pipewire");
    assertThat(fixture.ask(1, "'verb':'kill','services':['pipewire'],'signal':'WINCH'"))
        .containsExactly(
            "2 usersvc: kill -s takes HUP, INT, QUIT, KILL, USR1, USR2, ALRM, TERM, CONT or STOP,"
                + " not WINCH; others are sent by kill(1) to the pid that usersvc status shows",
            "= 100");
  }

  @Test
  void aPageSaysWhereAServiceComesFromAndWhatNeedsIt() throws IOException {
    var definition = Files.createDirectory(root.resolve("mako"));
    fixture.service("notes");
    var directory = root.resolve("scan/notes");
    Files.move(directory.resolve("run"), definition.resolve("run"));
    Files.createSymbolicLink(directory.resolve("run"), definition.resolve("run"));
    Files.createFile(directory.resolve("needs-env"));
    var page = ask("show", "'notes'");
    assertThat(page.getFirst()).startsWith("notes: run (pid ");
    assertThat(page)
        .contains(
            "  wanted      up, starts by itself",
            "  defined in  " + definition,
            "  defined in  " + directory,
            "  log         usersvc log notes",
            "= 0");
    assertThat(page).anyMatch(line -> line.matches("  own files   .*needs-env.*"));
  }

  @Test
  void aPageShowsTheDependenciesBothWays() {
    var units = new FakeFamily(fixture::later);
    fixture.backend.services().add(units);
    units.put("b.service").needs("a.service");
    units.put("a.service");
    assertThat(ask("show", "'b.service','a.service'"))
        .contains("  needs       a.service", "  needed by   b.service", "= 0");
    assertThat(fixture.ask(1, "'verb':'show','services':['a.service'],'format':'json'").getFirst())
        .startsWith("{\"service\":{\"name\":\"a.service\",")
        .contains(
            "\"processes\":[],\"depends_on\":[],\"waits_for\":[],\"needed_by\":[\"b.service\"]");
    assertThat(ask("show", "'frob'")).contains("= 1");
  }

  @Test
  void unitsAreMeantByPatternsToo() {
    var units = new FakeFamily(fixture::later);
    fixture.backend.services().add(units);
    units.put("mpris.service");
    assertThat(status("'mp*'")).containsExactly("NAME", "mpd", "mpris.service", "=");
  }
}
