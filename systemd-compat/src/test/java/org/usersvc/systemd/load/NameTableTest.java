package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.systemd.load.SearchDirectory.Role;
import org.usersvc.systemd.syntax.UnitName;

/** Aliases by the thousand, without any file. */
final class NameTableTest {
  private static final int MANY = 10_000;
  private static final SearchDirectory DIRECTORY = new SearchDirectory("/d", Role.CONFIG);

  private static Listed alias(int from, int to) {
    return new Listed(UnitName.of("n" + from + ".service"), DIRECTORY, "/d/n" + to + ".service");
  }

  private static NameTable table(List<Listed> listed) {
    var scan = new DirectoryScan(DIRECTORY, null, true, listed, Set.of(), true);
    return new NameTable(listed, new LinkTargets(new PosixFileSystem(), List.of(scan)));
  }

  private static List<Listed> row() {
    var listed = new ArrayList<Listed>();
    for (int i = 0; i < MANY; i++) {
      listed.add(alias(i, i + 1));
    }
    return listed;
  }

  @Test
  @Timeout(5)
  void manyAliasesInARowMeanTheLastOne() {
    var unit = table(row()).resolve(UnitName.of("n0.service"));
    assertThat(unit.id()).hasToString("n10000.service");
    assertThat(unit.names()).hasSize(MANY + 1);
  }

  @Test
  @Timeout(5)
  void manyAliasesInACircleMeanNothing() {
    var listed = row();
    listed.add(alias(MANY, 0));
    var table = table(listed);
    assertThat(table.resolve(UnitName.of("n0.service")).isLoop()).isTrue();
    assertThat(table.resolve(UnitName.of("n10000.service")).isLoop()).isTrue();
  }

  @Test
  @Timeout(5)
  void namesThatLeadIntoACircleMeanNothing() {
    var table = table(List.of(alias(1, 2), alias(2, 3), alias(3, 2)));
    assertThat(table.resolve(UnitName.of("n1.service")).isLoop()).isTrue();
    assertThat(table.resolve(UnitName.of("n4.service")).isLoop()).isFalse();
  }

  @Test
  @Timeout(5)
  void eachOfManyAliasesOfOneUnitIsFoundQuickly() {
    var listed = new ArrayList<Listed>();
    for (int i = 1; i < MANY; i++) {
      listed.add(alias(i, 0));
    }
    var table = table(listed);
    for (var each : listed) {
      assertThat(table.resolve(each.name()).names()).hasSize(MANY);
    }
  }

  @Test
  void aFileThatComesLaterIsThatOfItsAliases() {
    var table = table(List.of(alias(1, 2)));
    assertThat(table.resolve(UnitName.of("n1.service")).entry()).isEmpty();
    var file = new Listed(UnitName.of("n2.service"), DIRECTORY, null);
    assertThat(table.add(file)).isTrue();
    assertThat(table.resolve(UnitName.of("n1.service")).entry()).contains(file);
    assertThat(table.remove(file)).isTrue();
    assertThat(table.resolve(UnitName.of("n1.service")).entry()).isEmpty();
  }
}
