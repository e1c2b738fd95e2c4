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
import java.util.Map;
import java.util.stream.Stream;

/**
 * A machine of its own for logins: mounts and processes that nobody else sees, with private copies
 * of /etc, /run, /dev and /var/lib, and users that exist only there. Its first process keeps what
 * is sent to syslog; everything in it ends with that. It takes root to make one.
 */
final class Machine implements AutoCloseable {
  static final String SERVICE = "usersvc-test";
  private static final int FIRST_UID = 64_301;

  /** Takes syslog's place, and lets the kernel reap whoever is left to it. */
  private static final String INIT =
      """
      import os, signal, socket, sys
      signal.signal(signal.SIGCHLD, signal.SIG_IGN)
      messages = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      messages.bind('/run/syslog')
      os.chmod('/run/syslog', 0o666)
      with open(sys.argv[1] + '/syslog', 'ab', 0) as log:
          open('/run/ready', 'w').close()
          while True:
              log.write(messages.recv(65536) + b'\\n')
      """;

  private static final String SETUP =
      """
      set -e
      cp -a /etc "$1/etc"
      mount --bind "$1/etc" /etc
      mount -t tmpfs -o mode=755 none /run
      mount -t tmpfs -o mode=755 none /var/lib
      mount -t tmpfs -o mode=755 none /usr/local/sbin
      mount -t tmpfs -o mode=755 none "$1/dev"
      for file in null zero full random urandom tty; do
        touch "$1/dev/$file"
        mount --bind /dev/$file "$1/dev/$file"
      done
      mkdir "$1/dev/pts" "$1/dev/shm"
      mount -t devpts -o newinstance,ptmxmode=666 none "$1/dev/pts"
      ln -s pts/ptmx "$1/dev/ptmx"
      mount -t tmpfs -o mode=1777 none "$1/dev/shm"
      ln -s /run/syslog "$1/dev/log"
      mount --rbind "$1/dev" /dev
      mkdir -p /etc/usersvc /etc/init.d /run/user /var/lib/usersvc
      mkdir -m 1733 /var/lib/usersvc/linger
      exec "$2" -I "$1/init.py" "$1"
      """;

  private final Path root;
  private final List<String> users = new ArrayList<>();
  private final Process unshare;
  private final long init;
  private int tries;

  Machine() throws IOException {
    if (!Tree.isRoot()) {
      throw new AssertionError("logins need root; run these tests as root");
    }
    root = Files.createTempDirectory("usersvc-it-").toRealPath();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(root.resolve("dev"));
    Files.writeString(root.resolve("init.py"), INIT);
    Files.writeString(root.resolve("setup"), SETUP);
    unshare = begin();
    init =
        Await.answer(
                "the first process of the machine",
                () -> unshare.children().map(ProcessHandle::pid).toList(),
                all -> !all.isEmpty())
            .getFirst();
    Await.until("the machine", () -> Files.exists(path("/run/ready")));
  }

  private Process begin() throws IOException {
    var words = new ArrayList<>(List.of(Programs.system("unshare"), "--mount", "--pid", "--fork"));
    words.addAll(List.of("--kill-child=KILL", "--mount-proc", "--propagation", "private"));
    words.addAll(List.of("sh", root + "/setup", root.toString(), Programs.system("python3")));
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("PATH", Programs.PATH);
    builder.redirectErrorStream(true);
    builder.redirectOutput(root.resolve("output").toFile());
    return builder.start();
  }

  Path root() {
    return root;
  }

  /** What is there for the processes of the machine, seen from outside. */
  Path path(String inside) {
    return Path.of("/proc/" + init + "/root" + inside);
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

  /** A user with a home. */
  int user(String name) throws IOException {
    int uid = FIRST_UID + users.size();
    var home = Files.createDirectory(home(name));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Ran.of("chown", uid + ":" + uid, home.toString()).expect(0);
    account(name, uid, home.toString(), "/bin/sh");
    return uid;
  }

  void account(String name, int uid, String home, String shell) throws IOException {
    users.add(name);
    run("sh", "-c", "echo '" + name + ":x:" + uid + ":' >> /etc/group").expect(0);
    String line = name + ":x:" + uid + ":" + uid + "::" + home + ":" + shell;
    run("sh", "-c", "echo '" + line + "' >> /etc/passwd").expect(0);
  }

  Path home(String user) {
    return root.resolve(user);
  }

  String script(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  /** A script where the system's programs are, in front of all others. */
  void program(String name, String text) throws IOException {
    var file = path("/usr/local/sbin/" + name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  List<String> enter(String... words) {
    var all = new ArrayList<>(List.of(Programs.system("nsenter"), "--mount", "--pid"));
    all.addAll(List.of("--target", Long.toString(init), "--"));
    all.addAll(List.of(words));
    return all;
  }

  /** Runs a program in it to its end. */
  Ran run(String... words) throws IOException {
    return Ran.of(environment(), enter(words));
  }

  Ran shell(String commands) throws IOException {
    return run("sh", "-c", commands);
  }

  static Map<String, String> environment() {
    return Map.of("PATH", Programs.PATH);
  }

  /** A session that is open until it is closed or killed. */
  Login login(String user) throws IOException {
    return login(user, List.of(Programs.system("pamtester")));
  }

  /** The same by another pamtester, or what executes it. */
  Login login(String user, List<String> pamtester) throws IOException {
    String name = "tty" + tries++;
    Ran.of("mkfifo", "-m", "600", root.resolve("hold." + name).toString()).expect(0);
    var words = new ArrayList<>(pamtester);
    words.addAll(List.of("-I", "tty=" + name, SERVICE, user));
    words.addAll(List.of("open_session", "authenticate", "close_session"));
    var output = Files.createTempFile(root, "login.", "");
    var running = Running.start(environment(), enter(words.toArray(String[]::new)), output);
    Await.until(
        "an open session", () -> Files.exists(root.resolve("held." + name)) || !running.lives());
    return new Login(this, name, running);
  }

  /** All that has been sent to syslog. */
  String syslog() throws IOException {
    return Files.readString(root.resolve("syslog"), ISO_8859_1);
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
    try (Stream<Path> all = Files.list(path("/proc"))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::valueOf)
          .filter(pid -> commandLine(pid).contains(part))
          .toList();
    }
  }

  private String commandLine(long pid) {
    try {
      String line = new String(Files.readAllBytes(path("/proc/" + pid + "/cmdline")), ISO_8859_1);
      return line.replace('\0', ' ').strip();
    } catch (IOException ignored) { // it has ended
      return "";
    }
  }

  List<Long> attendants(String user) throws IOException {
    return processes(" attend " + user);
  }

  void awaitNoAttendant(String user) throws IOException {
    Await.until("the end of the attendant of " + user, () -> attendants(user).isEmpty());
  }

  /** KILL, and nothing of it is left, no lock either. */
  void kill(long pid) throws IOException {
    signal("KILL", pid);
    Await.until("the end of process " + pid, () -> !Files.exists(path("/proc/" + pid)));
  }

  void signal(String name, long pid) throws IOException {
    run("sh", "-c", "kill -" + name + " " + pid).expect(0);
  }

  /** For whoever reads of a test that failed. */
  void report() throws IOException {
    System.err.println(shell("ps axfo pid,ppid,user,args; find /run/usersvc -ls").out());
    System.err.println(syslog());
  }

  @Override
  public void close() throws IOException {
    unshare.destroy();
    unshare.children().forEach(ProcessHandle::destroyForcibly);
    Await.until("the end of the machine", () -> !Proc.lives(init) && !unshare.isAlive());
    Ran.of("rm", "-rf", root.toString()).expect(0);
  }
}
