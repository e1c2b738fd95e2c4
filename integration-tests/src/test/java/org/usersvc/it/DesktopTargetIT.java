package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The targets of desktops that bring none, and of the user. */
@ExtendWith(TreeExtension.class)
final class DesktopTargetIT {
  private static final String TARGET = "graphical-session.target";

  /** A unit of the shape of xdg-desktop-portal.service. */
  private static Units withPortal(Tree tree) throws IOException {
    return Units.of(tree)
        .steady(
            "portal",
            "PartOf=graphical-session.target",
            "Requisite=graphical-session.target",
            "After=graphical-session.target");
  }

  @Test
  void thePortalRunsUnderSwayUntilSwayEnds(Tree tree) throws IOException {
    var written = withPortal(tree);
    var desktop = Desktop.of(tree);
    var units = written.of(desktop).startOnBus();
    units.systemctl("start", "portal").expect(1);
    var first = Sway.start(desktop, "exec usersvc session register");
    units.awaitState(TARGET, "active/active");
    units.systemctl("start", "portal").expect(0);
    units.systemctl("is-active", "usersvc-session.target").expect(0);
    first.kill();
    units.awaitState("portal.service", "inactive");
    units.awaitState(TARGET, "inactive");
    var second = Sway.start(desktop, "exec usersvc session register --graphical");
    units.awaitState(TARGET, "active/active");
    second.exit();
    units.awaitState(TARGET, "inactive");
  }

  @Test
  void theNextDaemonEndsItWithTheSession(Tree tree) throws IOException {
    var units = withPortal(tree).startOnBus();
    var leader = tree.begin("sleep", "1000");
    tree.usersvc("session", "register", "--graphical", "--leader", "" + leader.pid(), "A=b")
        .expect(0);
    units.awaitState(TARGET, "active/active");
    units.daemon().kill();
    leader.kill();
    units.start();
    units.awaitState(TARGET, "inactive");
  }

  private static void restart(Units units) throws IOException {
    units.daemon().signal("TERM");
    units.daemon().awaitEnd();
    units.start();
  }

  @Test
  void whatPackagesHaveEnabledStartsWhenTheUserSaysSo(Tree tree) throws IOException {
    var units =
        Units.of(tree)
            .unit("mine.service", "[Service]", Units.STEADY, "[Install]", "WantedBy=default.target")
            .unit("theirs.service", "[Service]", Units.STEADY)
            .target("default", "AllowIsolate=yes", "Wants=theirs.service");
    units.startOnBus();
    assertThat(tree.usersvc("enable", "--now", "mine.service").expect(0).out())
        .startsWith("symlink ");
    units.awaitState("mine.service", "active/running");
    restart(units);
    units.awaitState("mine.service", "active/running");
    units.expectStates("inactive/dead", "theirs.service", "default.target");
    tree.usersvc("enable", "default.target").expect(0);
    restart(units);
    units.awaitState("theirs.service", "active/running");
    tree.usersvc("disable", "--now", "default.target").expect(0);
    units.awaitState("default.target", "inactive/dead");
    restart(units);
    units.awaitState("mine.service", "active/running");
    units.expectStates("inactive/dead", "theirs.service", "default.target");
  }
}
