package org.usersvc.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Units as packages ship them, with their real programs. */
@ExtendWith(TreeExtension.class)
final class PackagedUnitsIT {
  private static final String[] SERVICES = {
    "pipewire.service",
    "wireplumber.service",
    "pipewire-pulse.service",
    "mpd.service",
    "gpg-agent.service",
    "ssh-agent.service",
    "dconf.service",
    "at-spi-dbus-bus.service",
    "emacs.service"
  };

  private static String shell(Units units, String commands) throws IOException {
    return units.run("sh", "-c", commands).expect(0).out();
  }

  private static Units withMpd(Tree tree) throws IOException {
    var directory = Files.createDirectories(tree.root().resolve(".config/mpd"));
    Files.writeString(
        directory.resolve("mpd.conf"),
        """
        bind_to_address "~/mpd-socket"
        audio_output {
          type "null"
          name "nothing"
        }
        """);
    return Units.ofUser(tree).startOnBus();
  }

  @Test
  void soundAgentsAndEmacsStartAtOnceAndDoTheirJobs(Tree tree) throws IOException {
    var units = withMpd(tree);
    units
        .systemctl(
            "start",
            "pipewire-pulse.socket",
            "wireplumber",
            "mpd",
            "gpg-agent.socket",
            "ssh-agent",
            "dconf",
            "at-spi-dbus-bus",
            "emacs")
        .expect(0);
    assertThat(shell(units, "pw-cli info 0")).contains("type: PipeWire:Interface:Core");
    assertThat(shell(units, "pactl info")).contains("Server Name: PulseAudio (on PipeWire");
    assertThat(shell(units, "emacsclient -e 1")).isEqualTo("1\n");
    String gpg = "gpg-connect-agent -S $XDG_RUNTIME_DIR/gnupg/S.gpg-agent";
    assertThat(shell(units, gpg + " 'getinfo pid' /bye"))
        .contains("D " + units.pid("gpg-agent.service") + "\n");
    Await.until("mpd's socket", () -> Files.exists(tree.root().resolve("mpd-socket")));
    Await.until(
        "wireplumber at pipewire",
        () -> units.run("wpctl", "status").out().contains("WirePlumber"));
    String environment = units.systemctl("show-environment").expect(0).out();
    var agent = tree.runtime().resolve("openssh_agent");
    assertThat(environment).contains("SSH_AUTH_SOCK=" + agent + "\n");
    shell(units, "ssh-keygen -q -t ed25519 -N '' -f ~/key");
    shell(units, "SSH_AUTH_SOCK=" + agent + " ssh-add ~/key");
    units.expectStates("active/running", SERVICES);
    units.systemctl("reload", "gpg-agent").expect(0);
    units.systemctl("stop", "pipewire.socket", "pipewire.service").expect(0);
    units.expectStates("inactive/dead", "wireplumber.service");
  }

  /** As the user's compositor does it. */
  @Test
  void whatIsPartOfTheGraphicalSessionLivesAsLongAsThat(Tree tree) throws IOException {
    var units = Units.ofUser(tree).startOnBus();
    var sway =
        Sway.start(
            units.desktop(),
            units.bus().variable(),
            "exec systemctl --user import-environment WAYLAND_DISPLAY SWAYSOCK"
                + " && systemctl --user start usersvc-session.target"
                + " foot-server@$WAYLAND_DISPLAY.socket");
    String foot = "foot-server@" + sway.display();
    units.awaitState("graphical-session.target", "active/active");
    units.awaitState("mako.service", "active/running");
    Await.until("foot's socket", () -> units.state(foot + ".socket").equals("active/listening"));
    var seen = tree.root().resolve("seen");
    units
        .desktop()
        .run(Map.of("WAYLAND_DISPLAY", sway.display()), "footclient", "touch", seen.toString())
        .expect(0);
    assertThat(seen).exists();
    units.expectStates("active/running", foot + ".service");
    units.systemctl("stop", "usersvc-session.target").expect(0);
    units.awaitState("graphical-session.target", "inactive/dead");
    units.awaitState("mako.service", "inactive/dead");
  }
}
