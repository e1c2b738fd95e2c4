package org.usersvc.systemd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.usersvc.daemon.Knots;
import org.usersvc.daemon.PackageTable;
import org.usersvc.systemd.bus.SystemdBus;

/** The table of this module's README.md, and what the module may see of the daemon. */
final class ArchitectureTest {
  private static final String ROOT = "org.usersvc.systemd";

  private static final String DAEMON = "org.usersvc.daemon.";

  /** So many classes that go together may know each other. */
  private static final int LARGEST_KNOT = 3;

  /** Each package, and what it may import of the others and of the daemon. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("syntax", Set.of("daemon.calendar", "daemon.model")),
          Map.entry("condition", Set.of("daemon.calendar")),
          Map.entry("exec", Set.of("syntax", "daemon.model")),
          Map.entry("unit", Set.of("syntax", "condition", "exec", "daemon.model")),
          Map.entry(
              "directive", Set.of("syntax", "exec", "unit", "daemon.calendar", "daemon.model")),
          Map.entry("load", Set.of("syntax", "unit", "daemon.files", "daemon.model")),
          Map.entry(
              "read",
              Set.of("syntax", "condition", "exec", "unit", "directive", "load", "daemon.model")),
          Map.entry("install", Set.of("syntax", "unit", "load", "daemon.files", "daemon.model")),
          Map.entry("job", Set.of("syntax", "unit")),
          Map.entry("service", Set.of("syntax", "exec", "unit", "daemon.model")),
          Map.entry("scope", Set.of("exec", "unit", "daemon.model")),
          Map.entry("timer", Set.of("unit", "job", "daemon.calendar")),
          Map.entry("path", Set.of("unit", "job")),
          Map.entry("socket", Set.of("syntax", "exec", "unit", "job", "service", "daemon.model")),
          Map.entry("record", Set.of("syntax", "service", "daemon.model")),
          Map.entry(
              "engine",
              Set.of(
                  "syntax",
                  "condition",
                  "exec",
                  "unit",
                  "job",
                  "service",
                  "record",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry(
              "manage",
              Set.of(
                  "syntax",
                  "condition",
                  "unit",
                  "load",
                  "read",
                  "job",
                  "record",
                  "engine",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry(
              "prepare",
              Set.of(
                  "syntax",
                  "condition",
                  "exec",
                  "engine",
                  "daemon.execution",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.process")),
          Map.entry(
              "run",
              Set.of(
                  "syntax",
                  "exec",
                  "unit",
                  "job",
                  "service",
                  "scope",
                  "record",
                  "engine",
                  "prepare",
                  "listen",
                  "daemon.execution",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.log",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.notify",
                  "daemon.process")),
          Map.entry(
              "observe",
              Set.of(
                  "syntax",
                  "unit",
                  "job",
                  "path",
                  "record",
                  "engine",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop")),
          Map.entry(
              "elapse",
              Set.of(
                  "syntax",
                  "unit",
                  "job",
                  "timer",
                  "record",
                  "engine",
                  "daemon.calendar",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry(
              "survival",
              Set.of(
                  "syntax",
                  "unit",
                  "load",
                  "job",
                  "record",
                  "engine",
                  "manage",
                  "run",
                  "daemon.execution",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.model",
                  "daemon.process")),
          Map.entry(
              "listen",
              Set.of(
                  "syntax",
                  "exec",
                  "unit",
                  "job",
                  "socket",
                  "record",
                  "engine",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry(
              "dbus",
              Set.of(
                  "syntax",
                  "unit",
                  "load",
                  "engine",
                  "manage",
                  "job",
                  "daemon.execution",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.process",
                  "daemon.wire")),
          Map.entry(
              "verify",
              Set.of(
                  "syntax",
                  "unit",
                  "load",
                  "read",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry("machine", Set.of("condition", "daemon.files", "daemon.model")),
          Map.entry("made", Set.of("syntax", "read", "daemon.model")),
          Map.entry(
              "face",
              Set.of(
                  "syntax",
                  "condition",
                  "exec",
                  "unit",
                  "install",
                  "job",
                  "service",
                  "engine",
                  "made",
                  "daemon.calendar",
                  "daemon.execution",
                  "daemon.export",
                  "daemon.model",
                  "daemon.wire")),
          Map.entry(
              "view",
              Set.of(
                  "syntax",
                  "condition",
                  "unit",
                  "job",
                  "service",
                  "engine",
                  "daemon.calendar",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.view")),
          Map.entry(
              "command",
              Set.of(
                  "syntax",
                  "unit",
                  "read",
                  "job",
                  "engine",
                  "face",
                  "daemon.calendar",
                  "daemon.export",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.wire")),
          Map.entry(
              "startup",
              Set.of(
                  "syntax",
                  "unit",
                  "load",
                  "job",
                  "engine",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model")),
          Map.entry(
              "bus",
              Set.of(
                  "syntax",
                  "condition",
                  "unit",
                  "load",
                  "read",
                  "install",
                  "job",
                  "engine",
                  "manage",
                  "verify",
                  "machine",
                  "prepare",
                  "listen",
                  "elapse",
                  "observe",
                  "record",
                  "run",
                  "survival",
                  "dbus",
                  "made",
                  "face",
                  "view",
                  "startup",
                  "command",
                  "daemon.activation",
                  "daemon.export",
                  "daemon.extension",
                  "daemon.files",
                  "daemon.loop",
                  "daemon.model",
                  "daemon.wire")));

  /** Packages of the daemon whose types an extension is handed, or gets from such types. */
  private static final Set<String> SEEN_PACKAGES =
      Set.of(
          "calendar",
          "execution",
          "export",
          "extension",
          "files",
          "model",
          "process",
          "view",
          "wire");

  /** Single types that it is handed, of packages that are not to be seen as a whole. */
  private static final Set<String> SEEN_TYPES =
      Set.of(
          "activation.Outcome",
          "log.LogFormat",
          "loop.Alarm",
          "loop.Clock",
          "loop.DayAlarm",
          "loop.Pieces",
          "notify.Notification",
          "notify.NotifySocket",
          "notify.Sender");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .importUrl(SystemdBus.class.getProtectionDomain().getCodeSource().getLocation());

  private static final PackageTable TABLE =
      new PackageTable(ROOT, "org.usersvc.", OURS, MAY_IMPORT);

  static Set<String> packages() {
    return new TreeSet<>(MAY_IMPORT.keySet());
  }

  @Test
  void looksAtTheWholeModule() {
    assertThat(OURS.size()).isGreaterThan(100);
    assertThat(TABLE.packages()).isEqualTo(packages());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatItMay(String name) {
    assertThat(TABLE.forbidden(name)).as("what %s may not import", name).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsAllThatItMay(String name) {
    assertThat(TABLE.unused(name)).as("what %s may import and does not", name).isEmpty();
  }

  @Test
  void isWrittenDown() throws IOException {
    assertThat(PackageTable.read(Path.of("README.md"), "Packages")).isEqualTo(TABLE.written());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void noKnotIsLarge() {
    assertThat(Knots.largerThan(LARGEST_KNOT, TABLE)).isEmpty();
  }

  @Test
  void seesOnlyWhatExtensionsAreHanded() {
    var forbidden =
        OURS.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getName().startsWith(DAEMON))
            .filter(dependency -> !isSeen(dependency.getTargetClass()))
            .map(dependency -> dependency.getDescription())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(forbidden).isEmpty();
  }

  private static boolean isSeen(JavaClass type) {
    String name = type.getName().substring(DAEMON.length());
    return SEEN_PACKAGES.contains(name.substring(0, name.indexOf('.')))
        || SEEN_TYPES.contains(name.replaceFirst("\\$.*", ""));
  }

  @Test
  void makesNoThreadAndNoProcessAndReadsNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, ProcessBuilder.class, Runtime.class)
        .check(OURS);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (String name : packages()) {
      assertThat(OURS.getPackage(ROOT + "." + name).isAnnotatedWith(NullMarked.class))
          .as(name)
          .isTrue();
    }
  }
}
