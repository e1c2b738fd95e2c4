package org.usersvc.systemd.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.systemd.syntax.Words.Style;

/** Random and mutated texts: no parser throws, and what is a law holds. */
final class SyntaxFuzzTest {
  private static final int ROUNDS = Integer.getInteger("usersvc.fuzz.rounds", 100);

  private static final String UNIT =
      """
      [Unit]
      Description=A player of music \\
      # with a comment
        for %i on \u00e9l\u00e9ments
      After=sound.target "dbus.socket" a\\x2db.service
      ConditionPathExists=!%t/player
      [Service]
      Type=notify
      Environment=A="b c" 'D=e\\tf' G=$H
      ExecStartPre=-@/bin/sh sh -c 'test "$A" = ${B} || exit 1' ; /bin/true \\; x
      ExecStart=/usr/bin/player --socket=%t/%n $OPTIONS "${D}x" $$ %%
      ExecStopPost=
      TimeoutStopSec=1min 30s
      [X-Other]
      Key
      [Install]
      WantedBy=default.target
      """;

  private static final String SPECIAL = "[]=\\\"'#; \t\r\n$%{}@-:!|x0u7\u00e9\0\ufeff";

  /** No blank begins or ends it, as systemd knows blanks; others are as good as letters. */
  private static final Pattern BARE =
      Pattern.compile("[^ \\t\\n\\r](?:.*[^ \\t\\n\\r])?", Pattern.DOTALL);

  private final Random random = new Random(Long.getLong("usersvc.fuzz.seed", 20_260_101));

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Any text that a file's name may be. */
  private String anyName() {
    byte[] bytes = noise();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
    }
    return NativeText.decode(bytes);
  }

  private String special(int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
    }
    return text.toString();
  }

  private byte[] mutated(String original) {
    var text = new StringBuilder(original);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(4));
      text.replace(at, end, special(4));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    return bytes;
  }

  private static Specifiers specifiers() {
    return new Specifiers(
        UnitName.of("p@a\\x20b.service"),
        letter -> letter == 't' ? Optional.of("/run/user/1000") : Optional.empty());
  }

  @Test
  void unitFilesHoldTheirLaws() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = i % 3 == 0 ? noise() : mutated(UNIT);
      var file = UnitFile.read("x", bytes);
      long lines = new String(bytes, UTF_8).chars().filter(c -> c == '\n' || c == '\r').count() + 1;
      for (var entry : file.entries()) {
        assertThat(entry.key()).doesNotContain("=").matches(BARE);
        assertThat((long) entry.line()).isBetween(1L, lines);
        assertThat(entry.value()).doesNotContain("\0", "\n", "\r");
        CommandLine.parse(entry.value(), specifiers());
      }
      for (var problem : file.problems()) {
        assertThat(problem.message()).startsWith("x:").doesNotContain("\n", "\0");
      }
    }
  }

  @Test
  void valuesOfSpecialCharactersAreRead() {
    for (int i = 0; i < ROUNDS; i++) {
      valuesAreRead(special(40));
    }
  }

  private void valuesAreRead(String value) {
    for (var style : Style.values()) {
      var words = Words.split(value, style);
      assertThat(words.value()).isPresent();
    }
    var commands = CommandLine.parse(value, specifiers());
    for (var command : commands.or(List.of())) {
      assertThat(command.program()).isNotEmpty();
      assertThat(command.words()).isNotEmpty();
      assertThat(command.arguments(name -> name.isEmpty() ? null : "a 'b").value()).isPresent();
    }
    for (var assignment : Assignment.parseList(value, specifiers()).or(List.of())) {
      assertThat(assignment.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
    }
    UnitName.parseList(value, specifiers());
    EnvironmentFile.read(value.getBytes(UTF_8));
    scalarsAreRead(value);
  }

  private static void scalarsAreRead(String value) {
    TimeSpan.parse(value)
        .ifPresent(span -> assertThat(TimeSpan.parse(span.toString())).contains(span));
    CalendarSpec.parse(value)
        .map(CalendarSpec::toString)
        .ifPresent(text -> assertThat(CalendarSpec.parse(text)).isPresent());
    assertThat(Signals.parse(value).or(1)).isBetween(1, 64);
    Size.parse(value);
    ExitStatuses.parse(value);
    UnitEscape.unescapePath(value);
  }

  @Test
  void quotedWordsAreSplitIntoTheSameWords() {
    for (int i = 0; i < ROUNDS; i++) {
      var words = new ArrayList<String>();
      for (int j = random.nextInt(4); j > 0; j--) {
        words.add(i % 2 == 0 ? anyName() : special(12));
      }
      words.replaceAll(word -> word.replace("\0", ""));
      String value = Words.join(words);
      for (var style : List.of(Style.STRICT, Style.LENIENT)) {
        var split = Words.split(value, style);
        assertThat(split.value()).as(value).contains(words);
        assertThat(split.flaws()).isEmpty();
      }
      if (!words.isEmpty()) {
        var command = CommandLine.parse(":/x " + value.replace("%", "%%"), specifiers());
        assertThat(command.or(List.of()).getFirst().words().subList(1, words.size() + 1))
            .isEqualTo(words);
      }
    }
  }

  @Test
  void escapedTextsAreUnescapedToTheSame() {
    for (int i = 0; i < ROUNDS; i++) {
      String text = anyName();
      String escaped = UnitEscape.escape(text);
      assertThat(UnitEscape.unescape(escaped)).contains(text);
      assertThat(escaped).matches("[A-Za-z0-9:_.\\\\-]*");
      UnitEscape.escapePath(text)
          .ifPresent(path -> assertThat(UnitEscape.unescapePath(path)).isPresent());
    }
  }
}
