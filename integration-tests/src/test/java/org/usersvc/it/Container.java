package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A system of its own: mounts and processes that nobody else sees, with private copies of /etc and
 * /run, and users that exist only there. Root outside is root in it. When it is closed, all that
 * runs in it is killed.
 */
abstract class Container implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("src/test/container").toAbsolutePath();
  private static final int FIRST_UID = 64_301;

  /** Root's, of which users are to get nothing. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", Programs.PATH, "HOME", "/root", "FOO", "of-root");

  private final Tree tree;
  private final Map<String, Integer> users = new LinkedHashMap<>();
  private final Running unshare;
  private final long init;

  /** Set up by that program of src/test/container, which becomes its process 1. */
  Container(Tree tree, String setup, String... arguments) throws IOException {
    if (!Tree.isRoot()) {
      throw new AssertionError(
          "containers need root; the class of the test has to have @Tag(\"root\")");
    }
    this.tree = tree;
    Files.createDirectory(tree.root().resolve("home"));
    var words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
    words.addAll(List.of("--kill-child=KILL", "--mount-proc", PROGRAMS + "/init"));
    words.addAll(List.of(PROGRAMS + "/" + setup, root().toString()));
    words.addAll(Arrays.asList(arguments));
    unshare = tree.begin(words.toArray(String[]::new));
    Await.until("a " + setup, () -> Files.exists(root().resolve("ready")) || !unshare.lives());
    if (!unshare.lives()) {
      throw new AssertionError("no " + setup + ": " + unshare.output());
    }
    init = Proc.childrenOf(unshare.pid()).getFirst();
  }

  /** Where the image is, which a container may have elsewhere. */
  static String image() {
    return Path.of(Programs.image("usersvcd")).resolve("../..").normalize().toString();
  }

  /** The root that .ci/NAME-root has made, or the one of the property {@code usersvc.NAME}. */
  static String made(String name) {
    var path = System.getProperty("usersvc." + name, "/var/cache/usersvc/" + name + "-root");
    if (!Files.exists(Path.of(path, ".complete"))) {
      throw new AssertionError(
          "no root with %s; see %s-root in CONTRIBUTING.md".formatted(name, name));
    }
    return path;
  }

  /** Of the tree, which is in the container, too. */
  Path root() {
    return tree.root();
  }

  /**
   * What the container has under that absolute name, also while it is hidden from everybody else.
   */
  Path path(String absolute) {
    return Path.of("/proc/" + init + "/root" + absolute);
  }

  /** A user with a home. */
  int addUser(String name) throws IOException {
    int uid = FIRST_UID + users.size();
    var home = Files.createDirectory(home(name));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    addAccount(name, uid, home.toString(), "/bin/sh");
    users.put(name, uid);
    own();
    return uid;
  }

  void addAccount(String name, int uid, String home, String shell) throws IOException {
    append("/etc/passwd", name + ":x:" + uid + ":" + uid + "::" + home + ":" + shell);
    append("/etc/shadow", name + ":*:19000::::::");
    append("/etc/group", name + ":x:" + uid + ":");
  }

  void append(String file, String line) throws IOException {
    Files.writeString(path(file), line + "\n", StandardOpenOption.APPEND);
  }

  int uid(String user) {
    return users.getOrDefault(user, -1);
  }

  Path home(String user) {
    return root().resolve("home").resolve(user);
  }

  /** A service of that user that only has to get its run. */
  Service service(String user, String name) throws IOException {
    return Service.in(home(user).resolve(".local/service"), name);
  }

  /** Gives users all that is in their homes. */
  void own() throws IOException {
    for (var user : users.entrySet()) {
      Ran.of("chown", "-R", user.getValue() + ":" + user.getValue(), home(user.getKey()).toString())
          .expect(0);
    }
  }

  private List<String> enter(String... words) {
    var all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init)));
    all.addAll(List.of("--mount", "--pid", "--"));
    all.addAll(Arrays.asList(words));
    return all;
  }

  /** Runs a program of root's in it to its end. */
  Ran run(String... words) throws IOException {
    return Ran.of(ENVIRONMENT, enter(words));
  }

  /** Shell commands of root's. */
  Ran shell(String commands) throws IOException {
    return run("sh", "-c", commands);
  }

  /** Starts a program of root's that ends with the container, at the latest. */
  Running start(String... words) throws IOException {
    return Running.start(ENVIRONMENT, enter(words), tree.newOutput("container"));
  }

  /** The processes that pgrep finds, by their numbers in the container. */
  List<Long> pgrep(String... words) throws IOException {
    var all = new ArrayList<>(List.of("pgrep"));
    all.addAll(Arrays.asList(words));
    var ran = run(all.toArray(String[]::new));
    if (!ran.err().isEmpty()) {
      throw new AssertionError(ran.toString());
    }
    return ran.out().lines().map(Long::valueOf).toList();
  }

  void signal(String name, long pid) throws IOException {
    run("kill", "-s", name, Long.toString(pid)).expect(0);
  }

  /** KILL, and nothing of it is left, no lock either. */
  void kill(long pid) throws IOException {
    signal("KILL", pid);
    Await.until("the end of process " + pid, () -> !Files.exists(path("/proc/" + pid)));
  }

  @Override
  public void close() throws IOException {
    unshare.kill();
    Proc.awaitGone(init);
  }
}
