package org.usersvc.daemon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.usersvc.daemon.loop.EventLoop;

/** The table of ARCHITECTURE.md, and what only one package may do. */
final class ArchitectureTest {
  private static final String ROOT = "org.usersvc.daemon";

  /** The one package that wires the others: it may import all of them, and none imports it. */
  private static final String MAIN = "main";

  /** Any other package, and what it may import of the others. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("model", Set.of()),
              Map.entry("calendar", Set.of()),
              Map.entry("lifecycle", Set.of("model")),
              Map.entry("process", Set.of("model")),
              Map.entry("files", Set.of("model")),
              Map.entry("log", Set.of("model", "files", "loop")),
              Map.entry("loop", Set.of()),
              Map.entry("runtime", Set.of("model", "files", "loop")),
              Map.entry("os", Set.of("model", "process", "files", "loop")),
              Map.entry("notify", Set.of("model", "files", "loop", "runtime")),
              Map.entry("schedule", Set.of("calendar")),
              Map.entry("servicedir", Set.of("model", "files", "calendar", "schedule")),
              Map.entry(
                  "trigger",
                  Set.of(
                      "model",
                      "files",
                      "loop",
                      "calendar",
                      "schedule",
                      "platform",
                      "scan",
                      "state")),
              Map.entry("session", Set.of("model")),
              Map.entry("environment", Set.of("model")),
              Map.entry(
                  "activation",
                  Set.of(
                      "model",
                      "process",
                      "files",
                      "loop",
                      "session",
                      "environment",
                      "state",
                      "platform",
                      "scan",
                      "supervise")),
              Map.entry("enable", Set.of("model", "files", "loop", "supervise", "job", "view")),
              Map.entry("mounts", Set.of("model", "files", "loop")),
              Map.entry("state", Set.of("model", "lifecycle", "files", "session")),
              Map.entry("control", Set.of("model", "lifecycle", "files")),
              Map.entry(
                  "supervise",
                  Set.of(
                      "calendar",
                      "control",
                      "environment",
                      "execution",
                      "files",
                      "lifecycle",
                      "log",
                      "loop",
                      "model",
                      "notify",
                      "order",
                      "platform",
                      "process",
                      "runtime",
                      "scan",
                      "servicedir",
                      "state",
                      "trigger",
                      "view")),
              Map.entry("view", Set.of("model")),
              Map.entry("render", Set.of("model", "session", "view")),
              Map.entry(
                  "socket",
                  Set.of(
                      "job",
                      "view",
                      "activation",
                      "enable",
                      "extension",
                      "render",
                      "session",
                      "files",
                      "loop",
                      "model",
                      "runtime",
                      "platform")),
              Map.entry(
                  "platform",
                  Set.of("model", "process", "files", "loop", "runtime", "control", "state")),
              Map.entry("scan", Set.of("model", "files", "loop", "platform")),
              Map.entry("order", Set.of("model", "lifecycle", "loop", "servicedir", "platform")),
              Map.entry("job", Set.of("lifecycle", "log", "loop", "model", "view")),
              Map.entry(
                  "adopt",
                  Set.of(
                      "control",
                      "files",
                      "lifecycle",
                      "loop",
                      "model",
                      "platform",
                      "process",
                      "runtime",
                      "servicedir",
                      "state",
                      "supervise",
                      "view")),
              Map.entry("execution", Set.of("model", "process", "files", "loop")),
              Map.entry("wire", Set.of("model", "files", "loop", "runtime")),
              Map.entry("export", Set.of("files", "wire")),
              Map.entry(
                  "extension",
                  Set.of(
                      "activation",
                      "execution",
                      "export",
                      "files",
                      "log",
                      "loop",
                      "model",
                      "notify",
                      "process",
                      "view",
                      "wire")),
              Map.entry(
                  "mechanism",
                  Set.of(
                      "extension",
                      "files",
                      "log",
                      "loop",
                      "model",
                      "notify",
                      "platform",
                      "runtime",
                      "scan",
                      "state",
                      "supervise")),
              Map.entry(
                  "bus",
                  Set.of(
                      "extension",
                      "mechanism",
                      "runtime",
                      "wire",
                      "export",
                      "job",
                      "view",
                      "activation",
                      "render",
                      "session",
                      "files",
                      "loop",
                      "model",
                      "platform"))));

  private static final JavaClasses DAEMON =
      new ClassFileImporter()
          .importUrl(EventLoop.class.getProtectionDomain().getCodeSource().getLocation());

  static final PackageTable TABLE = new PackageTable(ROOT, ROOT, DAEMON, MAY_IMPORT);

  static Set<String> packages() {
    var all = new TreeSet<>(MAY_IMPORT.keySet());
    all.add(MAIN);
    return all;
  }

  @Test
  void looksAtTheWholeDaemon() {
    assertThat(DAEMON.size()).isGreaterThan(60);
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
    var arrows = TABLE.written();
    arrows.put(MAIN, Set.of("everything; nobody imports `main`"));
    assertThat(PackageTable.read(Path.of("..", "ARCHITECTURE.md"), "Packages of the daemon"))
        .isEqualTo(arrows);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(DAEMON);
  }

  @Test
  void onlyOsCallsNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..daemon.os..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..", "sun..")
        .check(DAEMON);
  }

  @Test
  void onlyLoopReadsClocks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..daemon.loop..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(DAEMON);
  }

  @Test
  void nobodyStartsProcessesBehindTheBackOfOs() {
    noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class).check(DAEMON);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.usersvc.daemon.os")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Runtime.class)
        .check(DAEMON);
  }

  @Test
  void threadsAreMadeOnlyInOs() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("..daemon.os..")
            .should()
            .dependOnClassesThat(
                describe("are threads or locks", ArchitectureTest::isThreadOrLock));
    rule.check(DAEMON);
  }

  private static boolean isThreadOrLock(JavaClass type) {
    return type.isAssignableTo(Thread.class)
        || type.getPackageName().startsWith("java.util.concurrent.locks")
        || type.isAssignableTo(java.util.concurrent.Executor.class);
  }

  @Test
  void everyPackageIsNullMarked() {
    for (String name : packages()) {
      assertThat(DAEMON.getPackage(ROOT + "." + name).isAnnotatedWith(NullMarked.class))
          .as(name)
          .isTrue();
    }
  }
}
