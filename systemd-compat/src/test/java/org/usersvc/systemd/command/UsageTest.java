package org.usersvc.systemd.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Command lines as getopt_long(3) reads them. */
final class UsageTest {
  private static final String TABLE = "--all,-a --type=,-t --property=,-p";
  private static final Usage MIXED = new Usage("prog", true, TABLE);
  private static final Usage FIRST = new Usage("prog", false, TABLE);

  private static Line line(Usage usage, String words) throws WrongWords {
    return usage.parse(List.of(words.split(" ", -1)));
  }

  @Test
  void optionsStandAnywhere() throws WrongWords {
    var line = line(MIXED, "status --type=a x -pb,c -p d -at e y");
    assertThat(line.operands()).containsExactly("status", "x", "y");
    assertThat(line.firstOperand()).isZero();
    assertThat(line.listed("property")).containsExactly("b", "c", "d");
    assertThat(line.value("type", "")).isEqualTo("e");
    assertThat(line.has("all")).isTrue();
    assertThat(line.rest().operands()).containsExactly("x", "y");
  }

  @Test
  void theFirstOperandEndsOptionsOfProgramsThatRunOthers() throws WrongWords {
    var line = line(FIRST, "-a -t b ls -l --all");
    assertThat(line.operands()).containsExactly("ls", "-l", "--all");
    assertThat(line.firstOperand()).isEqualTo(3);
    assertThat(line(FIRST, "-a -- -x y").firstOperand()).isEqualTo(2);
    assertThat(line(MIXED, "-a -- -x y").operands()).containsExactly("-x", "y");
  }

  @Test
  void whatIsNoOptionIsRefused() {
    refuses("--nosuch", "prog: unrecognized option '--nosuch'");
    refuses("-ax", "prog: invalid option -- 'x'");
    refuses("--all=1", "prog: option '--all' doesn't allow an argument");
    refuses("--type", "prog: option '--type' requires an argument");
    refuses("-t", "prog: option requires an argument -- 't'");
  }

  private static void refuses(String words, String message) {
    assertThatThrownBy(() -> line(MIXED, words)).isInstanceOf(WrongWords.class).hasMessage(message);
  }
}
