package org.usersvc.systemd.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.Severity;
import org.usersvc.systemd.syntax.UnitFile;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.NoSettings;

/** Units of all types that say anything: reading them never fails, and is the same each time. */
final class ReadFuzzTest {
  private static final int ROUNDS = Integer.getInteger("usersvc.fuzz.rounds", 400);
  private static final long SEED = Long.getLong("usersvc.fuzz.seed", 20_261_130);
  private static final int MOST_LINES = 20;

  /** The directives that are carried out, by their sections. */
  private static final SortedMap<String, List<String>> KEYS = keys();

  private static final List<String> NAMES =
      List.of(
          "a.service",
          "a@b\\x20c.service",
          "a.socket",
          "a.timer",
          "a.path",
          "a.target",
          "a-b.slice",
          "a.scope",
          "a.mount");

  private static final List<String> VALUES =
      List.of(
          "",
          "yes",
          "no",
          "0",
          "-1",
          "3",
          "99999999999999999999",
          "5min 30s",
          "infinity",
          "oneshot",
          "notify",
          "dbus",
          "always",
          "on-failure",
          "control-group",
          "SIGTERM",
          "1 SIGKILL 255 3-5",
          "/bin/true",
          "-@/bin/sh sh -c 'exit 3' ; /bin/x \\; $A ${B}",
          "relative",
          "%t/%n",
          "%i %I %j %J %p %P %N %f %%",
          "%",
          "%Q",
          "a.service b@.service c@%i.target",
          "a.service",
          "!/etc/passwd",
          "|!%t/x",
          "A=1 \"B=x y\" C D=",
          "org.example.Name",
          "0777",
          "64M:1G",
          "*-*-* *:0/5:00 Europe/Berlin",
          "%t/socket",
          "[::1]:80",
          "@abstract",
          "vsock:1:2",
          "file:/x",
          "append:%h/y",
          "journal",
          "\\",
          "\"",
          "'",
          "\u00e9\u0301");

  private static final String SPECIAL = "=\\\"'%$;:@-!|+~ \t{}[]/#\u00e9\0";

  private final Random random = new Random(SEED);

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static SortedMap<String, List<String>> keys() {
    var keys = new TreeMap<String, List<String>>();
    Directives.sections().forEach(section -> keys.put(section, new ArrayList<>()));
    for (String directive : DirectivesTest.used()) {
      String[] parts = directive.split("\\.", 2);
      if (Directives.isApplied(parts[0], parts[1])) {
        keys.getOrDefault(parts[0], new ArrayList<>()).add(parts[1]);
      }
    }
    return keys;
  }

  private String value() {
    var value = new StringBuilder(any(VALUES));
    for (int i = random.nextInt(6); i > 3; i--) {
      int at = random.nextInt(value.length() + 1);
      value.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
    }
    return value.toString();
  }

  private String text() {
    var sections = List.copyOf(KEYS.keySet());
    var text = new StringBuilder();
    var section = any(sections);
    text.append('[').append(section).append("]\n");
    for (int i = random.nextInt(MOST_LINES); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        section = any(sections);
        text.append('[').append(section).append("]\n");
      }
      var keys = KEYS.getOrDefault(section, List.of());
      var key = keys.isEmpty() || random.nextInt(20) == 0 ? "NoSuch" : any(keys);
      text.append(key).append('=').append(value()).append('\n');
    }
    return text.toString();
  }

  private static UnitFile file(String path, String text) {
    return UnitFile.read(path, text.getBytes(UTF_8));
  }

  private static Optional<String> specifier(char letter) {
    return "thSCE".indexOf(letter) < 0 ? Optional.empty() : Optional.of("/x");
  }

  @Test
  void unitsOfAnythingHoldTheirLaws() {
    int loaded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var id = UnitName.of(any(NAMES));
      var texts = new ArrayList<String>();
      var dropIns = new ArrayList<UnitFile>();
      for (int i = random.nextInt(3); i > 0; i--) {
        texts.add(text());
        dropIns.add(file("/d/" + i, texts.getLast()));
      }
      texts.add(text());
      var input =
          new UnitMaker.Input(id, Set.of(id), file("/u", texts.getLast()), dropIns, Map.of());
      String what = "seed " + SEED + " round " + round + "\n" + texts;
      loaded += expectLaws(input, what) ? 1 : 0;
    }
    assertThat(loaded).isBetween(ROUNDS / 20, ROUNDS);
  }

  /** Whether the unit has loaded. */
  private static boolean expectLaws(UnitMaker.Input input, String what) {
    var made = UnitMaker.make(input, ReadFuzzTest::specifier);
    assertThat(UnitMaker.make(input, ReadFuzzTest::specifier).unit())
        .as(what)
        .usingRecursiveComparison()
        .isEqualTo(made.unit());
    boolean isBroken =
        made.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    var unit = made.unit();
    assertThat(unit.loadState())
        .as(what)
        .isEqualTo(isBroken ? LoadState.BAD_SETTING : LoadState.LOADED);
    assertThat(unit.settings() instanceof NoSettings).as(what).isEqualTo(isBroken);
    for (var names : unit.dependencies().values()) {
      assertThat(names).as(what).isNotEmpty().noneMatch(UnitName::isTemplate);
      assertThat(names).as(what).doesNotContain(input.id());
    }
    for (var problem : made.problems()) {
      assertThat(problem.line()).as(what).isBetween(0, 2 * MOST_LINES + 1);
      assertThat(problem.message()).as(what).doesNotContain("\0", "\n");
    }
    return !isBroken;
  }
}
