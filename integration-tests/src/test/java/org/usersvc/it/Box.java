package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container for init programs: /var/log and cgroups are its own, too, and usersvc is in it as
 * {@code make install} leaves it.
 */
final class Box extends Container {
  /** Of which all users are members, beside their own. */
  static final int GROUP = 64_399;

  private static final int NOLOGIN = 64_398;
  private static final List<String> NAMES = List.of("it-larry", "it-mary");
  private static @Nullable Path installed;

  private Box(Tree tree, String busybox, int users) throws IOException {
    super(tree, "box", prefix().toString(), busybox);
    var names = NAMES.subList(0, users);
    for (var user : names) {
      addUser(user);
    }
    addAccount("it-nologin", NOLOGIN, "/", "/usr/sbin/nologin");
    append("/etc/group", "it-all:x:" + GROUP + ":" + String.join(",", names));
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

  /** The name of the first user, the second, … */
  String user(int number) {
    return NAMES.get(number);
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

  /** Where a program of usersvc is, {@code bin/usersvcd} say. */
  String program(String name) throws IOException {
    return prefix().resolve(name).toString();
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
    return pgrep("-u", user, "-x", name);
  }

  /** All processes of that user. */
  List<Long> pids(String user) throws IOException {
    return pgrep("-u", user);
  }

  /** The only process of that user with this name, which is waited for. */
  long pid(String user, String name) throws IOException {
    return Await.answer(
            "one " + name + " of " + user, () -> pids(user, name), pids -> pids.size() == 1)
        .getFirst();
  }

  /** What a process was given at its start, sorted. */
  List<String> environment(long pid) throws IOException {
    var file = path("/proc/" + pid + "/environ");
    String text = // none for the moment in which it comes to execute another program
        Await.answer("" + file, () -> Files.readString(file), it -> !it.isEmpty());
    return Arrays.stream(text.split("\0", -1))
        .filter(entry -> !entry.isEmpty() && !isAdded(entry))
        .sorted()
        .toList();
  }

  /** What each process of a service has, and what packages set in the system's environment.d. */
  private static boolean isAdded(String entry) {
    return entry.startsWith("USERSVC_SERVICE=") || entry.startsWith("QT_ACCESSIBILITY=");
  }

  @Override
  public void close() throws IOException {
    super.close();
    // Its cgroups are not private.
    String remove =
        "mount -t cgroup2 box /sys/fs/cgroup && exec find \"$1\" -depth -type d -delete";
    String cgroup = "/sys/fs/cgroup/" + root().getFileName();
    Ran.of("unshare", "--mount", "sh", "-c", remove, "sh", cgroup).expect(0);
  }
}
