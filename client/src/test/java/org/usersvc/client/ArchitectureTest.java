package org.usersvc.client;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.Knots;
import org.usersvc.daemon.PackageTable;

final class ArchitectureTest {
  private static final String ROOT = "org.usersvc.client";

  /** So many classes that go together may know each other. */
  private static final int LARGEST_KNOT = 3;

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void noKnotIsLarge() {
    var table = new PackageTable(ROOT, ROOT, OURS, Map.of());
    assertThat(table.packages()).contains("check", "command", "definition", "local");
    assertThat(Knots.largerThan(LARGEST_KNOT, table)).isEmpty();
  }

  @Test
  void packagesHaveNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }
}
