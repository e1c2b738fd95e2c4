package org.usersvc.daemon.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.daemon.model.Environment;

final class LoginTest {
  private final List<String> complaints = new ArrayList<>();

  private @Nullable Login parse(String file, String text) {
    return Login.parse(file, text.getBytes(ISO_8859_1), complaints::add);
  }

  @Test
  void theNameSaysWhoAndTheLinesWhat() {
    var login =
        parse(
            "812.34567.1",
            "XDG_SESSION_ID=3\nXDG_SEAT=seat0\nPAM_SERVICE=login\nPAM_TTY=/dev/tty1\nPAM_RHOST=\n");
    var variables = Environment.of(Map.of("XDG_SESSION_ID", "3", "XDG_SEAT", "seat0"));
    assertThat(login).isEqualTo(new Login(812, 34567, "tty1", variables));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PAM_TTY=/dev/pts/3, pts/3",
    "PAM_TTY=ssh, ssh",
    "PAM_TTY=/dev/, ''",
    "PAM_SERVICE=su-l, su-l",
    "PAM_RHOST=there, ''"
  })
  void theTerminalNamesIt(String line, String name) {
    assertThat(parse("1.2.1", line)).isNotNull().extracting(Login::name).isEqualTo(name);
  }

  @Test
  void anEmptyFileIsALogin() {
    assertThat(parse("1.0.1", "")).isEqualTo(new Login(1, 0, "", Environment.EMPTY));
  }

  @Test
  void whatIsEmptyOrUnknownIsNotBrought() {
    var login = parse("1.2.1", "XDG_SEAT=\nXDG_RUNTIME_DIR=/tmp\nPATH=/evil\nXDG_VTNR=a=b c\n");
    assertThat(login)
        .isNotNull()
        .extracting(Login::variables)
        .isEqualTo(Environment.of(Map.of("XDG_VTNR", "a=b c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "lingering", ".1.2.3", "1.2", "1.2.3.4", "-1.2.3", "a.2.3"})
  void otherNamesAreMeantToBeSomethingElse(String file) {
    assertThat(Login.isEntry(file)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999.1.1", "1.99999999999999999999.1", "0.1.1"})
  void numbersThatNoProcessHasAreTold(String file) {
    assertThat(Login.isEntry(file)).isTrue();
    assertThat(parse(file, "")).isNull();
    assertThat(complaints)
        .containsExactly("its name has to be PID.START.N, of a process that there can be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"XDG_SEAT", "", "=x", "a=b", "A B=c", "A=\u00e9", "A=\tx", "A=x\0", "A=x\r"})
  void aLineThatIsNoFactIsToldWithItsNumber(String line) {
    assertThat(parse("1.2.1", "XDG_VTNR=1\n" + line + "\n")).isNull();
    assertThat(complaints)
        .singleElement()
        .asString()
        .startsWith("line 2 says '")
        .endsWith("' and has to be NAME=VALUE, of 255 printable ASCII characters at most");
  }

  @Test
  void valuesHaveABound() {
    assertThat(parse("1.2.1", "XDG_SEAT=" + "x".repeat(255))).isNotNull();
    assertThat(parse("1.2.1", "XDG_SEAT=" + "x".repeat(256))).isNull();
  }
}
