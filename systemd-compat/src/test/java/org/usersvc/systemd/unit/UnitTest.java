package org.usersvc.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.UnitFlags.Flag;

final class UnitTest {
  private static final UnitName A = UnitName.of("a.service");

  @Test
  void dependenciesKeepTheirOrderAndAreCopied() {
    var names = new LinkedHashSet<UnitName>();
    List.of("z.service", "b.service", "m.service").forEach(name -> names.add(UnitName.of(name)));
    var dependencies = new EnumMap<Relation, Set<UnitName>>(Relation.class);
    dependencies.put(Relation.WANTS, names);
    dependencies.put(Relation.AFTER, Set.of());
    var unit = Unit.of(A, LoadState.LOADED).withDependencies(dependencies);
    names.clear();
    assertThat(unit.dependencies(Relation.WANTS))
        .extracting(UnitName::toString)
        .containsExactly("z.service", "b.service", "m.service");
    assertThat(unit.dependencies()).containsOnlyKeys(Relation.WANTS);
    assertThat(unit.dependencies(Relation.BEFORE)).isEmpty();
  }

  @Test
  void flagsAreSetAndCleared() {
    var flags = UnitFlags.DEFAULT.with(Flag.ALLOW_ISOLATE, true);
    assertThat(flags.allowIsolate()).isTrue();
    assertThat(flags.defaultDependencies()).isTrue();
    assertThat(flags.with(Flag.ALLOW_ISOLATE, false)).isEqualTo(UnitFlags.DEFAULT);
  }

  @Test
  void wordsAreThoseOfTheBus() {
    assertThat(LoadState.BAD_SETTING.word()).isEqualTo("bad-setting");
    assertThat(JobMode.ofWord("replace-irreversibly")).contains(JobMode.REPLACE_IRREVERSIBLY);
    assertThat(JobMode.ofWord("REPLACE")).isEmpty();
  }

  @Test
  void startLimitIsOffWithAZero() {
    assertThat(new StartLimit(Duration.ZERO, 5).isSet()).isFalse();
    assertThat(new StartLimit(Duration.ofSeconds(1), 0).isSet()).isFalse();
    assertThat(new StartLimit(null, 1).isSet()).isTrue();
    assertThatThrownBy(() -> new StartLimit(null, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
