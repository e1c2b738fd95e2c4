package org.usersvc.systemd.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UnitFileTest {
  private static UnitFile read(String text) {
    return UnitFile.read("x.service", text.getBytes(UTF_8));
  }

  private static List<String> entries(String text) {
    return read(text).entries().stream()
        .map(
            entry -> entry.line() + " " + entry.section() + "." + entry.key() + "=" + entry.value())
        .toList();
  }

  private static List<String> problems(String text) {
    return read(text).problems().stream().map(Problem::message).toList();
  }

  @Test
  void entriesKeepTheirOrderAndLines() {
    String text =
        """
        # a comment
        [Unit]
        Description = A service
        After=a.service b.service
        ; another

        [Service]
        ExecStart=/bin/x=y
        ExecStart=
        [Unit]
        [X-Other]
        Key=1
        """;
    assertThat(entries(text))
        .containsExactly(
            "3 Unit.Description=A service",
            "4 Unit.After=a.service b.service",
            "8 Service.ExecStart=/bin/x=y",
            "9 Service.ExecStart=",
            "12 X-Other.Key=1");
    assertThat(read(text).sections())
        .extracting(UnitFile.Section::name)
        .containsExactly("Unit", "Service", "Unit", "X-Other");
    assertThat(read(text).problems()).isEmpty();
    assertThat(read(text).entries().getLast().isForOthers()).isTrue();
  }

  @Test
  void aContinuedLineBecomesOneWithASpaceAndSkipsComments() {
    assertThat(
            entries("[A]\nK=value 3\\\n# ignored\n  ; this too\n       value 3 continued\nL=1\n"))
        .containsExactly("2 A.K=value 3 value 3 continued", "6 A.L=1");
  }

  @Test
  void anEmptyLineEndsAContinuation() {
    assertThat(entries("[A]\nK=a\\\n\nL=b")).containsExactly("2 A.K=a", "4 A.L=b");
  }

  @Test
  void aPairOfBackslashesDoesNotContinueALine() {
    assertThat(entries("[A]\nK=a\\\\\nL=b")).containsExactly("2 A.K=a\\\\", "3 A.L=b");
  }

  @Test
  void aContinuationAtTheEndOfTheFileCounts() {
    assertThat(entries("[A]\nK=a\\")).containsExactly("2 A.K=a");
  }

  @Test
  void readsByteOrderMarkAndLineEndsOfOtherSystems() {
    assertThat(entries("\ufeff[A]\r\nK=a\\\r\nb\r\nL=c\rM=d"))
        .containsExactly("2 A.K=a b", "4 A.L=c", "5 A.M=d");
  }

  @Test
  void aWrongLineIsIgnoredWithAWarningThatNamesIt() {
    assertThat(problems("K=v\n[A]\nnovalue\n=foo\nL=1"))
        .containsExactly(
            "x.service:1: \"K=v\": the assignment is outside a section and is ignored;"
                + " put it below a header",
            "x.service:3: \"novalue\": the line has no \"=\" and is ignored; write it as KEY=VALUE",
            "x.service:4: \"=foo\": the line has no key before the \"=\" and is ignored;"
                + " write it as KEY=VALUE");
    assertThat(entries("K=v\n[A]\nnovalue\n=foo\nL=1")).containsExactly("5 A.L=1");
    assertThat(read("K=v").isBroken()).isFalse();
  }

  @Test
  void aWrongHeaderKeepsTheUnitFromLoading() {
    assertThat(problems("[Foo\nA=b"))
        .containsExactly("x.service:1: \"[Foo\" is no section header; end it with \"]\"");
    assertThat(read("[Foo\nA=b").isBroken()).isTrue();
  }

  @Test
  void aLineThatIsNoUtf8OrHasNulIsIgnoredButCommentsMayHoldAnything() {
    byte[] bytes = "[A]\n# caf\u00e9\nK=\u00e9\nL=a\0b\nM=\u00e9\\\nN=1\nO=2".getBytes(ISO_8859_1);
    var file = UnitFile.read("x", bytes);
    assertThat(file.entries()).extracting(Entry::key).containsExactly("O");
    assertThat(file.problems()).extracting(Problem::line).containsExactly(3, 4, 5);
    assertThat(file.isBroken()).isFalse();
  }

  @Test
  void aFileThatIsTooLargeIsOneProblem() {
    var file = UnitFile.read("x", new byte[UnitFile.LARGEST + 1]);
    assertThat(file.entries()).isEmpty();
    assertThat(file.problems()).hasSize(1);
    assertThat(file.isBroken()).isTrue();
  }

  @Test
  void aLineThatIsTooLongIsAnErrorAndTheNextIsRead() {
    String longest = "K=" + "a".repeat(UnitFile.LONGEST_LINE - 2);
    assertThat(read("[A]\n" + longest).problems()).isEmpty();
    var file = read("[A]\n" + longest + "\\\nb\nL=1");
    assertThat(file.problems()).extracting(Problem::line).containsExactly(2);
    assertThat(file.entries()).extracting(Entry::key).containsExactly("L");
    assertThat(file.isBroken()).isTrue();
  }

  @Test
  void readingEndsAtTheLargestNumberOfEntries() {
    var file = read("[A]\n" + "K=\n".repeat(UnitFile.MOST_ENTRIES));
    assertThat(file.entries()).hasSize(UnitFile.MOST_ENTRIES - 1);
    assertThat(file.isBroken()).isTrue();
  }

  @Test
  void endlessContinuationTakesNoLongerThanItsLength() {
    var file = read("[A]\nK=" + "\\\n".repeat(UnitFile.LARGEST / 2 - 10));
    assertThat(file.isBroken()).isTrue();
    assertThat(file.problems()).hasSize(1);
  }

  @Test
  void manyProblemsAreCutButAnErrorAmongThemCounts() {
    var file = read("[A]\n" + "x\n".repeat(1000) + "[B\n" + "y\n".repeat(1000));
    assertThat(file.problems()).hasSize(UnitFile.MOST_PROBLEMS + 2);
    assertThat(file.problems().getLast().line()).isEqualTo(1002);
    assertThat(file.isBroken()).isTrue();
    assertThat(read("[A]\n" + "x\n".repeat(1000)).isBroken()).isFalse();
  }
}
