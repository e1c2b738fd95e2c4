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

/**
 * The user whose desktop is tested, and the programs that he runs. He is not root, whom sway
 * refuses, and has a name, as buses insist on. If the tests are root's, he exists only for what is
 * started here, in mount namespaces where /etc/passwd has him; else he is whoever runs the tests.
 */
final class Desktop {
  private static final int UID = 64_200;
  private static final String NAME = "usersvc-test";
  private final Tree tree;
  private final List<String> become;

  private Desktop(Tree tree, List<String> become) {
    this.tree = tree;
    this.become = become;
  }

  /** The user gets the whole tree as it is now. */
  static Desktop of(Tree tree) throws IOException {
    return new Desktop(tree, Tree.isRoot() ? become(tree) : List.of()).own();
  }

  /** Whoever runs the tests. */
  static Desktop ofOurselves(Tree tree) {
    return new Desktop(tree, List.of());
  }

  private static List<String> become(Tree tree) throws IOException {
    makeRoomForX();
    var passwd = with("passwd", UID + ":" + UID + "::" + tree.root() + ":/bin/sh", tree);
    var group = with("group", UID + ":", tree);
    var script = tree.root().resolve("become");
    var lines =
        List.of(
            "#!/bin/sh",
            "mount --bind '" + passwd + "' /etc/passwd || exit",
            "mount --bind '" + group + "' /etc/group || exit",
            "exec setpriv --reuid=" + UID + " --regid=" + UID + " --clear-groups -- \"$@\"");
    Executables.write(script, String.join("\n", lines) + "\n");
    Ran.of("chmod", "755", script.toString()).expect(0);
    return List.of("unshare", "--mount", script.toString());
  }

  /** A copy of the system's file that has the user too. */
  private static Path with(String name, String rest, Tree tree) throws IOException {
    var file = tree.root().resolve(name);
    Files.writeString(file, Files.readString(Path.of("/etc", name)) + NAME + ":x:" + rest + "\n");
    return file;
  }

  /** As it is on every system that has been booted; else the first X server would have it. */
  private static void makeRoomForX() throws IOException {
    Ran.of("sh", "-c", "cd /tmp && mkdir -p .X11-unix && chmod 1777 .X11-unix").expect(0);
  }

  /** Gives the user what has been put into the tree since. */
  Desktop own() throws IOException {
    if (!become.isEmpty()) {
      String[] chown = {"chown", "-R", UID + ":" + UID, tree.root().toString()};
      Await.until( // the daemon may replace a file of its own meanwhile
          "that all is the user's", () -> Ran.of(chown).status() == 0);
    }
    return this;
  }

  /** A new file that the user can read, with that in its name. */
  Path file(String name, String content) throws IOException {
    var file = Files.createTempFile(tree.root(), name + ".", "");
    Executables.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  Tree tree() {
    return tree;
  }

  int uid() throws IOException {
    return become.isEmpty() ? Proc.uid(ProcessHandle.current().pid()) : UID;
  }

  /** The words that make the user run what follows them; none if he runs the tests. */
  List<String> become() {
    return become;
  }

  /** Starts the user's daemon. */
  Daemon start() throws IOException {
    return tree.launch().on(this).start();
  }

  private Map<String, String> environment(Map<String, String> more) throws IOException {
    var environment = new LinkedHashMap<>(tree.environment());
    environment.put("PATH", binaries() + ":" + Programs.PATH);
    environment.put("LANG", "C.UTF-8");
    environment.putAll(more);
    return environment;
  }

  /** What the test has put into {@code bin} goes before the image. */
  private String binaries() throws IOException {
    var image = Path.of(Programs.imageForAnybody("usersvc")).getParent();
    return tree.root().resolve("bin") + ":" + image;
  }

  private List<String> words(String... words) {
    var all = new ArrayList<>(become);
    if (become.isEmpty()) {
      all.add("env"); // looks for the program where it shall look itself
    }
    all.addAll(Arrays.asList(words));
    return all;
  }

  /** Runs a program to its end. */
  Ran run(Map<String, String> more, String... words) throws IOException {
    return Ran.of(environment(more), words(words));
  }

  Ran run(String... words) throws IOException {
    return run(Map.of(), words);
  }

  Ran usersvc(String... words) throws IOException {
    var all = new ArrayList<>(List.of("usersvc"));
    all.addAll(Arrays.asList(words));
    return run(all.toArray(String[]::new));
  }

  /** Starts a program that the tree ends. */
  Running start(Map<String, String> more, String... words) throws IOException {
    return tree.add(Running.start(environment(more), words(words), tree.newOutput(words[0])));
  }

  /** The same, of a program that reads what nobody ever types. */
  Running startAtKeyboard(Map<String, String> more, String... words) throws IOException {
    var typed = Files.createTempDirectory(tree.root(), "keyboard.").resolve("typed");
    Ran.of("mkfifo", typed.toString()).expect(0);
    own();
    var all = new ArrayList<>(List.of("sh", "-c", "typed=$1; shift; exec \"$@\" <> \"$typed\""));
    all.addAll(List.of("sh", typed.toString()));
    all.addAll(Arrays.asList(words));
    return start(more, all.toArray(String[]::new));
  }

  Running start(String... words) throws IOException {
    return start(Map.of(), words);
  }
}
