package org.usersvc.systemd.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What this module may see of the daemon: what it extends, and what that hands out. */
final class ImportsTest {
  private static final String DAEMON = "org.usersvc.daemon.";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .importUrl(SystemdBus.class.getProtectionDomain().getCodeSource().getLocation());

  /** Packages whose types are in signatures of {@code extension}, or in those of these types. */
  private static final Set<String> PACKAGES =
      Set.of("execution", "export", "extension", "files", "model", "process", "wire");

  /** Single types that are there, of packages that are not to be seen as a whole. */
  private static final Set<String> TYPES =
      Set.of(
          "activation.Outcome",
          "log.LogFormat",
          "loop.Alarm",
          "loop.Clock",
          "loop.Pieces",
          "notify.Notification",
          "notify.NotifySocket",
          "notify.Sender");

  @Test
  void importsOnlyWhatExtensionsSee() {
    var forbidden =
        OURS.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getName().startsWith(DAEMON))
            .filter(dependency -> !isSeen(dependency.getTargetClass()))
            .map(dependency -> dependency.getDescription())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(forbidden).isEmpty();
  }

  @Test
  void looksAtAllOfTheModule() {
    assertThat(OURS.contain(SystemdBus.class)).isTrue();
    assertThat(OURS.size()).isGreaterThan(4);
  }

  private static boolean isSeen(JavaClass type) {
    String name = type.getName().substring(DAEMON.length());
    return PACKAGES.contains(name.substring(0, name.indexOf('.')))
        || TYPES.contains(name.replaceFirst("\\$.*", ""));
  }
}
