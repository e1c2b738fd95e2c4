package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The real X server that draws into memory. */
final class XServer {
  private final Running program;
  private final String display;

  private XServer(Running program, String display) {
    this.program = program;
    this.display = display;
  }

  /** Starts it on a free display and waits until clients can connect. */
  static XServer start(Desktop desktop) throws IOException {
    var program =
        desktop.start("Xvfb", "-displayfd", "1", "-screen", "0", "320x240x24", "-nolisten", "tcp");
    return new XServer(program, ":" + program.awaitOutput("^([0-9]+)$").group(1));
  }

  /** What DISPLAY is for its clients. */
  String display() {
    return display;
  }

  long pid() {
    return program.pid();
  }

  /** Its clients lose it without a word. */
  void kill() throws IOException {
    var sockets = sockets(pid());
    program.kill();
    remove(pid(), sockets);
  }

  /** The sockets on which a process listens for clients of X; all users have them in one place. */
  static List<String> sockets(long pid) throws IOException {
    return Proc.listensOn(pid, "/tmp/.X11-unix/X");
  }

  /** Makes the displays of a server free again that was killed, unless another one has them now. */
  static void remove(long pid, List<String> sockets) throws IOException {
    for (var socket : sockets) {
      var lock = Path.of(socket.replace(".X11-unix/", ".") + "-lock");
      if (holder(lock).equals(Long.toString(pid))) {
        Files.deleteIfExists(Path.of(socket));
        Files.deleteIfExists(lock);
      }
    }
  }

  private static String holder(Path lock) throws IOException {
    try {
      return Files.readString(lock).strip();
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  void end() {
    program.end();
  }
}
