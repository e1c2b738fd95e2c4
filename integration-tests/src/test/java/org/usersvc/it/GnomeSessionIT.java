package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The session of GNOME, which gnome-session starts by its own units. */
@Tag("root")
final class GnomeSessionIT {
  /** What systemd 252 has when the session is up. */
  private static final Path EXPECTED = Path.of("src/test/resources/gnome-43.units");

  /** What outlives a session: what was there before. */
  private static final Set<String> STAYING = Set.of("usersvcd", "usersvc-keeper", "dbus-daemon");

  private static void awaitUnits(Gnome gnome) throws IOException {
    var expected = Files.readAllLines(EXPECTED);
    try {
      Await.until("the units", () -> gnome.units().equals(expected));
    } catch (AssertionError late) {
      assertThat(gnome.units()).as(late.getMessage()).isEqualTo(expected);
    }
  }

  private static String name(String process) {
    return process.substring(process.indexOf(' ') + 1);
  }

  private static void logout(Gnome gnome, Running session) throws IOException {
    gnome.logout();
    assertThat(session.awaitEnd()).as(session.output()).isZero();
    for (var target : List.of("graphical-session.target", "graphical-session-pre.target")) {
      Await.answer(target, () -> gnome.state(target), "inactive dead"::equals);
    }
    Predicate<String> isOfSession = process -> !STAYING.contains(name(process));
    Await.answer(
        "the end of all processes",
        () -> gnome.processes().stream().filter(isOfSession).toList(),
        List::isEmpty);
  }

  /** Those that stay until the logout: without USBGuard, gsd-usb-protection ends by itself. */
  private static Set<String> processes(Gnome gnome) throws IOException {
    return gnome.processes().stream()
        .filter(process -> !name(process).equals("usersvcd"))
        .filter(process -> !name(process).startsWith("gsd-usb-protect"))
        .collect(Collectors.toSet());
  }

  private static void expectAsBefore(Gnome gnome, Set<String> processes) throws IOException {
    awaitUnits(gnome);
    assertThat(processes(gnome)).containsAll(processes);
  }

  @Test
  void itShowsItsDesktopAndComesAgainAndOutlivesTheDaemon() throws IOException {
    try (var gnome = new Gnome()) {
      var session = gnome.login();
      awaitUnits(gnome);
      Await.answer("a desktop", gnome::picture, picture -> picture.colours() > 50);
      logout(gnome, session);
      var second = gnome.login();
      awaitUnits(gnome);
      var processes = processes(gnome);
      assertThat(processes).anyMatch(process -> name(process).equals("gnome-shell"));
      gnome.killDaemon();
      expectAsBefore(gnome, processes);
      gnome.replaceDaemon();
      expectAsBefore(gnome, processes);
      logout(gnome, second);
    }
  }
}
