package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that cannot be supervised now are named to those who ask for all. */
final class NotSupervisedTest {
  @TempDir private Path root;
  private BackendFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new BackendFixture(root);
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  private String complaint(String verb) {
    return fixture.ask(1, "'verb':'" + verb + "'").stream()
        .filter(line -> line.startsWith("2 "))
        .reduce("", String::concat);
  }

  @Test
  void listAndStatusSaySoWithTheReason() throws IOException {
    fixture.service("good");
    assertThat(complaint("list")).isEmpty();
    fixture.serviceOfAnother("bad");
    for (String verb : new String[] {"list", "status"}) {
      assertThat(complaint(verb))
          .startsWith("2 usersvc: not supervised: bad: supervise/lock is held by ");
    }
    assertThat(fixture.ask(1, "'verb':'status','services':['good']"))
        .noneMatch(line -> line.contains("bad"));
  }

  @Test
  void theyAreCountedAndTheFirstStandForAll() throws IOException {
    for (int i = 10; i < 21; i++) {
      fixture.serviceOfAnother("s" + i);
    }
    assertThat(complaint("list"))
        .startsWith(
            "2 usersvc: 11 services are not supervised: s10, s11, s12, s13, s14, s15, s16, s17,"
                + " s18, s19, ...; s10: supervise/lock is held by ");
  }

  @Test
  void aDirectoryOfNothingElseIsNotCalledEmpty() throws IOException {
    assertThat(complaint("list")).contains("there are no services in ");
    fixture.serviceOfAnother("bad");
    assertThat(complaint("list")).doesNotContain("there are no services in ");
  }
}
