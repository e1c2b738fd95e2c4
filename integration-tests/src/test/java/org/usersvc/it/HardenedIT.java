package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the ELF files of the image say of how they were compiled and linked. */
final class HardenedIT {
  private static final String LIBRARY = "libusersvc-calls.so";
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

  private static Path home() {
    return Path.of(Programs.image("usersvcd")).resolve("../../lib/usersvc").normalize();
  }

  /** All that is ours; the JDK's own parts are in the runtime. */
  private static List<Path> programs() throws IOException {
    try (var home = Files.list(home());
        var bin = Files.list(Path.of(Programs.image("usersvcd")).resolveSibling("."))) {
      return Stream.concat(home, bin)
          .filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
          .filter(HardenedIT::isElf)
          .toList();
    }
  }

  private static boolean isElf(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Test
  void allCIsHardened() throws IOException {
    var programs = programs();
    assertThat(programs.stream().map(file -> String.valueOf(file.getFileName())))
        .containsExactlyInAnyOrder(
            "usersvc",
            "usersvc-keeper",
            "usersvc-exec",
            "usersvc-attend",
            "usersvc-session",
            "pam_usersvc.so",
            LIBRARY);
    for (Path program : programs) {
      String facts = Ran.of("readelf", "-W", "-h", "-l", "-d", "-s", program + "").expect(0).out();
      assertThat(facts)
          .as("%s", program)
          .containsPattern("Type: +DYN ") // position independent
          .contains("GNU_RELRO", "__stack_chk_fail")
          .containsPattern("FLAGS_1\\) +Flags: .*NOW")
          .containsPattern("GNU_STACK .* RW +0x");
      if (!program.endsWith(
          LIBRARY)) { // it calls none of the functions that _FORTIFY_SOURCE checks
        assertThat(facts).as("%s", program).contains("printf_chk");
      }
    }
  }

  /** So no loader looks at what users have in the environment of a PAM stack. */
  @Test
  void theHookIsStatic() throws IOException {
    String facts = Ran.of("readelf", "-W", "-l", "-d", home() + "/usersvc-session").expect(0).out();
    assertThat(facts).doesNotContain("INTERP").doesNotContain("NEEDED");
  }
}
