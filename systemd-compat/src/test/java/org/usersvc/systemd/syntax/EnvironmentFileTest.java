package org.usersvc.systemd.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnvironmentFileTest {
  private static List<String> read(String text) {
    return EnvironmentFile.read(text.getBytes(UTF_8)).or(List.of()).stream()
        .map(assignment -> assignment.name() + "=" + assignment.value())
        .toList();
  }

  private static List<String> flaws(String text) {
    return EnvironmentFile.read(text.getBytes(UTF_8)).flaws().stream().map(Flaw::text).toList();
  }

  @Test
  void unquotedValuesKeepTheirInnerSpaceAndLaterQuotes() {
    assertThat(read("A=a  b \t\r\nB= x\"y z\" \nC=\n D = d\n"))
        .containsExactly("A=a  b", "B=x\"y z\"", "C=", "D=d");
  }

  @Test
  void backslashesProtectInUnquotedValues() {
    assertThat(read("A=a\\\\b\\n\\\nc\\ \nB=\\\"x\\\"")).containsExactly("A=a\\bnc ", "B=\"x\"");
  }

  @Test
  void singleQuotesKeepEverything() {
    assertThat(read("A='a\\n\n\"$b' \nB=1")).containsExactly("A=a\\n\n\"$b", "B=1");
  }

  @Test
  void doubleQuotesKnowFourEscapes() {
    assertThat(read("A=\"\\\"\\\\\\`\\$\\x\\\ny\nz\"")).containsExactly("A=\"\\`$\\xy\nz");
  }

  @Test
  void quotedPartsAreJoined() {
    assertThat(read("A=\"x\" 'y' z\nB=1")).containsExactly("A=xyz", "B=1");
  }

  @Test
  void commentsAndLinesWithoutAssignmentAreIgnored() {
    assertThat(read("# A=1\n  ; B=2\nnone\n\nC=3#4\n#\\\nD=5")).containsExactly("C=3#4", "D=5");
    assertThat(flaws("# A=1\nnone\n")).isEmpty();
    assertThat(read("A=1\n  ")).containsExactly("A=1");
  }

  @Test
  void wrongNamesAreIgnoredWithAWarning() {
    assertThat(read("export A=1\n1B=2\nC=3")).containsExactly("C=3");
    assertThat(flaws("A='\n'\nexport A=1"))
        .containsExactly(
            "line 3: \"export A\" is no name of a variable and is ignored; write NAME=VALUE");
  }

  @Test
  void anOpenQuoteEndsWithTheFile() {
    assertThat(read("A=1\nB='x\nC=1")).containsExactly("A=1", "B=x\nC=1");
    assertThat(flaws("A=1\nB='x\nC=1"))
        .containsExactly("line 2: a quote is open to the end of the file; write NAME=VALUE");
    assertThat(read("A=x\\")).containsExactly("A=x\\");
  }

  @Test
  void aFileThatIsNoTextIsAnError() {
    for (byte[] bytes :
        new byte[][] {
          {'A', '=', (byte) 0xff}, {'A', '=', 0}, new byte[EnvironmentFile.LARGEST + 1]
        }) {
      var parsed = EnvironmentFile.read(bytes);
      assertThat(parsed.value()).isEmpty();
      assertThat(parsed.flaws())
          .singleElement()
          .extracting(Flaw::severity)
          .isEqualTo(Severity.ERROR);
    }
  }

  @Test
  void assignmentsOfAUnitAreWordsWithSpecifiers() {
    var specifiers = new Specifiers(UnitName.of("t@a.service"), letter -> Optional.empty());
    var parsed =
        Assignment.parseList(
            "\"V 1=x\" A=\"b c\" \"D=$e %i\" E=%z =x F= G=\\xff H=\"x", specifiers);
    assertThat(parsed.value().orElseThrow())
        .containsExactly(
            new Assignment("A", "b c"), new Assignment("D", "$e a"), new Assignment("F", ""));
    assertThat(parsed.flaws()).hasSize(5);
    assertThat(Assignment.parse("A B=1").flaws())
        .containsExactly(
            Flaw.warning("\"A B=1\" is no assignment and is ignored; write it as NAME=VALUE"));
  }
}
