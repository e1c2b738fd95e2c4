package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A container for logins: /dev, /var/lib and syslog are its own, too, and so are its PAM services.
 */
final class Machine extends Container {
  static final String SERVICE = "usersvc-test";

  private final Tree tree;
  private int tries;

  Machine() throws IOException {
    this(new Tree());
  }

  private Machine(Tree tree) throws IOException {
    super(tree, "machine");
    this.tree = tree;
  }

  Machine config(String... lines) throws IOException {
    Files.write(path("/etc/usersvc/pam.conf"), List.of(lines));
    return this;
  }

  /** A PAM service by which everybody may log in. */
  Machine stack(String service, String... sessions) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("auth required pam_exec.so quiet seteuid " + script("hold", HOLD));
    lines.add("auth required pam_permit.so");
    lines.add("account required pam_permit.so");
    Arrays.stream(sessions).map(line -> "session " + line).forEach(lines::add);
    lines.add("session required pam_permit.so");
    Files.write(path("/etc/pam.d/" + service), lines);
    return this;
  }

  /** Authentication lasts until the test writes to the FIFO that the terminal is named after. */
  private static final String HOLD =
      """
      [ -n "$PAM_TTY" ] || exit 0
      touch "${0%/*}/held.$PAM_TTY"
      read -r line < "${0%/*}/hold.$PAM_TTY"
      exit 0\
      """;

  String script(String name, String text) throws IOException {
    var file = root().resolve(name);
    Executables.write(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  /** A script where the system's programs are, in front of all others. */
  void program(String name, String text) throws IOException {
    var file = path("/usr/local/sbin/" + name);
    Executables.write(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A session that is open until it is closed or killed. */
  Login login(String user) throws IOException {
    return login(user, List.of(Programs.system("pamtester")));
  }

  /** The same by another pamtester, or what executes it. */
  Login login(String user, List<String> pamtester) throws IOException {
    String name = "tty" + tries++;
    Ran.of("mkfifo", "-m", "600", root().resolve("hold." + name).toString()).expect(0);
    var words = new ArrayList<>(pamtester);
    words.addAll(List.of("-I", "tty=" + name, SERVICE, user));
    words.addAll(List.of("open_session", "authenticate", "close_session"));
    var running = start(words.toArray(String[]::new));
    Await.until(
        "an open session", () -> Files.exists(root().resolve("held." + name)) || !running.lives());
    return new Login(this, name, running);
  }

  /** All that has been sent to syslog. */
  String syslog() throws IOException {
    return Files.readString(root().resolve("syslog"), ISO_8859_1);
  }

  /** Waits until all of these messages have been written down. */
  void awaitSyslog(String... messages) throws IOException {
    for (String message : messages) {
      Await.until("the message " + message, () -> syslog().contains(message));
    }
  }

  static Path logins(int uid) {
    return Path.of("/run/usersvc/" + uid);
  }

  /** The entries of the user's logins. */
  List<String> entries(int uid) throws IOException {
    try (var all = Files.list(path(logins(uid).toString()))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9]+\\.[0-9]+\\.[0-9]+"))
          .sorted()
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  void awaitEntries(int uid, int count) throws IOException {
    Await.answer(count + " logins of " + uid, () -> entries(uid), all -> all.size() == count);
  }

  boolean has(int uid, String file) {
    return Files.exists(path(logins(uid) + "/" + file));
  }

  /** Processes, as the machine numbers them, whose command line has that in it. */
  List<Long> processes(String part) throws IOException {
    return pgrep("-f", "--", part);
  }

  List<Long> attendants(String user) throws IOException {
    return processes(" attend " + user);
  }

  void awaitNoAttendant(String user) throws IOException {
    Await.until("the end of the attendant of " + user, () -> attendants(user).isEmpty());
  }

  /** For whoever reads of a test that failed. */
  void report() throws IOException {
    System.err.println(shell("ps axfo pid,ppid,user,args; find /run/usersvc -ls").out());
    System.err.println(syslog());
  }

  @Override
  public void close() throws IOException {
    super.close();
    tree.close();
  }
}
