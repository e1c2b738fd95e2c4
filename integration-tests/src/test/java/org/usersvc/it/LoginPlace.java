package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where root enters the logins of a user.
 *
 * @param root what stands for /run/usersvc
 * @param dir the directory of the user in it
 */
record LoginPlace(Tree tree, Path root, Path dir) {
  static final String VARIABLE = "USERSVC_LOGINS";

  /** Of whoever runs the tests; there is no directory yet. */
  static LoginPlace of(Tree tree) throws IOException {
    return of(tree, Proc.uid(ProcessHandle.current().pid()));
  }

  static LoginPlace of(Tree tree, int uid) {
    var root = tree.root().resolve("logins");
    return new LoginPlace(tree, root, root.resolve(Integer.toString(uid)));
  }

  LoginPlace make() throws IOException {
    Files.createDirectories(dir);
    return this;
  }

  /** How to start a daemon that looks there. */
  Launch launch() {
    return tree.launch().with(VARIABLE, root.toString());
  }

  /** The name of an entry of that process. */
  static String name(Running leader, int number) throws IOException {
    return leader.pid() + "." + Proc.startTime(leader.pid()) + "." + number;
  }

  /** Enters a login, as a whole. */
  Path enter(Running leader, int number, String... lines) throws IOException {
    return enter(name(leader, number), lines);
  }

  Path enter(String name, String... lines) throws IOException {
    var fresh = dir.resolve(".new");
    var text = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    return Files.move(fresh, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The last logout was a while ago, and the user lingers. */
  Path linger() throws IOException {
    return enter("lingering");
  }

  /** Makes a file one that cannot be trusted. */
  static void spoil(Path file) throws IOException {
    if (Tree.isRoot()) {
      Ran.of("chown", "4242", file.toString()).expect(0);
    } else {
      Ran.of("chmod", "o+w", file.toString()).expect(0);
    }
  }
}
