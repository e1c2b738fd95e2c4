package org.usersvc.systemd.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usersvc.systemd.syntax.Entry;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/** The units that usersvc has for every user. */
final class ShippedUnitsTest {
  private static final List<String> REFERENCES =
      List.of("Wants", "Requires", "BindsTo", "After", "Before", "Conflicts", "Slice");

  @TempDir private Path root;
  private UnitTree tree;

  @BeforeEach
  void plant() {
    tree = new UnitTree(root);
    tree.link(tree.vendor(), Path.of("src/main/units").toAbsolutePath().toString());
    tree.index.refresh();
  }

  private List<Entry> entries(String name) {
    return tree.load(name).files().getFirst().entries();
  }

  private List<String> values(String name, String key) {
    return entries(name).stream()
        .filter(entry -> entry.key().equals(key))
        .map(Entry::value)
        .toList();
  }

  @Test
  void allLoadWithoutProblems() {
    assertThat(tree.index.entries()).hasSizeGreaterThan(15);
    for (var name : tree.index.entries().keySet()) {
      var loaded = tree.load(name.toString());
      assertThat(loaded.state()).isEqualTo(LoadState.LOADED);
      assertThat(loaded.problems()).isEmpty();
      assertThat(loaded.files()).allMatch(file -> file.problems().isEmpty());
      assertThat(values(name.toString(), "Description")).hasSize(1);
    }
  }

  @Test
  void theyNameOnlyEachOther() {
    var named = new ArrayList<String>();
    for (var name : tree.index.entries().keySet()) {
      for (var entry : entries(name.toString())) {
        if (REFERENCES.contains(entry.key())) {
          named.addAll(List.of(entry.value().split(" ")));
        }
      }
    }
    assertThat(named)
        .isNotEmpty()
        .allMatch(name -> tree.index.entries().containsKey(UnitName.of(name)));
  }

  @Test
  void noneCanBeEnabledSoThatAllAreStatic() {
    for (var name : tree.index.entries().keySet()) {
      assertThat(entries(name.toString())).noneMatch(entry -> entry.section().equals("Install"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic.target",
        "default.target",
        "sockets.target",
        "timers.target",
        "paths.target",
        "shutdown.target",
        "exit.target",
        "graphical-session.target",
        "graphical-session-pre.target",
        "xdg-desktop-autostart.target",
        "-.slice",
        "app.slice",
        "session.slice",
        "background.slice",
        "bluetooth.target",
        "printer.target",
        "smartcard.target",
        "sound.target"
      })
  void isThere(String name) {
    assertThat(tree.index.entry(UnitName.of(name))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "graphical-session.target, RefuseManualStart",
    "graphical-session.target, StopWhenUnneeded",
    "graphical-session-pre.target, StopWhenUnneeded",
    "xdg-desktop-autostart.target, RefuseManualStart",
    "xdg-desktop-autostart.target, StopWhenUnneeded",
    "shutdown.target, RefuseManualStart",
    "default.target, AllowIsolate",
    "exit.target, AllowIsolate",
    "bluetooth.target, StopWhenUnneeded",
    "printer.target, StopWhenUnneeded",
    "smartcard.target, StopWhenUnneeded",
    "sound.target, StopWhenUnneeded"
  })
  void says(String name, String key) {
    assertThat(values(name, key)).containsExactly("yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutdown.target", "exit.target", "timers.target"})
  void endsWithoutDefaultDependencies(String name) {
    assertThat(values(name, "DefaultDependencies")).containsExactly("no");
  }
}
