package org.usersvc.daemon.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.daemon.model.Environment;

final class OwnProgramsTest {
  private static final OwnPrograms PROGRAMS = OwnPrograms.of(path("/bin:/own/bin"), "/own/bin");

  private static Environment path(String path) {
    return Environment.of(Map.of("PATH", path));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin,/usr/bin:/own/bin",
    "/own/bin:/usr/bin,/own/bin:/usr/bin",
    "/usr/bin:/own/bin,/usr/bin:/own/bin",
    "/x/own/bin,/x/own/bin:/own/bin"
  })
  void areBehindAllOthersOnce(String given, String expected) {
    assertThat(PROGRAMS.in(path(given))).isEqualTo(path(expected));
  }

  @Test
  void needAPath() {
    assertThat(PROGRAMS.in(Environment.EMPTY)).isEqualTo(Environment.EMPTY);
  }

  /** Where systemctl is there, the launcher adds nothing. */
  @Test
  void areAddedOnlyWhereTheDaemonWasStartedWithThem() {
    var none = OwnPrograms.of(path("/bin"), "/own/bin");
    assertThat(none.in(path("/usr/bin"))).isEqualTo(path("/usr/bin"));
  }
}
