package org.usersvc.client.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that PAM calls usersvc, and so that no login can fail by it. */
final class PamCheck {
  private static final String DIRECTORY = "/etc/pam.d";
  private static final List<String> MODULES =
      List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib");

  private final Root root;
  private final Findings findings;
  private boolean found;

  PamCheck(Root root, Findings findings) {
    this.root = root;
    this.findings = findings;
  }

  void run() throws IOException {
    if (!Files.isDirectory(root.path(DIRECTORY))) {
      findings.warn(DIRECTORY + " is not there, so no login is noticed; see usersvc-login(8)");
      return;
    }
    for (String file : stacks()) {
      findings.of(() -> examine(DIRECTORY + "/" + file));
    }
    if (!found) {
      findings.warn("no line in " + DIRECTORY + " is for usersvc; see usersvc-login(8)");
    }
  }

  private SortedSet<String> stacks() throws IOException {
    var names = new TreeSet<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.path(DIRECTORY))) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean backup = name.startsWith(".") || name.endsWith("~") || name.contains(".dpkg-");
        if (!backup && Files.isRegularFile(file)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private void examine(String file) throws IOException {
    for (PamLine line : PamLine.parse(Files.readAllLines(root.path(file), ISO_8859_1))) {
      if (line.isOurs()) {
        found = true;
        examine(file + ":" + line.number(), line);
      }
    }
  }

  private void examine(String where, PamLine line) throws IOException {
    List<String> flaws = new ArrayList<>();
    if (!line.type().equalsIgnoreCase("session")) {
      flaws.add("is of type " + line.type() + "; write session, the only one that has an end");
    }
    if (!line.control().equals("optional")) {
      flaws.add("is " + line.control() + ", so that a login may fail by it; write optional");
    }
    if (line.isHook()) {
      flaws.addAll(hook(line));
    } else {
      flaws.add(module(line.module()));
    }
    flaws.removeIf(String::isEmpty);
    flaws.forEach(each -> findings.fail(where + ": " + each));
    if (flaws.isEmpty()) {
      findings.ok(where + ": " + (line.isHook() ? line.program() : line.module()));
    }
  }

  /** pam_exec(8) runs it as root, with the variables that the user has brought into the stack. */
  private List<String> hook(PamLine line) throws IOException {
    List<String> flaws = new ArrayList<>();
    if (!line.arguments().contains("seteuid")) {
      flaws.add("runs without root's rights and can enter nothing; add seteuid");
    }
    if (line.arguments().stream().noneMatch("type=open_session"::equalsIgnoreCase)) {
      flaws.add(
          "is dangerous, root runs it at the end of a session, too, with variables that the user"
              + " may have set; add type=open_session");
    }
    flaws.add(program(line.program()));
    return flaws;
  }

  private String program(String path) throws IOException {
    if (path.isEmpty()) {
      return "names no program; write the absolute path of usersvc-session";
    }
    String flaw = trusted(path);
    if (!flaw.isEmpty()) {
      return flaw;
    }
    if (!Files.isExecutable(root.path(path))) {
      return path + " is not executable; chmod 755 it";
    }
    return StaticProgram.is(root.path(path))
        ? ""
        : path
            + " is dangerous, it loads what a user's LD_PRELOAD names, as root; run the"
            + " usersvc-session of this version, which is linked statically";
  }

  private String module(String name) throws IOException {
    if (name.startsWith("/")) {
      return trusted(name);
    }
    for (String library : MODULES) {
      for (String directory : securities(library)) {
        if (Files.exists(root.path(directory + "/" + name))) {
          return trusted(directory + "/" + name);
        }
      }
    }
    return name + " is in no directory of PAM modules; write its absolute path";
  }

  /** The directories of PAM's modules below a directory of libraries. */
  private List<String> securities(String library) throws IOException {
    List<String> found = new ArrayList<>(List.of(library + "/security"));
    if (Files.isDirectory(root.path(library))) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(root.path(library), "*-linux-*")) {
        for (Path entry : entries) {
          found.add(library + "/" + entry.getFileName() + "/security");
        }
      }
    }
    return found;
  }

  /** Why a user other than root may make it run another program; empty if none can. */
  private String trusted(String path) throws IOException {
    @Nullable FileFacts facts = FileFacts.of(root.path(path));
    if (facts == null) {
      return path + " does not exist; install usersvc there, or correct the line";
    }
    if (!facts.isRegular()) {
      return path + " is no plain file; install usersvc there, or correct the line";
    }
    for (String at = path; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      @Nullable FileFacts each = FileFacts.of(root.path(at));
      String flaw = each == null ? "" : each.flaw(root.owner());
      if (!flaw.isEmpty()) {
        return at + " " + flaw;
      }
    }
    return "";
  }
}
