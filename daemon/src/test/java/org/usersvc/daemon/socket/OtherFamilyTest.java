package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usersvc.daemon.view.FakeFamily;

/** Services that are no service directories, through the control socket. */
final class OtherFamilyTest {
  private static final String TIME = "2026-01-02T03:04:05Z ";

  @TempDir private Path root;
  private BackendFixture fixture;
  private FakeFamily units;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
    units = new FakeFamily(fixture::later);
    fixture.backend.services().add(units);
    units.put("b.service").needs("a.service");
    units.put("a.service");
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private List<String> ask(String verb, String names) {
    return fixture.ask(1, "'verb':'" + verb + "','wait_ms':1000,'services':[" + names + "]");
  }

  @Test
  void listAndStatusShowThem() {
    String head = "NAME       STATE  PID  FOR  NOTES";
    assertThat(ask("list", ""))
        .containsExactly(
            head,
            "a.service  down   -    5s   a fake",
            "b.service  down   -    5s   a fake",
            "= 0");
    assertThat(ask("status", "'b.service'"))
        .containsExactly(head, "b.service  down   -    5s   a fake", "= 0");
    assertThat(ask("status", "'c.service'"))
        .contains("= 1")
        .anyMatch(line -> line.startsWith("2 fail: c.service: no such service in "));
  }

  @Test
  void theTreeShowsTheirNeeds() {
    assertThat(ask("tree", "")).containsExactly("b.service (down)", "`- a.service (down)", "= 0");
  }

  @Test
  void theyAreCommandedAndEventsTellOfIt() {
    var watching = fixture.ask(1, "'verb':'events'");
    assertThat(ask("up", "'a.service'"))
        .containsExactly("ok: run: a.service: (pid 1001) 5s, a fake", "= 0");
    assertThat(ask("restart", "'a.service'"))
        .containsExactly("ok: run: a.service: (pid 1002) 5s, a fake", "= 0");
    assertThat(ask("down", "'a.service'"))
        .containsExactly("ok: down: a.service: 5s, a fake", "= 0");
    assertThat(watching)
        .containsExactly(
            TIME + "a.service: down -> run (pid 1001)",
            TIME + "a.service: run -> down",
            TIME + "a.service: down -> run (pid 1002)",
            TIME + "a.service: run -> down");
  }

  @Test
  void aServiceDirectoryHidesOneOfItsName() throws IOException {
    fixture.service("a.service");
    assertThat(ask("status", "'a.service'"))
        .element(1)
        .asString()
        .contains("run")
        .doesNotContain("fake");
    assertThat(ask("list", "")).hasSize(4);
  }
}
