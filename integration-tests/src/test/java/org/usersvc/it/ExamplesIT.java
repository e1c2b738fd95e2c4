package org.usersvc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The services that are shipped, enabled by their user, with the real programs. */
@ExtendWith(TreeExtension.class)
final class ExamplesIT {
  /** What its user has of it, as long as it runs. */
  @FunctionalInterface
  private interface Use {
    void of(Shipped service) throws IOException;
  }

  /** The same where it is for a compositor. */
  @FunctionalInterface
  private interface DisplayUse {
    void of(Shipped service, Sway sway) throws IOException;
  }

  /** Its bit in masks of signals. */
  private static final long USR1 = 1 << 9;

  private static final Map<String, Use> ANYWHERE =
      Map.ofEntries(
          entry("dbus", ExamplesIT::theBusAnswers),
          entry("emacs", ExamplesIT::emacsEvaluates),
          entry("gnome-keyring", ExamplesIT::gnomeKeyringOpensASession),
          entry("gpg-agent", ExamplesIT::gpgUsesTheSupervisedAgent),
          entry("mpd", ExamplesIT::mpdGreets),
          entry("pipewire", ExamplesIT::pipewireHasACore),
          entry("pipewire-pulse", ExamplesIT::pulseClientsFindPipewire),
          entry("ssh-agent", ExamplesIT::sshAgentHoldsAKey),
          entry("syncthing", ExamplesIT::syncthingAnswers),
          entry("wireplumber", ExamplesIT::wireplumberIsPipewiresManager));

  private static final Map<String, DisplayUse> ON_A_DISPLAY =
      Map.ofEntries(
          entry("at-spi", ExamplesIT::atSpiHasABus),
          entry("foot", ExamplesIT::footclientRunsAProgram),
          entry("gammastep", ExamplesIT::gammastepAsksTheDisplay),
          entry("kanshi", ExamplesIT::kanshiArrangesTheDisplay),
          entry("mako", ExamplesIT::makoShowsANotification),
          entry("swayidle", ExamplesIT::swayidleReachesSway),
          entry("waybar", ExamplesIT::waybarIsSeen),
          entry("wlsunset", ExamplesIT::wlsunsetFollowsTheSun),
          entry("xdg-desktop-portal", ExamplesIT::portalsAnswer));

  /** What is to run before. */
  private static final Map<String, List<String>> AFTER =
      Map.of(
          "gnome-keyring",
          List.of("dbus"),
          "pipewire-pulse",
          List.of("pipewire"),
          "wireplumber",
          List.of("dbus", "pipewire"));

  private static Stream<String> anywhere() {
    return ANYWHERE.keySet().stream().sorted();
  }

  private static Stream<String> onADisplay() {
    return ON_A_DISPLAY.keySet().stream().sorted();
  }

  @Test
  void noneIsForgotten() throws IOException {
    assertThat(Shipped.names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("backup"), Stream.concat(anywhere(), onADisplay())).toList());
  }

  @Test
  void backupRunsTheProgramOfItsUserAtItsTime(Tree tree) throws IOException {
    Files.createDirectories(tree.root().resolve(".config"));
    tree.start();
    tree.usersvc("enable", "backup").expect(0);
    assertThat(tree.usersvc("schedule").expect(0).out()).containsPattern("\\nbackup .* 20:0\\d:");
    assertThat(tree.usersvc("up", "backup").expect(1).err()).contains("there is no program");
    tree.shell("cd ~/.config; printf '#!/bin/sh\\necho > ~/saved\\n' > backup; chmod +x backup")
        .expect(0);
    tree.usersvc("up", "backup").expect(0);
    assertThat(tree.root().resolve("saved")).exists();
  }

  /** Nor a bus of its own, which clients of D-Bus start where they see a display and no bus. */
  @ParameterizedTest
  @MethodSource("anywhere")
  void itDoesItsJobAndLeavesNothing(String name, Tree tree) throws IOException {
    var desktop = Desktop.of(tree);
    var display = XServer.start(desktop).display();
    var daemon = tree.launch().on(desktop).with("DISPLAY", display).start();
    for (var other : AFTER.getOrDefault(name, List.of())) {
      Shipped.of(desktop, daemon, other).enable();
    }
    var service = Shipped.of(desktop, daemon, name);
    assertThat(service.needs("WAYLAND_DISPLAY")).isFalse();
    var others = Proc.withHome(tree.root());
    service.enable();
    Objects.requireNonNull(ANYWHERE.get(name)).of(service);
    service.assertThatItStaysUp();
    service.disable(others);
  }

  @ParameterizedTest
  @MethodSource("onADisplay")
  void itWaitsForTheDisplayAndStopsWithIt(String name, Tree tree) throws IOException {
    new Service(tree.root())
        .file(".config/kanshi/config", "profile two {\n  output HEADLESS-1 scale 2\n}\n");
    var desktop = Desktop.of(tree);
    var daemon = desktop.start();
    var bus = Bus.usual(desktop);
    var service = Shipped.of(desktop, daemon, name);
    assertThat(service.needs("WAYLAND_DISPLAY")).isTrue();
    service.enableEarly();
    var first = Sway.start(desktop, bus.variable(), "exec usersvc session register");
    desktop.usersvc("-w", "60", "wait", name).expect(0);
    Objects.requireNonNull(ON_A_DISPLAY.get(name)).of(service, first);
    service.assertThatItStaysUp();
    first.kill();
    service.awaitWaiting();
    var second = Sway.start(desktop);
    var others = Proc.withHome(tree.root());
    desktop
        .run(Map.of("WAYLAND_DISPLAY", second.display()), "usersvc", "session", "register")
        .expect(0);
    service.service().awaitUp();
    service.disable(others);
  }

  private static void theBusAnswers(Shipped dbus) throws IOException {
    var call =
        "gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus"
            + " --method org.freedesktop.DBus.GetId";
    assertThat(dbus.shell(call).expect(0).out()).matches("\\('[0-9a-f]{32}',\\)\n");
  }

  private static void emacsEvaluates(Shipped emacs) throws IOException {
    assertThat(emacs.shell("emacsclient -e 1").expect(0).out()).isEqualTo("1\n");
  }

  /** Not one that gpg has started by itself. */
  private static void gpgUsesTheSupervisedAgent(Shipped agent) throws IOException {
    var words = "gpg-connect-agent --no-autostart 'getinfo pid' /bye";
    var answer = agent.shell(words).expect(0).out();
    assertThat(answer).matches("D [0-9]+\nOK\n");
    var pid = answer.replaceAll("[^0-9]", "");
    var group = agent.shell("ps -o pgid= -p " + pid).expect(0).out().strip();
    assertThat(group).isEqualTo("" + agent.service().pid());
    agent.desktop().usersvc("hup", "gpg-agent").expect(0);
    agent.awaitLog("gpg-agent[" + pid + "]", "re-reading configuration");
  }

  private static void gnomeKeyringOpensASession(Shipped keyring) throws IOException {
    var call =
        "gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets"
            + " --method org.freedesktop.Secret.Service.OpenSession plain \"<''>\"";
    Await.until("a session of secrets", () -> keyring.shell(call).status() == 0);
  }

  private static void syncthingAnswers(Shipped syncthing) throws IOException {
    Await.until(
        "syncthing's version",
        () -> syncthing.shell("syncthing cli show version").out().contains("\"version\""));
  }

  private static void mpdGreets(Shipped mpd) throws IOException {
    var socket = mpd.desktop().tree().runtime().resolve("mpd/socket");
    Await.until(
        "mpd's socket", () -> !Proc.listensOn(mpd.service().pid(), socket.toString()).isEmpty());
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      var lines = new BufferedReader(Channels.newReader(channel, UTF_8));
      assertThat(lines.readLine()).startsWith("OK MPD ");
      channel.write(UTF_8.encode("outputs\n"));
      assertThat(lines.lines().takeWhile(line -> !line.equals("OK"))).contains("plugin: pipewire");
    }
  }

  private static void pipewireHasACore(Shipped pipewire) throws IOException {
    assertThat(pipewire.shell("pw-cli info 0").expect(0).out())
        .contains("type: PipeWire:Interface:Core");
  }

  private static void pulseClientsFindPipewire(Shipped pulse) throws IOException {
    assertThat(pulse.shell("pactl info").expect(0).out())
        .contains("Server Name: PulseAudio (on PipeWire");
  }

  private static void sshAgentHoldsAKey(Shipped agent) throws IOException {
    var key = "ssh-keygen -q -t ed25519 -N '' -f key; ssh-add key; ssh-add -l";
    var socket = agent.desktop().tree().runtime().resolve("ssh-agent.sock");
    assertThat(agent.shell(Map.of("SSH_AUTH_SOCK", socket.toString()), key).expect(0).out())
        .contains("(ED25519)");
  }

  private static void wireplumberIsPipewiresManager(Shipped wireplumber) throws IOException {
    Await.until(
        "wireplumber at pipewire",
        () -> wireplumber.shell("wpctl status").out().contains("WirePlumber"));
  }

  private static void footclientRunsAProgram(Shipped foot, Sway sway) throws IOException {
    var display = Map.of("WAYLAND_DISPLAY", sway.display());
    foot.shell(display, "footclient touch seen; test -e seen").expect(0);
  }

  private static void atSpiHasABus(Shipped atSpi, Sway sway) throws IOException {
    var call =
        "gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus"
            + " --method org.a11y.Bus.GetAddress";
    Await.until("the bus of at-spi", () -> atSpi.shell(call).out().contains("unix:"));
  }

  private static void portalsAnswer(Shipped portal, Sway sway) throws IOException {
    var introspect =
        "gdbus introspect --session --dest org.freedesktop.portal.Desktop"
            + " --object-path /org/freedesktop/portal/desktop";
    Await.answer(
        "a portal",
        () -> portal.shell(introspect).out(),
        text -> text.contains("interface org.freedesktop.portal."));
  }

  private static void kanshiArrangesTheDisplay(Shipped kanshi, Sway sway) throws IOException {
    kanshi.awaitLog("two");
  }

  private static void waybarIsSeen(Shipped waybar, Sway sway) throws IOException {
    sway.pictureWithMore("waybar", 2);
  }

  /** The display of the test has no colours that could be changed. */
  private static void gammastepAsksTheDisplay(Shipped gammastep, Sway sway) throws IOException {
    gammastep.awaitLog("1/1 output(s) do not support gamma adjustment");
  }

  private static final String NOTIFY =
      "gdbus call --session --dest org.freedesktop.Notifications"
          + " --object-path /org/freedesktop/Notifications"
          + " --method org.freedesktop.Notifications.Notify"
          + " usersvc 0 '' 'The summary' 'The body' '[]' '{}' 0";

  private static void makoShowsANotification(Shipped mako, Sway sway) throws IOException {
    assertThat(sway.picture("mako-before").colours()).isEqualTo(1);
    Await.until("mako's name", () -> mako.shell(NOTIFY).status() == 0);
    assertThat(mako.shell("makoctl list").expect(0).out()).contains("The summary");
    sway.pictureWithMore("mako", 2);
  }

  /** USR1 tells it that nobody is there; sway answers its swaymsg. */
  private static void swayidleReachesSway(Shipped swayidle, Sway sway) throws IOException {
    Await.until(
        "swayidle to take signals",
        () -> (Long.parseLong(Proc.field(swayidle.service().pid(), "SigBlk"), 16) & USR1) != 0);
    assertThat(swayidle.log()).doesNotContain("\"success\"");
    swayidle.desktop().usersvc("1", "swayidle").expect(0);
    swayidle.awaitLog("\"success\": true");
  }

  private static void wlsunsetFollowsTheSun(Shipped wlsunset, Sway sway) throws IOException {
    wlsunset.awaitLog("sunrise 06:30", "sunset 19:30");
  }

  /** A notification came first, and the bus has started a mako that nobody supervises. */
  @Test
  void makoTakesTheNameFromTheOneOfTheBus(Tree tree) throws IOException {
    var desktop = Desktop.of(tree);
    var daemon = desktop.start();
    var name = "org.freedesktop.Notifications";
    Files.writeString(
        Bus.services(desktop).resolve(name + ".service"),
        "[D-BUS Service]\nName=" + name + "\nExec=/bin/sh -c 'exec mako'\n");
    desktop.own();
    var bus = Bus.usual(desktop);
    Sway.start(desktop, bus.variable(), "exec usersvc session register");
    Await.until("the session", () -> desktop.usersvc("env").out().contains("WAYLAND_DISPLAY="));
    var mako = Shipped.of(desktop, daemon, "mako");
    Await.until("a mako of the bus", () -> mako.shell(NOTIFY).status() == 0);
    mako.enable();
    mako.assertThatItStaysUp();
    Await.answer(
        "the owner of the name",
        () -> bus.itself("GetConnectionUnixProcessID", name).out(),
        ("(uint32 " + mako.service().pid() + ",)\n")::equals);
    mako.assertThatItStaysUp();
  }

  @Test
  void theirUserConfiguresThem(Tree tree) throws IOException {
    var home = new Service(tree.root());
    home.file(".config/swayidle/config", "timeout 1 'touch \"$HOME/idle\"'\n");
    home.file(".config/wlsunset/options", "-l 52.5 # north\n-L 13.4\n");
    home.file(".config/mpd/mpd.conf", "bind_to_address \"~/socket\"\n");
    var desktop = Desktop.of(tree);
    var daemon = desktop.start();
    Sway.start(desktop, "exec usersvc session register");
    Await.until("the session", () -> desktop.usersvc("env").out().contains("WAYLAND_DISPLAY="));
    Shipped.of(desktop, daemon, "swayidle").enable();
    Await.until("swayidle's command", () -> Files.exists(tree.root().resolve("idle")));
    var wlsunset = Shipped.of(desktop, daemon, "wlsunset").enable();
    Await.answer(
        "wlsunset's options",
        () -> Proc.commandLine(wlsunset.service().pid()),
        "wlsunset -l 52.5 -L 13.4"::equals);
    Shipped.of(desktop, daemon, "mpd").enable();
    Await.until("mpd's socket", () -> Files.exists(tree.root().resolve("socket")));
  }
}
