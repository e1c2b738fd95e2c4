package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two real compositors of one user at once: the newest has the services. */
@ExtendWith(TreeExtension.class)
final class TwoSwaysIT {
  private static final String REGISTER = "exec usersvc session register";

  /** Services of three kinds, one that needs nothing, and one that tells when all is settled. */
  private record Services(Desktop desktop, List<Needy> needy, Service free, Needy last) {
    static Services of(Tree tree) throws IOException {
      var needy =
          List.of(
              Needy.service(tree, "foot", "WAYLAND_DISPLAY", "foot --server"),
              Needy.service(tree, "swaysock", "SWAYSOCK"),
              Needy.service(tree, "both", "WAYLAND_DISPLAY"));
      needy.getLast().service().file("needs-env", "WAYLAND_DISPLAY\nSWAYSOCK I3SOCK\n");
      var free = tree.service("free").run("echo started >> starts", "exec sleep 1000");
      var last = Needy.service(tree, "last", "LAST");
      var desktop = Desktop.of(tree);
      desktop.start().ask("rescan").expect(0);
      free.awaitUp();
      return new Services(desktop, needy, free, last);
    }

    /** Waits until they run in that compositor, after so many starts and not one more. */
    void awaitIn(Sway sway, int starts) throws IOException {
      for (var service : needy) {
        service.awaitStart(starts);
      }
      settle();
      for (var service : needy) {
        assertThat(service.starts()).as("starts of " + service.name()).isEqualTo(starts);
        assertThat(service.given("WAYLAND_DISPLAY")).isEqualTo(sway.display());
        assertThat(service.given("SWAYSOCK")).isEqualTo(sway.control().toString());
      }
      assertThat(free.read("starts")).isEqualTo("started\n");
      assertThat(desktop.usersvc("env").expect(0).out())
          .contains("WAYLAND_DISPLAY=" + sway.display() + "\n");
    }

    /** A later change of the environment has its effect: no earlier one is still to come. */
    private void settle() throws IOException {
      desktop.usersvc("env", "set", "LAST=1").expect(0);
      last.awaitUp();
      desktop.usersvc("env", "unset", "LAST").expect(0);
      last.awaitWaiting();
    }
  }

  @Test
  void theNewestWinsAndTheFirstIsReturnedTo(Tree tree) throws IOException {
    var services = Services.of(tree);
    var first = Sway.start(services.desktop(), REGISTER);
    services.awaitIn(first, 1);
    var second = Sway.start(services.desktop(), REGISTER);
    assertThat(second.display()).isNotEqualTo(first.display());
    services.awaitIn(second, 2);
    second.exit();
    services.awaitIn(first, 3);
  }

  @Test
  void theFirstIsReturnedToAfterACrash(Tree tree) throws IOException {
    var services = Services.of(tree);
    var first = Sway.start(services.desktop(), REGISTER);
    services.awaitIn(first, 1);
    var second = Sway.start(services.desktop(), REGISTER);
    services.awaitIn(second, 2);
    second.kill();
    services.awaitIn(first, 3);
    first.kill();
    for (var service : services.needy()) {
      service.service().awaitDown();
    }
  }

  @Test
  void theEndOfAnOlderOneDisturbsNobody(Tree tree) throws IOException {
    var services = Services.of(tree);
    var first = Sway.start(services.desktop(), REGISTER);
    services.awaitIn(first, 1);
    var second = Sway.start(services.desktop(), REGISTER);
    services.awaitIn(second, 2);
    first.exit();
    services.awaitIn(second, 2);
  }
}
