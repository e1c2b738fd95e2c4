package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/** Which units nobody needs, and how much is looked at for that. */
final class NeedlessSearchTest {
  private final Relations relations = new Relations();
  private final Set<UnitName> staying = new HashSet<>();
  private final List<UnitName> looked = new ArrayList<>();

  private static UnitName unit(int i) {
    return UnitName.of("u" + i + ".service");
  }

  private void names(int one, int other) {
    relations.say(unit(one), Relation.WANTS, unit(other));
  }

  private Set<UnitName> among(List<UnitName> candidates) {
    var search =
        new NeedlessSearch(
            relations,
            unit -> {
              looked.add(unit);
              return staying.contains(unit);
            });
    return search.among(candidates);
  }

  private static List<UnitName> all(int count) {
    var all = new ArrayList<UnitName>();
    for (int i = 0; i < count; i++) {
      all.add(unit(i));
    }
    return all;
  }

  @Test
  void aRingWithoutAUserIsNeedless() {
    names(0, 1);
    names(1, 2);
    names(2, 0);
    assertThat(among(all(1))).containsExactlyInAnyOrderElementsOf(all(3));
    staying.add(unit(1));
    assertThat(among(all(3))).isEmpty();
  }

  @Test
  void eachUnitOfALargeRingIsLookedAtOnce() {
    int many = 2000;
    for (int i = 0; i < many; i++) {
      names(i, (i + 1) % many);
    }
    staying.add(unit(7));
    assertThat(among(all(many))).isEmpty();
    assertThat(looked).hasSizeLessThanOrEqualTo(many);
  }

  @Test
  void aNeededCandidateTakesNoSearchOfTheRest() {
    names(1, 0);
    for (int i = 1; i < 100; i++) {
      names(i + 1, i);
    }
    staying.add(unit(1));
    assertThat(among(all(1))).isEmpty();
    assertThat(looked).containsExactly(unit(0), unit(1));
  }

  @Test
  void findsWhatASearchOfEachCandidateFinds() {
    var random = new Random(5);
    for (int round = 0; round < 500; round++) {
      int count = 2 + random.nextInt(12);
      all(14).forEach(relations::unsay);
      staying.clear();
      for (int i = random.nextInt(20); i > 0; i--) {
        names(random.nextInt(count), random.nextInt(count));
      }
      staying.add(unit(random.nextInt(count)));
      var candidates = all(count).subList(0, 1 + random.nextInt(count - 1));
      var expected = new HashSet<UnitName>();
      candidates.forEach(candidate -> expected.addAll(needlessFrom(candidate)));
      assertThat(among(candidates)).isEqualTo(expected);
    }
  }

  /** A unit and all that name it; none if one of them stays. */
  private Set<UnitName> needlessFrom(UnitName candidate) {
    var all = new HashSet<UnitName>(Set.of(candidate));
    var work = new ArrayList<UnitName>(all);
    while (!work.isEmpty()) {
      for (var speakers : relations.speakers(work.removeLast())) {
        speakers.stream().filter(all::add).forEach(work::add);
      }
    }
    return all.stream().anyMatch(staying::contains) ? Set.of() : all;
  }
}
