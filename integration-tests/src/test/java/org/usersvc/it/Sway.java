package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real sway, without a screen. */
final class Sway {
  private static final Map<String, String> HEADLESS =
      Map.of(
          "WLR_BACKENDS", "headless",
          "WLR_LIBINPUT_NO_DEVICES", "1",
          "WLR_RENDERER", "pixman");

  private final Desktop desktop;
  private final Running program;
  private final Path runtime;
  private final Path control;

  private Sway(Desktop desktop, Running program) throws IOException {
    this.desktop = desktop;
    this.program = program;
    this.runtime = desktop.tree().runtime();
    this.control = runtime.resolve("sway-ipc." + desktop.uid() + "." + program.pid() + ".sock");
  }

  /** Starts it with this configuration and no other, and waits until clients can connect. */
  static Sway start(Desktop desktop, String... configuration) throws IOException {
    return start(desktop, Map.of(), configuration);
  }

  /** The same where the login has set these variables. */
  static Sway start(Desktop desktop, Map<String, String> more, String... configuration)
      throws IOException {
    var file = desktop.file("sway.conf", String.join("\n", configuration) + "\n");
    var environment = new HashMap<>(HEADLESS);
    environment.putAll(more);
    var sway = new Sway(desktop, desktop.start(environment, "sway", "-c", file.toString()));
    Await.until("sway's sockets", () -> sway.isReady() || !sway.program.lives());
    if (!sway.program.lives()) {
      throw new AssertionError("sway has ended:\n" + sway.program.output());
    }
    return sway;
  }

  private boolean isReady() throws IOException {
    return Files.exists(control) && !Proc.listensOn(pid(), runtime + "/wayland-").isEmpty();
  }

  long pid() {
    return program.pid();
  }

  /** What WAYLAND_DISPLAY is in it. */
  String display() throws IOException {
    var socket = Proc.listensOn(pid(), runtime + "/wayland-").getFirst();
    return socket.substring(socket.lastIndexOf('/') + 1);
  }

  /** What SWAYSOCK is in it. */
  Path control() {
    return control;
  }

  private Ran message(String... words) throws IOException {
    var all = new ArrayList<>(List.of("swaymsg", "-s", control.toString()));
    all.addAll(List.of(words));
    return desktop.run(all.toArray(String[]::new));
  }

  /** Waits until a window of that application is on its screen. */
  void awaitWindow(String application) throws IOException {
    String wanted = "\"app_id\": \"" + application + "\"";
    Await.until(
        "a window of " + application, () -> message("-t", "get_tree").out().contains(wanted));
  }

  /** What is on its screen now. */
  Picture picture(String name) throws IOException {
    var file = desktop.tree().root().resolve(name + ".png");
    desktop.run(Map.of("WAYLAND_DISPLAY", display()), "grim", file.toString()).expect(0);
    return Picture.of(file);
  }

  /** The same once it has at least so many colours: a window is there before it is drawn. */
  Picture pictureWithMore(String name, int colours) throws IOException {
    return Await.answer("a picture", () -> picture(name), picture -> picture.colours() >= colours);
  }

  /** It cannot tell anybody, and leaves its Wayland and control sockets behind. */
  void kill() throws IOException {
    var ofXwayland = XServer.sockets(pid());
    program.kill();
    XServer.remove(pid(), ofXwayland);
  }

  /** As its user ends it. */
  void exit() throws IOException {
    message("exit");
    program.awaitEnd();
  }
}
