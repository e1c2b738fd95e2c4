package org.usersvc.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The mounts that a process sees and its children, and nobody else. */
record Mounts(Tree tree, long pid) {
  static Mounts of(Tree tree, Daemon daemon) {
    return new Mounts(tree, daemon.pid());
  }

  /** What to put before the words of a program that is to see them. */
  List<String> enter() {
    var words = new ArrayList<>(List.of(Programs.system("nsenter"), "--mount"));
    if (!Tree.isRoot()) {
      words.addAll(List.of("--user", "--preserve-credentials"));
    }
    words.addAll(List.of("--target", Long.toString(pid), "--"));
    return words;
  }

  /** Runs shell commands among them. */
  Ran run(String commands) throws IOException {
    var words = new ArrayList<>(enter());
    words.addAll(List.of("sh", "-c", commands));
    return tree.run(words.toArray(String[]::new));
  }
}
