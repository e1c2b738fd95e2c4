package org.usersvc.it;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a daemon is to be started: with which arguments, environment, and programs before it. */
final class Launch {
  private final Tree tree;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> wrapper = new ArrayList<>();
  private List<String> arguments = List.of();
  private String program = "usersvcd";
  private String instance = "usersvc";
  private Path runtime;
  private boolean mounts;

  Launch(Tree tree) {
    this.tree = tree;
    this.runtime = tree.runtime();
    arguments(tree.scan().toString());
  }

  Launch arguments(String... words) {
    arguments = List.of(words);
    int at = arguments.indexOf("--instance");
    instance = at < 0 ? "usersvc" : "usersvc-" + arguments.get(at + 1);
    return this;
  }

  /** Another one than that of the image. */
  Launch program(Path other) {
    program = other.toString();
    return this;
  }

  Launch with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Launch runtime(Path directory) {
    runtime = directory;
    return this;
  }

  /** Programs that end by executing their remaining arguments. */
  Launch under(String... words) {
    wrapper.addAll(List.of(words));
    return this;
  }

  /** A shell does this first, then becomes the daemon. */
  Launch afterShell(String commands) {
    return under("sh", "-c", commands + "\nexec \"$@\"", "sh");
  }

  /** In a mount namespace of its own, where the shell commands may mount. */
  Launch afterMounting(String commands) {
    mounts = true;
    if (Tree.isRoot()) {
      under("unshare", "--mount");
    } else {
      under("unshare", "--map-root-user", "--mount");
    }
    return afterShell("set -e\n" + commands);
  }

  /** Among the mounts of a service whose daemon has gone. */
  Launch among(Mounts seen) {
    mounts = true;
    return under(seen.enter().toArray(String[]::new));
  }

  /** As another, unprivileged user, who gets the whole tree as it is now; as ourselves else. */
  Launch unprivileged(int uid) throws IOException {
    if (Tree.isRoot()) {
      Ran.of("chown", "-R", uid + ":" + uid, tree.root().toString()).expect(0);
      under("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--");
    }
    program = Programs.imageForAnybody("usersvcd");
    return this;
  }

  /** As the user of that desktop, who gets the whole tree as it is now. */
  Launch on(Desktop desktop) throws IOException {
    desktop.own();
    under(desktop.become().toArray(String[]::new));
    program = Programs.imageForAnybody("usersvcd");
    return this;
  }

  /** Starts it and waits until clients can reach it. */
  Daemon start() throws IOException {
    var daemon = begin();
    daemon.awaitReady();
    return daemon;
  }

  /** Starts it and does not wait. */
  Daemon begin() throws IOException {
    var words = new ArrayList<>(wrapper);
    words.add(program.startsWith("/") ? program : Programs.image(program));
    words.addAll(arguments);
    return begin(words, Daemon.Ending.USERSVCD);
  }

  /** Debian's runsvdir instead; it says nothing when it is ready. */
  Daemon runsvdir() throws IOException {
    var words = List.of(Programs.system("runsvdir"), "-P", tree.scan().toString());
    return begin(words, Daemon.Ending.RUNSVDIR);
  }

  private Daemon begin(List<String> words, Daemon.Ending ending) throws IOException {
    var log = tree.newLog();
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("HOME", tree.root().toString());
    builder.environment().put("PATH", Programs.PATH);
    builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(Redirect.appendTo(log.toFile()));
    builder.redirectError(Redirect.appendTo(log.toFile()));
    var process = Executables.start(builder);
    var socket = runtime.resolve(instance + "/control");
    if (mounts) {
      socket = Path.of("/proc/" + process.pid() + "/root" + socket);
    }
    return tree.add(new Daemon(process, log, socket, ending));
  }
}
