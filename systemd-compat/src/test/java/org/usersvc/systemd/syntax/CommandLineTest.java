package org.usersvc.systemd.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.CommandLine.Prefix;

final class CommandLineTest {
  private static Parsed<List<CommandLine>> parse(String value) {
    return CommandLine.parse(
        value, new Specifiers(UnitName.of("t@foo-a.service"), letter -> Optional.empty()));
  }

  private static CommandLine one(String value) {
    return parse(value).or(List.of()).getFirst();
  }

  private static List<String> arguments(String value, Map<String, String> variables) {
    return one(value).arguments(variables::get).or(List.of());
  }

  private static Flaw flaw(String value) {
    var parsed = parse(value);
    assertThat(parsed.value()).contains(List.of());
    assertThat(parsed.flaws()).hasSize(1);
    return parsed.flaws().getFirst();
  }

  @Test
  void readsProgramAndArgumentsWithSpecifiers() {
    assertThat(one("/bin/echo %i %% %n $A ${A}x \"b \\t c\""))
        .isEqualTo(
            new CommandLine(
                "/bin/echo",
                List.of("/bin/echo", "foo-a", "%", "t@foo-a.service", "$A", "${A}x", "b \t c"),
                java.util.Set.of()));
    assertThat(one("\"/bin/a b\" c").program()).isEqualTo("/bin/a b");
    assertThat(one("nonexist a").program()).isEqualTo("nonexist");
    assertThat(one("/bin//./a \"\"").words()).containsExactly("/bin/a", "");
  }

  @Test
  void semicolonsAsWordsSeparateCommands() {
    assertThat(parse("/bin/echo a ; -/bin/true \\; a'b c'd ;").or(List.of()))
        .extracting(CommandLine::words)
        .containsExactly(List.of("/bin/echo", "a"), List.of("/bin/true", ";", "ab cd"));
    assertThat(one("/bin/a ';' b").words()).containsExactly("/bin/a", ";", "b");
    assertThat(one("; /bin/a").words()).containsExactly("/bin/a");
    assertThat(one("/bin/a;/bin/b").program()).isEqualTo("/bin/a;/bin/b");
    assertThat(parse("").or(List.of())).isEmpty();
  }

  @Test
  void prefixesComeInAnyOrder() {
    assertThat(one("-:@/bin/sh sh -c x").prefixes())
        .containsExactlyInAnyOrder(Prefix.IGNORE_FAILURE, Prefix.NO_VARIABLES, Prefix.OWN_NAME);
    assertThat(one("@-:/bin/sh sh").words()).containsExactly("sh");
    assertThat(one("+/bin/a").prefixes()).containsExactly(Prefix.PRIVILEGED);
    assertThat(one("!-/bin/a").ignoresFailure()).isTrue();
    assertThat(one("!!/bin/a").prefixes()).containsExactly(Prefix.OWN_USER);
    assertThat(one("|a").prefixes()).containsExactly(Prefix.SHELL);
    assertThat(one("\"-/bin/a\" c").words()).containsExactly("/bin/a", "c");
  }

  @Test
  void aWrongCommandIsAnErrorUnlessItsFailureIsIgnored() {
    assertThat(flaw("rel/path").severity()).isEqualTo(Severity.ERROR);
    assertThat(flaw("-rel/path").severity()).isEqualTo(Severity.WARNING);
    assertThat(flaw("-/bin/a %x").severity()).isEqualTo(Severity.WARNING);
    assertThat(flaw("rel/path").text())
        .isEqualTo(
            "\"rel/path\" has a relative path; write an absolute path,"
                + " or a file name without slashes");
  }

  @Test
  void refusesWhatSystemdRefuses() {
    for (String value :
        new String[] {
          "/bin/x/",
          "/bin/%x",
          "/bin/a %x",
          "+!/bin/a",
          "@/bin/a",
          "- /bin/a c",
          "@-echo",
          "..",
          "echo \"unbal",
          "--/bin/a",
          "/bin/a\\x01",
          "@/bin/a ''"
        }) {
      assertThat(flaw(value).text()).as(value).isNotEmpty();
    }
  }

  @Test
  void commandsBeforeAMistakeStay() {
    var parsed = parse("/bin/a ; b/c ; /bin/d");
    assertThat(parsed.or(List.of())).extracting(CommandLine::program).containsExactly("/bin/a");
    assertThat(parsed.flaws()).hasSize(1);
  }

  @Test
  void anUnknownEscapeStaysWithAWarning() {
    var parsed = parse("/bin/sh -c 'x \\q y' \\;c");
    assertThat(parsed.or(List.of()).getFirst().words())
        .containsExactly("/bin/sh", "-c", "x \\q y", "\\;c");
    assertThat(parsed.flaws()).extracting(Flaw::severity).containsOnly(Severity.WARNING);
  }

  @Test
  void variablesInBracesAreOneWordAndOthersAreSplit() {
    var variables = Map.of("ONE", "one", "TWO", "two two", "Q", "'two two' too", "THREE", "");
    assertThat(arguments("echo $ONE $TWO ${TWO}", variables))
        .containsExactly("echo", "one", "two", "two", "two two");
    assertThat(arguments("echo ${ONE} ${Q} ${THREE}", variables))
        .containsExactly("echo", "one", "'two two' too", "");
    assertThat(arguments("echo $ONE $Q $THREE", variables))
        .containsExactly("echo", "one", "two two", "too");
  }

  @Test
  void unsetVariablesAreEmpty() {
    assertThat(arguments("echo $A ${A} x${A}y $ $A/b", Map.of())).containsExactly("echo", "", "xy");
  }

  @Test
  void dollarSignsThatBeginNoVariableStay() {
    var variables = Map.of("A", "v", "}", "w");
    assertThat(arguments("echo $$A a$A $${A} ${A $$ a$ ${}}", variables))
        .containsExactly("echo", "$A", "a$A", "${A}", "${A", "$", "a$", "}");
  }

  @Test
  void valuesAreNotReplacedAgain() {
    assertThat(arguments("echo ${A} $A", Map.of("A", "${B} $$")))
        .containsExactly("echo", "${B} $$", "${B}", "$$");
  }

  @Test
  void theColonKeepsVariablesAsTheyAre() {
    assertThat(arguments(":echo $A ${A} $$", Map.of("A", "v")))
        .containsExactly("echo", "$A", "${A}", "$$");
  }

  @Test
  void variablesCannotFillTheMemory() {
    String large = "x".repeat(100_000);
    var parsed = one("echo " + "${A}".repeat(1000)).arguments(name -> large);
    assertThat(parsed.value()).isEmpty();
    assertThat(parsed.flaws()).hasSize(1);
  }

  @Test
  void openBracesTakeNoLongerThanTheirLength() {
    String word = "${".repeat(20_000);
    assertThat(arguments("echo " + word, Map.of())).containsExactly("echo", word);
  }
}
