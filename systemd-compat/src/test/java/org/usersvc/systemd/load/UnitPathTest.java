package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.load.SearchDirectory.Role;

/** The orders are those that {@code systemd-analyze --user unit-paths} of systemd 252 prints. */
final class UnitPathTest {
  private static final Map<String, String> PLAIN =
      Map.of("HOME", "/home/l", "XDG_RUNTIME_DIR", "/run/user/7");

  private static List<String> paths(Map<String, String> variables) {
    return UnitPath.of(variables, "/shipped").directories().stream()
        .map(SearchDirectory::path)
        .toList();
  }

  private static Map<String, String> with(String... namesAndValues) {
    var variables = new HashMap<>(PLAIN);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return variables;
  }

  private static List<String> lines(String text) {
    return Arrays.asList(text.strip().split("\n"));
  }

  @Test
  void defaultsAreThoseOfSystemd() {
    assertThat(paths(PLAIN))
        .isEqualTo(
            lines(
                """
                /home/l/.config/systemd/user.control
                /run/user/7/systemd/user.control
                /run/user/7/systemd/transient
                /run/user/7/systemd/generator.early
                /home/l/.config/systemd/user
                /etc/xdg/systemd/user
                /etc/systemd/user
                /run/user/7/systemd/user
                /run/systemd/user
                /run/user/7/systemd/generator
                /home/l/.local/share/systemd/user
                /usr/local/share/systemd/user
                /usr/share/systemd/user
                /usr/local/lib/systemd/user
                /usr/lib/systemd/user
                /lib/systemd/user
                /run/user/7/systemd/generator.late
                /shipped
                """));
  }

  @Test
  void ownUnitsAreInTheDirectoryOfTheLauncher() {
    String before = System.getProperty("usersvc.share");
    try {
      System.clearProperty("usersvc.share");
      assertThat(UnitPath.shipped()).isNull();
      System.setProperty("usersvc.share", "/usr/lib/usersvc/../../share/usersvc");
      assertThat(UnitPath.shipped()).isEqualTo("/usr/share/usersvc/units");
    } finally {
      System.clearProperty("usersvc.share");
      if (before != null) {
        System.setProperty("usersvc.share", before);
      }
    }
  }

  @Test
  void directoriesOfXdgTakeThePlacesOfTheDefaults() {
    var variables =
        with(
            "XDG_CONFIG_HOME", "/ch",
            "XDG_CONFIG_DIRS", "/c1:/c2",
            "XDG_DATA_HOME", "/dh",
            "XDG_DATA_DIRS", "/d1:/d2");
    assertThat(paths(variables))
        .isEqualTo(
            lines(
                """
                /ch/systemd/user.control
                /run/user/7/systemd/user.control
                /run/user/7/systemd/transient
                /run/user/7/systemd/generator.early
                /ch/systemd/user
                /c1/systemd/user
                /c2/systemd/user
                /etc/systemd/user
                /run/user/7/systemd/user
                /run/systemd/user
                /run/user/7/systemd/generator
                /dh/systemd/user
                /d1/systemd/user
                /d2/systemd/user
                /usr/local/lib/systemd/user
                /usr/local/share/systemd/user
                /usr/lib/systemd/user
                /usr/share/systemd/user
                /lib/systemd/user
                /run/user/7/systemd/generator.late
                /shipped
                """));
  }

  @Test
  void aGivenPathReplacesTheDefaultsButNotTheShippedUnits() {
    assertThat(paths(with("SYSTEMD_UNIT_PATH", "/a:/b"))).containsExactly("/a", "/b", "/shipped");
  }

  @Test
  void anEmptyLastStepOfAGivenPathKeepsTheDefaults() {
    assertThat(paths(with("SYSTEMD_UNIT_PATH", "/a:/b:")))
        .startsWith("/a", "/b", "/home/l/.config/systemd/user.control")
        .endsWith("/shipped");
  }

  @Test
  void relativePathsInVariablesDoNotCount() {
    assertThat(paths(with("XDG_CONFIG_HOME", "ch"))).isEqualTo(paths(PLAIN));
  }

  @Test
  void aGivenDirectoryKeepsItsRole() {
    var path = UnitPath.of(with("SYSTEMD_UNIT_PATH", "/home/l/.config/systemd/user:/a"), null);
    assertThat(path.directories())
        .containsExactly(
            new SearchDirectory("/home/l/.config/systemd/user", Role.CONFIG),
            new SearchDirectory("/a", Role.VENDOR));
  }

  @Test
  void knowsWhereToWrite() {
    var path = UnitPath.of(PLAIN, null);
    assertThat(path.config()).isEqualTo("/home/l/.config/systemd/user");
    assertThat(path.runtime()).isEqualTo("/run/user/7/systemd/user");
    assertThat(path.transientUnits()).isEqualTo("/run/user/7/systemd/transient");
    assertThat(path.control(true)).isEqualTo("/run/user/7/systemd/user.control");
    assertThat(path.control(false)).isEqualTo("/home/l/.config/systemd/user.control");
  }
}
