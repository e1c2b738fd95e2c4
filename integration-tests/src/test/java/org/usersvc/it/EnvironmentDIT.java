package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The user's environment.d gives what systemd's own generator makes of it. */
@ExtendWith(TreeExtension.class)
final class EnvironmentDIT {
  private static final String GENERATOR =
      "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
  private static final int FILES = 200;

  /** What values are made of: all that means something, and a little that does not. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b c",
          " ",
          "\t",
          "/",
          "=",
          ":",
          "#",
          ";",
          "'",
          "\"",
          "\\",
          "\\\\",
          "\\\n",
          "\\\"",
          "$",
          "$$",
          "{",
          "}",
          "${",
          "$V1",
          "$V2x",
          "$NONE",
          "${V3}",
          "${NONE}",
          "${V4:-",
          "${NONE:-",
          "${V5:+",
          "${NONE:+",
          "${V6:",
          "}",
          "}",
          "'q $V7 '",
          "\"d $V8\\n \"",
          "\u00e4",
          "`",
          "!",
          "~");

  private static String file(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int line = 0; line < 4; line++) {
      text.append(
          switch (random.nextInt(12)) {
            case 0 -> "# a comment $V1\n";
            case 1 -> "; another\r\n";
            case 2 -> "no assignment\n";
            case 3 -> "1X=" + random.nextInt(9) + "\n";
            default -> assignment(random);
          });
    }
    return text.toString();
  }

  private static String assignment(Random random) {
    var text = new StringBuilder(random.nextInt(5) == 0 ? " " : "");
    text.append('V').append(random.nextInt(60)).append(random.nextInt(9) == 0 ? " =" : "=");
    for (int i = random.nextInt(7); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append('\n').toString();
  }

  /** The generator quotes what a shell would not take as it is. */
  private static Map<String, String> generated(String said) {
    var variables = new HashMap<String, String>();
    for (String line : said.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
      }
    }
    return variables;
  }

  private static String unquoted(String word) {
    if (!word.startsWith("\"")) {
      return word;
    }
    return Pattern.compile("\\\\(.)")
        .matcher(word.substring(1, word.length() - 1))
        .replaceAll(escape ->
            Matcher.quoteReplacement(
                switch (escape.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  case "r" -> "\r";
                  default -> escape.group(1);
                }));
  }

  @Test
  void twoHundredFilesGiveWhatTheGeneratorMakesOfThem(Tree tree) throws IOException {
    var directory = Files.createDirectories(tree.root().resolve(".config/environment.d"));
    for (int seed = 0; seed < FILES; seed++) {
      Files.writeString(directory.resolve("f%03d.conf".formatted(seed)), file(seed));
    }
    Files.createSymbolicLink(directory.resolve("f100a.conf"), java.nio.file.Path.of("/dev/null"));
    var home = Map.of("HOME", tree.root().toString(), "PATH", Programs.PATH, "LANG", "C.UTF-8");
    byte[] said = Ran.of(home, List.of(GENERATOR)).expect(0).out().getBytes(ISO_8859_1);
    var theirs = generated(new String(said, UTF_8));
    assertThat(theirs).hasSizeGreaterThan(40);
    tree.launch().with("LANG", "C.UTF-8").start();
    var ours = Document.in(tree.usersvc("env", "--json").expect(0)).getFirst().fields();
    assertThat(ours).containsAllEntriesOf(theirs);
    ours.keySet().removeAll(theirs.keySet());
    assertThat(ours.keySet()).noneMatch(name -> name.startsWith("V"));
  }
}
