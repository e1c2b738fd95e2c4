package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A temporary directory with a scan directory, a runtime directory, the daemons of one test and the
 * programs beside them. At its end every daemon must still live, end with 0 when told to, leave no
 * process behind, and have met no bug.
 */
final class Tree implements AutoCloseable {
  private static final Path SERVICES = Path.of("src/test/services");

  private final Path root;
  private final List<Daemon> daemons = new CopyOnWriteArrayList<>();
  private final List<Path> logs = new ArrayList<>();
  private final List<Running> programs = new CopyOnWriteArrayList<>();
  private boolean closed;

  Tree() throws IOException {
    root = Files.createTempDirectory("usersvc-it-").toRealPath();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(scan());
    Files.createDirectory(runtime());
    Files.setPosixFilePermissions(runtime(), PosixFilePermissions.fromString("rwx------"));
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  Path root() {
    return root;
  }

  Path scan() {
    return root.resolve("services");
  }

  Path runtime() {
    return root.resolve("run");
  }

  Service service(String name) throws IOException {
    return Service.in(scan(), name);
  }

  /** A service that is not in the scan directory yet. */
  Service prepare(String name) throws IOException {
    return Service.in(root.resolve("prepared"), name);
  }

  /** Copies the service directories of a scenario folder into the scan directory. */
  Tree scenario(String name) throws IOException {
    var folder = SERVICES.resolve(name).toAbsolutePath().toString();
    Ran.of("cp", "-pR", folder + "/.", scan().toString()).expect(0);
    return this;
  }

  Launch launch() {
    return new Launch(this);
  }

  Daemon start() throws IOException {
    return launch().start();
  }

  Daemon add(Daemon daemon) {
    daemons.add(daemon);
    return daemon;
  }

  /** A program that is ended after the daemons. */
  Running add(Running program) {
    programs.add(program);
    return program;
  }

  Path newLog() throws IOException {
    var log = root.resolve("log." + logs.size());
    logs.add(log);
    return Files.createFile(log);
  }

  /** A file for what the program writes. */
  Path newOutput(String program) throws IOException {
    return Files.createTempFile(
        root, "output." + program.substring(program.lastIndexOf('/') + 1) + ".", "");
  }

  /** What programs get that are run beside the daemon. */
  Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("HOME", root.toString());
    environment.put("PATH", Programs.PATH);
    environment.put("XDG_RUNTIME_DIR", runtime().toString());
    environment.put("SVDIR", scan().toString());
    environment.put("SVWAIT", "30"); // for a machine that is busy
    return environment;
  }

  /** Starts a program beside the daemon, with the environment of {@link #run}. */
  Running begin(String... words) throws IOException {
    return add(Running.start(environment(), List.of(words), newOutput(words[0])));
  }

  Ran run(String... words) throws IOException {
    return Ran.of(environment(), List.of(words));
  }

  /** Shell commands in the root of the tree; for names that Java cannot have. */
  Ran shell(String commands) throws IOException {
    return run("sh", "-c", "set -e; cd '" + root + "'; " + commands);
  }

  Ran sv(String... words) throws IOException {
    return run(with(Programs.system("sv"), words));
  }

  /** Waits until sv counts a full second: it takes a run of the current second for a new one. */
  void awaitFullSecond(String service) throws IOException {
    Await.until(
        "a run of one second", () -> !sv("status", service).out().matches("(?s).* 0s\\b.*"));
  }

  Ran usersvc(String... words) throws IOException {
    return run(with(Programs.image("usersvc"), words));
  }

  private static String[] with(String program, String... words) {
    var all = new ArrayList<>(List.of(program));
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }

  /** Ends everything and looks at what it leaves; nothing is kept. */
  @Override
  public void close() throws IOException {
    close(false);
  }

  /** The same; after a test that failed the directory is kept and the daemons' words are shown. */
  void close(boolean failed) throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    var problems = new ArrayList<String>();
    for (var daemon : daemons.reversed()) {
      end(daemon, problems);
    }
    programs.reversed().forEach(Running::end);
    var left = left();
    if (!left.isEmpty()) {
      problems.add("processes are left: " + describe(left));
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
    if (failed || !problems.isEmpty()) {
      report();
    } else {
      Ran.of("rm", "-rf", root.toString()).expect(0);
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems) + "\nkept: " + root);
    }
  }

  /** usersvcd waits for all processes before it ends; runsvdir and other programs do not. */
  private List<Long> left() throws IOException {
    if (!programs.isEmpty()
        || daemons.stream().anyMatch(it -> it.ending().equals(Daemon.Ending.RUNSVDIR))) {
      try {
        return Await.answer("the end of all", () -> Proc.withHome(root), List::isEmpty);
      } catch (AssertionError endless) {
        return Proc.withHome(root);
      }
    }
    return Proc.withHome(root);
  }

  private static void end(Daemon daemon, List<String> problems) throws IOException {
    boolean lived = daemon.lives();
    if (lived) {
      daemon.signal(daemon.ending().signal());
    }
    try {
      int status = daemon.awaitEnd();
      if (lived ? status != daemon.ending().status() : !daemon.endExpected()) {
        problems.add("a daemon ended with status " + status);
      }
    } catch (AssertionError endless) {
      daemon.kill();
      problems.add(String.valueOf(endless.getMessage()));
    }
    if (daemon.log().contains("bug: ") || daemon.log().contains("bug, going on")) {
      problems.add("the daemon met a bug");
    }
  }

  private static String describe(List<Long> pids) throws IOException {
    var text = new StringBuilder();
    for (long pid : pids) {
      text.append(pid).append(' ').append(Proc.commandLine(pid)).append("; ");
    }
    return text.toString();
  }

  private void report() throws IOException {
    var text = new StringBuilder("kept: ").append(root).append('\n');
    for (var daemon : daemons) {
      text.append("--- daemon ").append(daemon.pid()).append(":\n").append(daemon.log());
    }
    for (var program : programs) {
      text.append("--- ").append(program).append(":\n").append(program.output());
    }
    System.err.println(text);
  }
}
