package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A system of its own for init programs: an /etc, a /run and a /var/log that nobody else sees, its
 * own process 1, cgroups, users with homes, and usersvc as {@code make install} leaves it. Root
 * outside is root in it. When it is closed, all that runs in it is killed.
 */
final class Box implements AutoCloseable {
  /** Of which all users are members, beside their own. */
  static final int GROUP = 64_399;

  private static final int FIRST_UID = 64_300;
  private static final List<String> NAMES = List.of("it-larry", "it-mary");
  private static @Nullable Path installed;

  private final Tree tree;
  private final Map<String, Integer> users = new LinkedHashMap<>();
  private final Running outside;
  private final long init;

  private Box(Tree tree, String busybox, int users) throws IOException {
    if (!Tree.isRoot()) {
      throw new AssertionError("the tests of init systems need root");
    }
    this.tree = tree;
    Files.createDirectory(tree.root().resolve("etc"));
    Files.createDirectory(tree.root().resolve("home"));
    for (var user : NAMES.subList(0, users)) {
      addUser(user);
    }
    writeAccounts();
    var words =
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child=KILL",
            "--mount-proc",
            Path.of("src/test/box/init").toAbsolutePath().toString(),
            tree.root().toString(),
            prefix().toString(),
            busybox);
    outside = tree.add(Running.start(tree.environment(), words, tree.newOutput("box")));
    Await.until("a box", () -> Files.exists(tree.root().resolve("ready")) || !outside.lives());
    if (!outside.lives()) {
      throw new AssertionError("no box: " + outside.output());
    }
    init = Proc.childrenOf(outside.pid()).getFirst();
  }

  /** One for so many users. */
  static Box of(Tree tree, int users) throws IOException {
    return new Box(tree, "", users);
  }

  /** The same where busybox is sh, and all the other programs that our scripts need. */
  static Box withBusybox(Tree tree, int users) throws IOException {
    return new Box(tree, Programs.system("busybox"), users);
  }

  /** Where usersvc is installed, once for all tests; next to it is the etc of OpenRC. */
  private static synchronized Path prefix() throws IOException {
    var found = installed;
    if (found == null) {
      found = Files.createTempDirectory("usersvc-installed-");
      Programs.removeAtExit(found);
      Ran.of("chmod", "755", found.toString()).expect(0);
      Ran.of(
              "make",
              "-s",
              "-C",
              "..",
              "install",
              "install-openrc",
              "PREFIX=" + found,
              "SYSCONFDIR=" + found.resolve("etc"),
              "LOCALSTATEDIR=" + found.resolve("var"))
          .expect(0);
      installed = found;
    }
    return found;
  }

  private void addUser(String name) throws IOException {
    int uid = FIRST_UID + users.size();
    users.put(name, uid);
    var home = Files.createDirectory(home(name));
    Ran.of("chown", uid + ":" + uid, home.toString()).expect(0);
  }

  /** Also a user without a login, and a group that all users are in. */
  private void writeAccounts() throws IOException {
    var passwd = new StringBuilder("it-nologin:x:64398:64398::/:/usr/sbin/nologin\n");
    var shadow = new StringBuilder("it-nologin:*:19000::::::\n");
    var group = new StringBuilder();
    users.forEach((name, uid) -> {
      passwd.append("%s:x:%d:%d::%s:/bin/sh\n".formatted(name, uid, uid, home(name)));
      shadow.append(name).append(":*:19000::::::\n");
      group.append("%s:x:%d:\n".formatted(name, uid));
    });
    group.append("it-all:x:" + GROUP + ":").append(String.join(",", users.keySet())).append('\n');
    Files.writeString(tree.root().resolve("more.passwd"), passwd);
    Files.writeString(tree.root().resolve("more.shadow"), shadow);
    Files.writeString(tree.root().resolve("more.group"), group);
  }

  /** The name of the first user, the second, … */
  String user(int number) {
    return NAMES.get(number);
  }

  int uid(String user) {
    return users.getOrDefault(user, -1);
  }

  Path home(String user) {
    return tree.root().resolve("home").resolve(user);
  }

  /** The environment of his account, sorted. */
  List<String> account(String user) throws IOException {
    var locale = path("/etc/locale.conf");
    return List.of(
        "HOME=" + home(user),
        Files.exists(locale) ? Files.readString(locale).strip().replace("\"", "") : "LANG=C.UTF-8",
        "LOGNAME=" + user,
        "PATH=" + program("bin") + ":/usr/local/bin:/usr/bin:/bin",
        "SHELL=/bin/sh",
        "USER=" + user,
        "XDG_RUNTIME_DIR=/run/user/" + uid(user));
  }

  /** What the box has under that absolute name, also while it is hidden from everybody else. */
  Path path(String absolute) {
    return Path.of("/proc/" + init + "/root" + absolute);
  }

  /** Where a program of usersvc is, {@code bin/usersvcd} say. */
  String program(String name) throws IOException {
    return prefix().resolve(name).toString();
  }

  /** A service of that user that only has to get its run. */
  Service service(String user, String name) throws IOException {
    return Service.in(home(user).resolve(".local/service"), name);
  }

  /** Gives users all that is in their homes. */
  Box own() throws IOException {
    for (var user : users.entrySet()) {
      Ran.of("chown", "-R", user.getValue() + ":" + user.getValue(), home(user.getKey()).toString())
          .expect(0);
    }
    return this;
  }

  private List<String> inside(String... words) {
    var all =
        new ArrayList<>(
            List.of("nsenter", "--target", Long.toString(init), "--mount", "--pid", "--"));
    all.addAll(Arrays.asList(words));
    return all;
  }

  /** Runs a program of root's in it. */
  Ran run(String... words) throws IOException {
    return Ran.of(Map.of("PATH", Programs.PATH, "HOME", "/root"), inside(words));
  }

  /** Shell commands of root's. */
  Ran shell(String commands) throws IOException {
    return run("sh", "-c", commands);
  }

  /** Starts a program of root's that ends with the box. */
  Running start(String... words) throws IOException {
    var environment = Map.of("PATH", Programs.PATH, "HOME", "/root", "FOO", "of-root");
    return Running.start(environment, inside(words), tree.newOutput("box"));
  }

  /** The client of that user. */
  Ran usersvc(String user, String... words) throws IOException {
    var all =
        new ArrayList<>(List.of(program("lib/usersvc/usersvc-as"), user, program("bin/usersvc")));
    all.addAll(Arrays.asList(words));
    return run(all.toArray(String[]::new));
  }

  /** The processes of that user that have this name, by their numbers in the box. */
  List<Long> pids(String user, String name) throws IOException {
    return lines("pgrep", "-u", user, "-x", name);
  }

  /** All processes of that user. */
  List<Long> pids(String user) throws IOException {
    return lines("pgrep", "-u", user);
  }

  private List<Long> lines(String... words) throws IOException {
    return run(words).out().lines().map(Long::valueOf).toList();
  }

  /** The only process of that user with this name, which is waited for. */
  long pid(String user, String name) throws IOException {
    return Await.answer(
            "one " + name + " of " + user, () -> pids(user, name), pids -> pids.size() == 1)
        .getFirst();
  }

  /** Kills a process by its number in the box. */
  void kill(long pid) throws IOException {
    run("kill", "-s", "KILL", Long.toString(pid)).expect(0);
  }

  /** What a process was given at its start, sorted. */
  List<String> environment(long pid) throws IOException {
    var text = Files.readString(path("/proc/" + pid + "/environ"));
    return Arrays.stream(text.split("\0", -1)).filter(entry -> !entry.isEmpty()).sorted().toList();
  }

  @Override
  public void close() throws IOException {
    outside.kill();
    Proc.awaitGone(init);
    // Its cgroups are not private.
    String remove =
        "mount -t cgroup2 box /sys/fs/cgroup && exec find \"$1\" -depth -type d -delete";
    String cgroup = "/sys/fs/cgroup/" + tree.root().getFileName();
    Ran.of("unshare", "--mount", "sh", "-c", remove, "sh", cgroup).expect(0);
  }
}
