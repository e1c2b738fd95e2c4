package org.usersvc.client.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class SyntaxTest {
  private static Command parse(Program program, String line) throws UsageException {
    return Syntax.parse(program, line.split(" "), Map.of());
  }

  private static String request(Command command) {
    var ask = command instanceof Versions versions ? versions.ask() : (Ask) command;
    return new String(ask.request().line(), US_ASCII).strip();
  }

  @ParameterizedTest
  @EnumSource
  void everyVerbHasAHelp(Verb verb) throws UsageException {
    assertThat(((PrintText) parse(Program.USERSVC, verb.word() + " --help")).text())
        .contains("Usage: usersvc " + verb.word(), "Example:");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "HELP",
        "ACTIVATE",
        "DOCTOR",
        "LINGER",
        "CAT",
        "EDIT",
        "INSTANCES",
        "LOG",
        "MASK",
        "UNMASK",
        "NEW",
        "OVERRIDE",
        "RUN",
        "STOP_DAEMON",
        "TOP",
        "VERIFY"
      })
  void everyVerbHasARequest(Verb verb) throws UsageException {
    String line = verb.word() + (verb.takes().fits(0) ? "" : " foo");
    assertThat(request(parse(Program.USERSVC, line))).contains("\"verb\":\"" + verb.word() + "\"");
    String wait = verb.waits() ? " -w 1" : "";
    assertThat(request(parse(Program.USERSVC, line + wait)).contains("wait_ms"))
        .isEqualTo(verb.waits());
  }

  @ParameterizedTest
  @EnumSource
  void everySubVerbIsInTheHelpOfItsVerb(SubVerb word) throws UsageException {
    String verb = word.verb().word();
    String synopsis = "usersvc " + verb + " [OPTION...] " + word.word() + " " + word.operands();
    assertThat(((PrintText) parse(Program.USERSVC, verb + " --help")).text())
        .contains(synopsis.strip() + "\n")
        .containsPattern("\n  " + word.word() + " +" + word.summary().substring(0, 3));
  }

  @Test
  void helpIsAVerb() throws UsageException {
    assertThat(parse(Program.USERSVC, "help up")).isEqualTo(parse(Program.USERSVC, "up --help"));
    assertThat(parse(Program.USERSVC, "help")).isEqualTo(parse(Program.USERSVC, "--help"));
    assertThatThrownBy(() -> parse(Program.USERSVC, "help frob"))
        .hasMessage("usersvc: frob: no such command; see usersvc --help");
  }

  @Test
  void helpOfAVerbHasTheOptionsThatItTakes() throws UsageException {
    for (Verb verb : Verb.values()) {
      String help = ((PrintText) parse(Program.USERSVC, verb.word() + " --help")).text();
      for (Option option : Option.values()) {
        boolean shown =
            help.lines().anyMatch(line -> line.matches(" .*" + option.word() + "( .*|$)"));
        assertThat(shown).as(verb + " " + option).isEqualTo(option.concerns(verb));
      }
    }
  }

  @Test
  void helpHasEveryVerbOptionAndExitStatus() {
    String help = Help.overall();
    for (Verb verb : Verb.values()) {
      assertThat(help).containsPattern("\n  " + verb.word() + " +" + verb.summary().charAt(0));
    }
    for (Option option : Option.values()) {
      assertThat(help).contains(option.word());
    }
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(help).contains(status.number(), status.meaning());
    }
  }

  @Test
  void verbIsNotGuessed() {
    assertThatThrownBy(() -> parse(Program.USERSVC, "u foo"))
        .isInstanceOf(UsageException.class)
        .hasMessage("usersvc: u: no such command; see usersvc --help");
  }

  @ParameterizedTest
  @EnumSource
  void emptyOperandIsRefusedWhereANameIsMeant(Verb verb) {
    Operands takes = verb.takes();
    if (takes == Operands.WORDS || !takes.fits(1)) {
      return;
    }
    assertThatThrownBy(
            () -> Syntax.parse(Program.USERSVC, new String[] {verb.word(), ""}, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "usersvc: verb "
                + verb.word()
                + " has an empty operand (an unset variable?);"
                + " see usersvc --help");
  }

  @Test
  void lettersOfSvcComeOnceInTheOrderGiven() throws UsageException {
    assertThat(request(parse(Program.SVC, "-dx -ud -- -t")))
        .contains("\"services\":[\"-t\"],\"letters\":\"dxu\"");
    assertThat(request(parse(Program.SVC, "- -t")))
        .contains("\"services\":[\"-\",\"-t\"],\"letters\":\"\"");
  }

  @Test
  void instanceNameIsShortAndPlain() throws UsageException {
    String longest = "a".repeat(64);
    assertThat(InstanceName.of(longest)).isEqualTo(longest);
    assertThat(InstanceName.of("-x._9")).isEqualTo("-x._9");
    for (String wrong : new String[] {"", ".a", "a/b", "é", "a b", longest + "a"}) {
      assertThatThrownBy(() -> InstanceName.of(wrong)).isInstanceOf(UsageException.class);
    }
  }

  @Test
  void runIsATransientUnitOfTheDaemon() throws UsageException {
    var job = (RunOnce) parse(Program.USERSVC, "run --wait --name job -- sleep -x");
    assertThat(request(job.ask()))
        .contains("\"verb\":\"systemd-run\"", "--unit=job.service", "--wait")
        .contains("\"--\",\"sleep\",\"-x\"");
    var sleep = (RunOnce) parse(Program.USERSVC, "run /bin/sleep 1");
    assertThat(request(sleep.ask())).contains("\"--unit=sleep-");
    assertThatThrownBy(() -> parse(Program.USERSVC, "run --name a/b x"))
        .isInstanceOf(UsageException.class);
  }
}
