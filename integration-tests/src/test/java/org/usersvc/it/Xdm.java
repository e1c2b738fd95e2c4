package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real xdm in a box, with the real Xvfb as its local server, and a user at the keyboard of it.
 * What he is given as his session is .xsession in his home; no password is asked for.
 */
final class Xdm implements AutoCloseable {
  /** Xvfb that looks for a free one begins at 0. */
  static final String DISPLAY = ":4301";

  private final Box box;
  private final Path authority;
  private final Running program;
  private int greeters;

  private Xdm(Box box, Path authority, Running program) {
    this.box = box;
    this.authority = authority;
    this.program = program;
  }

  /** Starts it with the programs of usersvc in the PATH of sessions. */
  static Xdm start(Box box) throws IOException {
    var root = box.root();
    var authority = root.resolve("xdm.authority");
    Files.write(
        box.path("/etc/pam.d/xdm"),
        List.of(
            "auth required pam_permit.so",
            "account required pam_permit.so",
            "session required pam_permit.so"));
    Files.writeString(
        root.resolve("xdm.servers"),
        // -r: a key that stays down while the machine is busy is typed once.
        "%1$s local %2$s %1$s -r -nolisten tcp -screen 0 1024x768x24\n"
            .formatted(DISPLAY, Programs.system("Xvfb")));
    Executables.write(root.resolve("xdm.session"), "#!/bin/sh\nexec \"$HOME/.xsession\"\n");
    Ran.of("chmod", "755", root.resolve("xdm.session").toString()).expect(0);
    var config = root.resolve("xdm.config");
    Files.write(
        config,
        List.of(
            "DisplayManager.authDir: " + root,
            "DisplayManager.pidFile: " + root.resolve("xdm.pid"),
            "DisplayManager.servers: " + root.resolve("xdm.servers"),
            "DisplayManager.requestPort: 0",
            // How many seconds it waits when the server, busy with its own start or reset, hung up.
            "DisplayManager*openDelay: 1",
            "DisplayManager*openRepeat: 20",
            // And until it thinks that its own greeter is kept from the keyboard.
            "DisplayManager*grabTimeout: 60",
            "DisplayManager*authFile: " + authority,
            "DisplayManager*session: " + root.resolve("xdm.session"),
            "DisplayManager*userAuthDir: " + root,
            "DisplayManager*userPath: " + box.program("bin") + ":/usr/bin:/bin"));
    var words =
        List.of(Programs.system("xdm"), "-nodaemon", "-debug", "1", "-config", config.toString());
    return new Xdm(box, authority, box.start(words.toArray(String[]::new)));
  }

  /** The next greeter has asked for a name, and is what has the keyboard. */
  void awaitGreeter() throws IOException {
    greeters++;
    // Atomic: what is not there yet would be looked for in every way, which takes minutes.
    program.awaitOutput("(?s)\\A(?>.*?^dispatching " + DISPLAY + "$){" + greeters + "}");
    xdotool("search", "--sync", "--onlyvisible", "--class", "xlogin");
  }

  /** Somebody types his name. */
  void login(String user) throws IOException {
    xdotool("type", user + "\n");
  }

  private void xdotool(String... words) throws IOException {
    var all = new String[words.length + 4];
    all[0] = "env";
    all[1] = "DISPLAY=" + DISPLAY;
    all[2] = "XAUTHORITY=" + authority;
    all[3] = "xdotool";
    System.arraycopy(words, 0, all, 4, words.length);
    box.run(all).expect(0);
  }

  /** Its server, as the box numbers it. */
  long server() throws IOException {
    return box.pid("root", "Xvfb");
  }

  /** It ends with its server, which leaves no socket and no lock. */
  @Override
  public void close() throws IOException {
    box.shell("kill $(cat '" + box.root() + "/xdm.pid')").expect(0);
    program.awaitEnd();
  }
}
