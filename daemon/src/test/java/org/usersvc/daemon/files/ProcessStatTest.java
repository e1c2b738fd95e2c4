package org.usersvc.daemon.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.os.PosixFileSystem;

final class ProcessStatTest {
  /** Fields 3 to 52 of a process. */
  private static final String FIELDS =
      "Z 7 12 11 34816 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 4133 0 0 18446744073709551615"
          + " 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 9472\n";

  private final PosixFileSystem files = new PosixFileSystem();

  private static Optional<ProcessStat> parse(String text) {
    return Optional.ofNullable(ProcessStat.parse(text.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "a b", "", "1) Z 1 (", ") S 1 1 1", "(((", "\n", "\u00ff)"})
  void aNameMayHoldAnything(String name) {
    assertThat(parse("812 (" + name + ") " + FIELDS))
        .hasValue(new ProcessStat('Z', 7, 12, 11, 34816, 4133, 0, 9472));
  }

  @Test
  void fieldsThatALaterKernelAddsDoNoHarm() {
    assertThat(parse("812 (cat) " + FIELDS.strip() + " 5 6\n")).isPresent();
  }

  @Test
  void aPartOfATextIsNone() {
    String whole = "812 (a) b) " + FIELDS;
    for (int length = 0; length < whole.lastIndexOf(' ') + 1; length++) {
      assertThat(parse(whole.substring(0, length))).as("%s bytes", length).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "812", "812 (cat)", ")", "no stat at all"})
  void junkIsNone(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void aNumberThatIsNoneIsJunk() {
    assertThat(parse("812 (cat) " + FIELDS.replace("4133", "x"))).isEmpty();
  }

  @Test
  void oneThatLivesIsNoZombie() {
    assertThat(parse("812 (cat) " + FIELDS)).get().matches(ProcessStat::isZombie);
    assertThat(parse("812 (cat) " + FIELDS.replace('Z', 'S')))
        .get()
        .matches(stat -> !stat.isZombie());
  }

  @Test
  void readsARealProcess() {
    var self = ProcessHandle.current();
    var stat = ProcessStat.of(files, (int) self.pid());
    assertThat(stat).isNotNull();
    assertThat(self.parent().map(ProcessHandle::pid).orElse(0L))
        .isEqualTo(stat == null ? -1 : stat.parent());
  }

  @Test
  void aProcessThatIsGoneHasNone() {
    assertThat(ProcessStat.of(files, Integer.MAX_VALUE)).isNull();
  }

  @Test
  void childrenAreFoundWithoutALookAtAllProcesses() throws IOException, FileFault {
    var parent =
        new ProcessBuilder("sh", "-c", "sleep 1000 & sleep 1000 & echo $!; read -r _; kill %1 %2")
            .redirectErrorStream(true)
            .start();
    int last = Integer.parseInt(parent.inputReader(ISO_8859_1).readLine());
    assertThat(ProcessStat.orphansOf(files, (int) parent.pid())).hasSize(2).contains(last);
    parent.outputWriter(ISO_8859_1).close();
    parent.onExit().join();
  }
}
