package org.usersvc.daemon.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.model.Environment;

final class PrecedenceTest {
  private final List<Session> sessions = new ArrayList<>();

  private Session add(Standing standing, String... variables) {
    var brought = new LinkedHashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      brought.put(variables[i], variables[i + 1]);
    }
    int id = sessions.size() + 1;
    var leader = new Leader(id, "x");
    var session = new Session(id, "", leader, Environment.of(brought), Instant.EPOCH, standing);
    sessions.add(session);
    return session;
  }

  private Map<String, String> together() {
    return SessionTable.together(sessions).variables();
  }

  @Test
  void theDisplayOfAnotherMachineRanksBelowALocalOneUnlessNamed() {
    add(Standing.PLAIN, "DISPLAY", ":0", "XAUTHORITY", "/local");
    add(Standing.PLAIN, "DISPLAY", "localhost:10.0", "XAUTHORITY", "/remote", "A", "1");
    assertThat(together())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("DISPLAY", ":0", "XAUTHORITY", "/local", "A", "1"));
    add(Standing.PLAIN.withNamedDisplay(), "DISPLAY", "there:0");
    assertThat(together()).containsEntry("DISPLAY", "there:0").doesNotContainKey("XAUTHORITY");
  }

  @Test
  void aWaylandDesktopIsNotGivenTheXDisplayOfAnotherMachine() {
    add(Standing.PLAIN, "DISPLAY", "localhost:10.0", "XAUTHORITY", "/remote");
    assertThat(together()).containsEntry("DISPLAY", "localhost:10.0");
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-1");
    assertThat(together()).containsOnlyKeys("WAYLAND_DISPLAY");
  }

  @Test
  void whatSaysMoreOfADisplayComesWithIt() {
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-1", "SWAYSOCK", "/1", "I3SOCK", "/1");
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-2", "NIRI_SOCKET", "/2");
    add(Standing.PLAIN, "HELPER", "1", "SWAYSOCK", "/other");
    assertThat(together())
        .containsOnly(
            Map.entry("WAYLAND_DISPLAY", "wayland-2"),
            Map.entry("NIRI_SOCKET", "/2"),
            Map.entry("SWAYSOCK", "/other"),
            Map.entry("HELPER", "1"));
  }

  @Test
  void aNewerXDesktopLeavesTheWaylandOneItsOwn() {
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "w", "SWAYSOCK", "/1", "DISPLAY", ":0");
    add(Standing.PLAIN, "DISPLAY", ":1", "XAUTHORITY", "/x", "XDG_CURRENT_DESKTOP", "i3");
    assertThat(together())
        .containsOnly(
            Map.entry("WAYLAND_DISPLAY", "w"),
            Map.entry("SWAYSOCK", "/1"),
            Map.entry("DISPLAY", ":1"),
            Map.entry("XAUTHORITY", "/x"),
            Map.entry("XDG_CURRENT_DESKTOP", "i3"));
  }

  @Test
  void aWindowBringsNoMoreThanAnXDisplayWhereThereIsNone() {
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-1");
    add(Standing.PLAIN.within(1), "WAYLAND_DISPLAY", "wayland-2", "A", "1");
    assertThat(together()).containsExactly(Map.entry("WAYLAND_DISPLAY", "wayland-1"));
    add(Standing.PLAIN.within(1), "DISPLAY", ":7", "XAUTHORITY", "/7", "A", "1");
    assertThat(together())
        .containsOnly(
            Map.entry("WAYLAND_DISPLAY", "wayland-1"),
            Map.entry("DISPLAY", ":7"),
            Map.entry("XAUTHORITY", "/7"));
    add(Standing.PLAIN, "DISPLAY", ":0");
    assertThat(together()).containsEntry("DISPLAY", ":0").doesNotContainKey("XAUTHORITY");
  }

  private void desk(String id, String type) {
    add(Standing.LOGIN, "XDG_SESSION_ID", id, "XDG_SESSION_TYPE", type, "XDG_SEAT", "seat0");
  }

  private void ssh(String id) {
    add(Standing.LOGIN, "XDG_SESSION_ID", id, "XDG_SESSION_TYPE", "tty");
  }

  @Test
  void loginsAreNotMixed() {
    desk("1", "tty");
    assertThat(together()).containsEntry("XDG_SEAT", "seat0");
    ssh("7");
    assertThat(together())
        .containsOnly(Map.entry("XDG_SESSION_ID", "7"), Map.entry("XDG_SESSION_TYPE", "tty"));
  }

  @Test
  void aDisplayGoesWithTheLoginOfADeskWhoeverElseComes() {
    desk("1", "tty");
    desk("2", "wayland");
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-1");
    desk("3", "tty");
    ssh("7");
    assertThat(together()).containsEntry("XDG_SESSION_ID", "2").containsEntry("XDG_SEAT", "seat0");
  }

  @Test
  void aDisplayThatKnowsItsLoginGoesWithNoOther() {
    desk("1", "wayland");
    add(Standing.PLAIN, "DISPLAY", ":1", "XDG_SESSION_ID", "5");
    assertThat(together()).containsEntry("XDG_SESSION_ID", "5").doesNotContainKey("XDG_SEAT");
    desk("5", "tty");
    assertThat(together()).containsEntry("XDG_SESSION_ID", "5").containsEntry("XDG_SEAT", "seat0");
  }

  @Test
  void aDisplayThatNobodyHasLoggedInForHasNoLogin() {
    add(Standing.PLAIN, "WAYLAND_DISPLAY", "wayland-1");
    ssh("7");
    assertThat(together()).containsOnlyKeys("WAYLAND_DISPLAY");
  }
}
