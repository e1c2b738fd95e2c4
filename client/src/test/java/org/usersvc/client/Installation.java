package org.usersvc.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A directory with {@code bin/usersvc}, svc, svok and svstat, as one of the two clients has it. */
record Installation(Path root) {
  static final List<String> PROGRAMS = List.of("usersvc", "svc", "svok", "svstat");

  /** The Java client under every name. */
  static Installation ofJava(Path root) throws IOException {
    for (String program : PROGRAMS) {
      script(
          root.resolve("bin").resolve(program), "exec " + java() + " --as=" + program + " \"$@\"");
    }
    return new Installation(root);
  }

  /** The launcher, as its Makefile builds it, with the Java client behind it. */
  static Installation ofLauncher(Path root) throws IOException {
    command("make", "-s", "-C", sources().toString(), "OUT=" + root.resolve("bin"));
    script(root.resolve("lib/usersvc/usersvc-java"), "exec " + java() + " \"$@\"");
    return new Installation(root);
  }

  /** The launcher with debugging information, each run watched by valgrind. */
  static Installation ofWatchedLauncher(Path root) throws IOException {
    Path real = Files.createDirectories(root.resolve("real"));
    List<String> build = new ArrayList<>(List.of("cc", "-std=c11", "-g", "-O1"));
    build.addAll(List.of("-o", real.resolve("usersvc").toString()));
    for (String source :
        List.of(
            "usersvc.c",
            "complete.c",
            "systemd.c",
            "control.c",
            "wait.c",
            "request.c",
            "line.c",
            "text.c")) {
      build.add(sources().resolve(source).toString());
    }
    command(build.toArray(String[]::new));
    for (String program : PROGRAMS) {
      if (!program.equals("usersvc")) {
        Files.createSymbolicLink(real.resolve(program), Path.of("usersvc"));
      }
      script(
          root.resolve("bin").resolve(program),
          "exec valgrind -q --error-exitcode=99 --leak-check=full "
              + real.resolve(program)
              + " \"$@\"");
    }
    command("valgrind", "--version");
    return new Installation(root);
  }

  Path bin() {
    return root.resolve("bin");
  }

  static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private static Path sources() {
    return Path.of(System.getProperty("usersvc.launcher.sources", "launcher")).toAbsolutePath();
  }

  private static String java() {
    String classPath =
        Stream.of(Main.class, CommandLine.class, JsonFactory.class)
            .map(Installation::place)
            .collect(Collectors.joining(":"));
    return Path.of(System.getProperty("java.home"), "bin", "java")
        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
        + classPath
        + " "
        + Main.class.getName();
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A missing compiler or valgrind fails the test: what it would have proved is not known. */
  private static void command(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(process.exitValue()).as("%s: %s", List.of(words), output).isZero();
  }
}
