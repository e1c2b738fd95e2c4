package org.usersvc.it;

import java.io.IOException;

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

  void kill() {
    program.kill();
  }

  void end() {
    program.end();
  }
}
