package org.usersvc.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real sshd on the loopback interface, run by the user who logs in. */
final class Ssh {
  private Ssh() {}

  /**
   * Logs the user in from where that display is, as {@code ssh -X} does.
   *
   * @param commands what his shell does
   */
  static Running login(Desktop desktop, XServer away, String commands) throws IOException {
    var place = Files.createDirectories(desktop.tree().root().resolve("ssh"));
    int port = listen(desktop, place);
    String client = Programs.imageForAnybody("usersvc");
    String image = client.substring(0, client.lastIndexOf('/'));
    return desktop.startAtKeyboard(
        Map.of("DISPLAY", away.display()),
        "ssh",
        "-X",
        "-T", // only root can give a terminal away
        "-F",
        "none",
        "-p",
        "" + port,
        "-i",
        place.resolve("user").toString(),
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "127.0.0.1",
        "PATH=" + image + ":$PATH; " + commands);
  }

  /** Starts sshd with keys in that directory; its port. */
  private static int listen(Desktop desktop, Path place) throws IOException {
    for (String key : List.of("host", "user")) {
      Ran.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place.resolve(key).toString())
          .expect(0);
    }
    Files.copy(place.resolve("user.pub"), place.resolve("authorized"));
    int port = freePort();
    var configuration =
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + place.resolve("host"),
            "AuthorizedKeysFile " + place.resolve("authorized"),
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "X11Forwarding yes",
            "SetEnv XDG_RUNTIME_DIR=" + desktop.tree().runtime());
    Files.write(place.resolve("config"), configuration);
    desktop.own();
    var sshd = Programs.system("sshd");
    desktop
        .start(sshd, "-D", "-e", "-f", place.resolve("config").toString())
        .awaitOutput("Server listening");
    return port;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
