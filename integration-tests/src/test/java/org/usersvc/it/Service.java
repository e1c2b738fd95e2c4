package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;

/** One service directory; files come into it by rename, so that nobody sees half of one. */
record Service(Path dir) {
  static Service in(Path parent, String name) throws IOException {
    return new Service(Files.createDirectories(parent.resolve(name)));
  }

  String name() {
    return dir.getFileName().toString();
  }

  Service run(String... lines) throws IOException {
    return script("run", lines);
  }

  /** Runs until it is told to end. */
  Service steady() throws IOException {
    return run("exec sleep 1000");
  }

  Service script(String file, String... lines) throws IOException {
    return place(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n", "rwxr-xr-x");
  }

  Service file(String file, String content) throws IOException {
    return place(file, content, "rw-r--r--");
  }

  private Service place(String file, String content, String mode) throws IOException {
    var target = dir.resolve(file);
    Files.createDirectories(target.getParent());
    var fresh = target.resolveSibling("." + target.getFileName() + ".fresh");
    Executables.write(fresh, content.getBytes(ISO_8859_1));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    return this;
  }

  /** The log service in it. */
  Service log() throws IOException {
    return in(dir, "log");
  }

  Service moveTo(Path target) throws IOException {
    return new Service(Files.move(dir, target, StandardCopyOption.ATOMIC_MOVE));
  }

  Status status() throws IOException {
    return Status.read(dir.resolve("supervise/status"));
  }

  Status await(String what, Predicate<Status> good) throws IOException {
    return Await.answer(name() + " " + what, this::status, good);
  }

  /** Waits until run lives; its pid. */
  int awaitUp() throws IOException {
    return await("to be up", Status::isUp).pid();
  }

  /** Waits until another run lives. */
  int awaitUpAfter(int pid) throws IOException {
    return await("to be up anew", status -> status.isUp() && status.pid() != pid).pid();
  }

  void awaitDown() throws IOException {
    await("to be down", Status::isDown);
  }

  /** The same where its supervisor has just begun: runsv writes a status before sv reaches it. */
  void awaitDownFromStart() throws IOException {
    awaitDown();
    Await.until(name() + " to be reached", () -> Files.exists(dir.resolve("supervise/ok")));
  }

  int pid() throws IOException {
    return status().pid();
  }

  /** Letters into supervise/control, without any client. */
  void letters(String letters) throws IOException {
    Files.write(dir.resolve("supervise/control"), letters.getBytes(US_ASCII), WRITE);
  }

  String read(String file) throws IOException {
    return new String(Files.readAllBytes(dir.resolve(file)), ISO_8859_1);
  }

  /** Waits until the file, which the service writes, has the text in it. */
  String awaitText(String file, String text) throws IOException {
    return Await.answer(
        name() + "/" + file + " with " + text, () -> read(file), all -> all.contains(text));
  }
}
