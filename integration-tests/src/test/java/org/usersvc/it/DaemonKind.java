package org.usersvc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a daemon runs on. Every image has the JVM; its launcher prefers a native executable. */
enum DaemonKind {
  JVM,
  NATIVE;

  private static final String PLACE = "lib/usersvc/native";
  private static final String ASIDE = "lib/usersvc/native.aside";

  /** That of the image which the tests run. */
  static DaemonKind ofTheImage() {
    var kinds = in(Path.of(Programs.image("usersvcd")).resolve("../..").normalize());
    return kinds.getLast();
  }

  /** Those that an image has. */
  static List<DaemonKind> in(Path image) {
    return Files.exists(image.resolve(PLACE)) ? List.of(JVM, NATIVE) : List.of(JVM);
  }

  /** That of a daemon which runs. */
  static DaemonKind of(long pid) throws IOException {
    return Files.readSymbolicLink(Proc.of(pid, "exe")).endsWith("native/usersvcd") ? NATIVE : JVM;
  }

  /** From now on the launcher of a copy of an image starts this one. */
  void choose(Path copy) throws IOException {
    var wanted = copy.resolve(this == NATIVE ? PLACE : ASIDE);
    var present = copy.resolve(this == NATIVE ? ASIDE : PLACE);
    if (Files.exists(present)) {
      Files.move(present, wanted);
    }
  }

  /** Removes a library of it from a copy of an image. */
  void damage(Path copy) throws IOException {
    var place = copy.resolve(this == NATIVE ? PLACE : "lib/usersvc/jars");
    try (var files = Files.list(place)) {
      var libraries = files.filter(file -> file.toString().matches(".*[.](so|jar)")).sorted();
      Files.delete(libraries.findFirst().orElseThrow());
    }
  }
}
