package org.usersvc.systemd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Values as {@code systemctl show} 252 prints them. */
final class ShownValueTest {
  private static List<String> shown(String name, String signature, Object value) {
    return Objects.requireNonNull(ShownValue.of(name, signature, value));
  }

  @Test
  void timesAreSpansAndMoments() {
    assertThat(shown("TimeoutStopUSec", "t", 90_000_000L)).containsExactly("1min 30s");
    assertThat(shown("RuntimeMaxUSec", "t", -1L)).containsExactly("infinity");
    assertThat(shown("WatchdogUSec", "t", 0L)).containsExactly("0");
    assertThat(shown("ActiveEnterTimestamp", "t", 0L)).isEmpty();
    assertThat(shown("ActiveEnterTimestampMonotonic", "t", 17L)).containsExactly("17");
    assertThat(shown("MemoryCurrent", "t", -1L)).containsExactly("[not set]");
    assertThat(shown("ActiveEnterTimestamp", "t", 1L).getFirst()).contains(" 19");
  }

  @Test
  void listsAreOneLineOfWords() {
    assertThat(shown("Names", "as", List.of("a.service", "b.service")))
        .containsExactly("a.service b.service");
    assertThat(shown("Environment", "as", List.of("A=b", "C=d e$\"")))
        .containsExactly("A=b \"C=d e\\$\\\"\"");
    assertThat(shown("Documentation", "as", List.of("man:web(1)")))
        .containsExactly("\"man:web(1)\"");
    assertThat(shown("Wants", "as", List.of())).isEmpty();
  }

  @Test
  void numbersThatMeanNoneAreSaidSo() {
    assertThat(shown("UID", "u", -1L)).containsExactly("[not set]");
    assertThat(shown("MainPID", "u", 7)).containsExactly("7");
    assertThat(shown("SocketMode", "u", 0600)).containsExactly("0600");
    assertThat(shown("Job", "(uo)", new Object[] {0L, "/"})).isEmpty();
    assertThat(shown("Job", "(uo)", new Object[] {5L, "/x/5"})).containsExactly("5");
  }

  @Test
  void commandsHaveALineEach() {
    var row = new Object[] {"/bin/a", List.of("/bin/a", "b c"), true, 0, 0, 0, 0, 0L, 2, 9};
    assertThat(shown("ExecStart", "a(sasbttttuii)", List.of((Object) row)))
        .containsExactly(
            "{ path=/bin/a ; argv[]=/bin/a b c ; ignore_errors=yes ; start_time=[n/a]"
                + " ; stop_time=[n/a] ; pid=0 ; code=killed ; status=9/KILL }");
  }

  @Test
  void whatHasNoTextIsNotShown() {
    assertThat(ShownValue.of("Conditions", "a(sbbsi)", List.of())).isNull();
  }
}
