package org.usersvc.systemd.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usersvc.systemd.condition.FakeFacts;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.UnitName;

final class MachineSpecifiersTest {
  private final FakeFacts facts = new FakeFacts();
  private final MachineSpecifiers values = new MachineSpecifiers(facts);

  @ParameterizedTest
  @CsvSource({
    "U, 1000",
    "G, 1001",
    "g, people",
    "u, larry",
    "H, desk1.example.org",
    "l, desk1",
    "q, desk1",
    "a, x86-64",
    "v, 6.1.0-44-amd64",
    "m, 0123456789abcdef0123456789abcdef",
    "b, fedcba9876543210fedcba9876543210"
  })
  void tellTheMachineAndItsUser(char letter, String value) {
    facts.host = "desk1.example.org";
    assertThat(values.value(letter)).contains(value);
  }

  @Test
  void areEmptyWhereTheSystemSaysNothing() {
    facts.release.put("ID", "debian");
    assertThat(values.value('o')).contains("debian");
    assertThat(values.value('w')).contains("");
    assertThat(values.value('M')).contains("");
  }

  @Test
  void leaveOtherLettersAlone() {
    assertThat(values.value('h')).isEmpty();
    assertThat(values.value('z')).isEmpty();
  }

  /** As Plasma's crash handler names its socket. */
  @Test
  void makeThePathOfASocket() {
    var specifiers = new Specifiers(UnitName.parse("a.socket").orElseThrow(), values);
    assertThat(specifiers.expand("/run/user/%U/drkonqi").value())
        .contains("/run/user/1000/drkonqi");
  }
}
