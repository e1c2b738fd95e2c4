package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A Debian with GNOME 43, elogind and no systemd, as .ci/gnome-root makes it, and a user with a
 * session bus and a daemon. His session is not modified but for a drop-in: there is neither a GPU
 * nor a seat, so that the shell draws into memory.
 */
final class Gnome extends Container {
  /** A machine that is busy takes its time; systemd gives up after 90 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String USER = "nora";
  private static final String MANAGER = "org.freedesktop.systemd1";

  private final Tree tree;

  Gnome() throws IOException {
    this(new Tree());
  }

  private Gnome(Tree tree) throws IOException {
    super(tree, "elogind", made("gnome"), image(), "KillUserProcesses=no");
    this.tree = tree;
    int uid = addUser(USER);
    var dropIns =
        home(USER).resolve(".config/systemd/user/org.gnome.Shell@wayland.service.d/headless.conf");
    Files.createDirectories(dropIns.getParent());
    Files.write(
        dropIns,
        List.of(
            "[Service]",
            "ExecStart=",
            "ExecStart=/usr/bin/gnome-shell --headless --virtual-monitor 1280x800 --unsafe-mode"));
    own();
    shell("install -d -m 700 -o " + uid + " " + runtime() + "; install -d -m 1777 /tmp/.X11-unix")
        .expect(0);
    begin("dbus-daemon", "--session", "--nofork", "--nopidfile", "--systemd-activation", address());
    Await.until("the bus", () -> Files.exists(path(runtime() + "/bus")));
    startDaemon();
  }

  private String runtime() {
    return "/run/user/" + uid(USER);
  }

  private String address() {
    return "--address=unix:path=" + runtime() + "/bus";
  }

  private String[] asUser(String... words) {
    int uid = uid(USER);
    var all = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid));
    all.addAll(List.of("--clear-groups", "--inh-caps=-all", "env", "-i", "--default-signal"));
    all.addAll(List.of("HOME=" + home(USER), "USER=" + USER, "LOGNAME=" + USER, "SHELL=/bin/sh"));
    all.addAll(List.of("LANG=C.UTF-8", "PATH=/srv/usersvc/bin:/usr/bin:/bin"));
    all.add("XDG_RUNTIME_DIR=" + runtime());
    all.add("DBUS_SESSION_BUS_ADDRESS=unix:path=" + runtime() + "/bus");
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }

  /** Runs a program of the user's to its end. */
  Ran ask(String... words) throws IOException {
    return run(asUser(words));
  }

  private Running begin(String... words) throws IOException {
    return start(asUser(words));
  }

  /** Starts the user's daemon; it has the name of the manager of units then. */
  void startDaemon() throws IOException {
    begin("usersvcd", home(USER).resolve(".local/service").toString());
    Await.until("the manager", this::hasManager);
  }

  private boolean hasManager() throws IOException {
    String bus = "org.freedesktop.DBus";
    return ask("busctl", "--user", "call", bus, "/", bus, "GetNameOwner", "s", MANAGER).status()
        == 0;
  }

  /** Kills the daemon, nothing else, and starts another one. */
  void killDaemon() throws IOException {
    kill(pgrep("-u", owner(), "-x", "usersvcd").getFirst());
    Await.until("the bus has seen it", () -> !hasManager());
    startDaemon();
  }

  /** Lets the daemon replace itself. */
  void replaceDaemon() throws IOException {
    ask("usersvc", "reexec").expect(0);
    Await.until("the manager", this::hasManager);
  }

  private String owner() {
    return Integer.toString(uid(USER));
  }

  /** Logs in; returns gnome-session when the session is there. */
  Running login() throws IOException {
    var session =
        begin(
            "env",
            "XDG_SESSION_TYPE=wayland",
            "XDG_CURRENT_DESKTOP=GNOME",
            "XDG_SESSION_DESKTOP=gnome",
            "XDG_SESSION_CLASS=user",
            "gnome-session",
            "--systemd");
    Await.answer(
        PATIENCE,
        "the session",
        () -> state("graphical-session.target") + session.output(),
        now -> now.startsWith("active"));
    return session;
  }

  /** Logs out as the menu of the shell does. */
  void logout() throws IOException {
    ask("gnome-session-quit", "--logout", "--no-prompt", "--force").expect(0);
  }

  /** The states of all units that are loaded, as {@code active running}. */
  private Map<String, String> states() throws IOException {
    var ran =
        ask(
            "busctl",
            "--user",
            "--json=short",
            "call",
            MANAGER,
            "/org/freedesktop/systemd1",
            MANAGER + ".Manager",
            "ListUnits");
    var states = new TreeMap<String, String>();
    var document = Document.in(ran.expect(0)).getFirst();
    var data = list(Objects.requireNonNull(document.fields().get("data"), document::toString));
    for (var unit : list(data.getFirst())) {
      var fields = list(unit);
      if (fields.get(2).equals("loaded")) {
        states.put(fields.get(0).toString(), fields.get(3) + " " + fields.get(4));
      }
    }
    return states;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  String state(String unit) throws IOException {
    return states().getOrDefault(unit, "inactive dead");
  }

  /** The units of the session, each with its state, as the real manager has them. */
  List<String> units() throws IOException {
    return states().entrySet().stream()
        .filter(unit -> unit.getKey().matches(".*(gnome|graphical|org\\.).*\\.(service|target)"))
        .filter(unit -> !unit.getKey().contains("UsbProtection.service")) // it differs in each run
        .map(unit -> unit.getKey() + " " + unit.getValue())
        .toList();
  }

  /** All processes of the user, as {@code PID NAME}. */
  List<String> processes() throws IOException {
    return run("pgrep", "-l", "-u", owner()).out().lines().toList();
  }

  Picture picture() throws IOException {
    var file = home(USER).resolve("gnome-43.png");
    String screenshot = "org.gnome.Shell.Screenshot";
    ask(
            "gdbus",
            "call",
            "--session",
            "--dest=" + screenshot,
            "--object-path=/org/gnome/Shell/Screenshot",
            "--method=" + screenshot + ".Screenshot",
            "false",
            "false",
            file.toString())
        .expect(0);
    return Picture.of(file);
  }

  @Override
  public void close() throws IOException {
    super.close();
    tree.close();
  }
}
