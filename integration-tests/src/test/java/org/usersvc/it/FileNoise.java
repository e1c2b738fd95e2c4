package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts what nobody expects where files are expected. */
record FileNoise(Noise noise, Tree tree) {
  private static final int LONGEST_SOCKET = 100;

  private static final String[] FILES =
      ("run finish down check control/u control/d control/t control log log/run log/down log/finish"
              + " log-format dependencies.d waits-for.d dependencies.d/x linger type restart"
              + " notification-fd notify timeout-ready timeout-finish timeout-watchdog timeout-kill"
              + " down-signal reload-signal limits directory env env/A env/PATH env/B=C needs-env"
              + " supervise supervise/control supervise/lock conf .x")
          .split(" ", -1);

  private static final String[] VALUES = {
    "oneshot",
    "longrun",
    "always",
    "no",
    "on-failure",
    "3",
    "1023",
    "100",
    "18446744073709551615",
    "9223372036854775808",
    "50",
    "KILL",
    "15",
    "64",
    "0",
    "-1",
    "999",
    "iso",
    "none",
    "tai64n",
    "nofile 64\numask 999\nnice 5",
    "~/nosuch"
  };

  private static final String[] TARGETS = {
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/tty",
    "/dev/ptmx",
    "/dev/stdin",
    "/proc/self/mem",
    "/proc/self/fd",
    "/proc/self/pagemap",
    "/proc/1/environ",
    "/nosuch/" + "d".repeat(250),
    ".",
    "..",
    "/"
  };

  private static final String[] SCRIPTS = {
    "#!/bin/sh\nexec sleep 1\n",
    "#!/bin/sh\nexit 125\n",
    "#!/bin/sh\nexit 0\n",
    "#!/nosuch\n",
    "#!" + "i".repeat(5000) + "\n",
    "#!/bin/sh\nkill -STOP $$\n",
    "#!/bin/sh\nsleep 5 & exit 1\n",
    "#!/bin/sh\nexec >&- 2>&-; sleep 1\n"
  };

  private static final String[] NAMES = {
    "s%d", "s%d", "S %d", "\u001b[31m%d", "x\n%d", "%d" + "n".repeat(240), "@%d", "-%d", "%%s%d"
  };

  private static final String[] CONFIGS = {
    "s1\nn1\n",
    "s0\n",
    "s999999999999999\nn2\n",
    "n0\nt1\n",
    "!cat\nu1.2.3.4\n",
    "T1\n",
    "x\n".repeat(3000),
    "s-1\nN\n",
    "s100\nn2\n"
  };

  /** Removes a file, a link itself, or a directory with all that is in it. */
  static void remove(Path path) throws IOException {
    Ran.of("rm", "-rf", "--", path.toString());
  }

  /** Removes a service directory, also one into whose supervise/ the daemon writes meanwhile. */
  static void removeService(Path service) throws IOException {
    Await.until(
        "no " + service,
        () -> {
          remove(service);
          return !Files.exists(service, LinkOption.NOFOLLOW_LINKS);
        });
  }

  /** Writes into what may be a FIFO that is full, or anything else; what does not fit is lost. */
  void pour(Path path, String text) throws IOException {
    var letters = tree.root().resolve("letters");
    Files.writeString(letters, text, ISO_8859_1);
    Ran.of("dd", "if=" + letters, "of=" + path, "oflag=nonblock", "conv=notrunc,nocreat", "bs=64k");
  }

  /** A new service directory with odd files, which comes by rename. */
  Path service(int number) throws IOException {
    var made = tree.root().resolve("made");
    remove(made);
    Files.createDirectory(made);
    if (noise.chance(0.7)) {
      script(made.resolve("run"), "#!/bin/sh\necho x\nexec sleep " + noise.number(0, 1, 2) + "\n");
    }
    for (int i = noise.below(7); i > 0; i--) {
      replaceOneOf(made);
    }
    Fuzz.own(made);
    var name = tree.scan().resolve(noise.one(NAMES).formatted(number));
    return Files.move(made, name);
  }

  /** Puts something in the place of a file that the daemon knows. */
  void replaceOneOf(Path service) throws IOException {
    var file = service.resolve(noise.one(FILES));
    if (Files.isSymbolicLink(service) || Files.isSymbolicLink(file.getParent())) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      replace(file);
    } catch (IOException ignored) { // a file where a directory would have to be
      remove(file);
    }
  }

  void replace(Path file) throws IOException {
    remove(file);
    try {
      place(file, noise.below(14));
    } catch (IOException ignored) { // the daemon has made it anew meanwhile
      return;
    }
    Fuzz.own(file);
  }

  private void place(Path file, int kind) throws IOException {
    switch (kind) {
      case 0 -> Files.write(file, noise.bytes(noise.number(0, 1, 31, 32, 33, 300, 5000)));
      case 1, 2 -> Files.writeString(file, noise.one(VALUES) + noise.one("", "\n", "\n\n junk"));
      case 3 -> Files.write(file, noise.bytes(1 << 18));
      case 4 -> sparse(file, 1L << 40);
      case 5 -> Ran.of("mkfifo", file.toString());
      case 6 -> Files.createDirectory(file);
      case 7 -> fill(Files.createDirectory(file));
      case 8 -> Files.createSymbolicLink(file, file.getFileName());
      case 9 -> Files.createSymbolicLink(file, Path.of(noise.one(TARGETS)));
      case 10 -> socket(file);
      case 11 -> Files.writeString(file, "A".repeat(200_000) + " ".repeat(10) + "B\n".repeat(1000));
      case 12 -> {
        Files.writeString(file, "1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      }
      default -> script(file, noise.one(SCRIPTS));
    }
  }

  private static void sparse(Path file, long length) throws IOException {
    try (var made = new RandomAccessFile(file.toString(), "rw")) {
      made.setLength(length);
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void fill(Path directory) throws IOException {
    String name = noise.one("V", ".", "a=b", "x".repeat(200));
    for (int i = noise.number(3, 100); i > 0; i--) {
      Files.write(directory.resolve(name + i), noise.bytes(noise.number(0, 10, 5000)));
    }
  }

  /** Bound and closed: it stays. */
  private static void socket(Path file) throws IOException {
    if (file.toString().length() < LONGEST_SOCKET) {
      try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(file));
      }
    }
  }

  /** Something in the place of one of the logger's files, or of its directory. */
  void damageLog(Path log) throws IOException {
    String name = noise.one("current", "lock", "config", "@4000000069280000%08x.s", "state", "");
    var file = name.isEmpty() ? log : log.resolve(name.formatted(noise.below(1000)));
    try {
      switch (noise.below(8)) {
        case 0 -> truncate(log.resolve("current"));
        case 1 -> {
          for (int i = 0; i < 100; i++) {
            var rotated = log.resolve("@4000000069280000%08x.s".formatted(i));
            remove(rotated); // it may be a FIFO, which nobody reads
            Files.writeString(rotated, "x");
          }
        }
        case 2, 3 -> Files.writeString(config(log), noise.one(CONFIGS));
        case 4 -> remove(tree.runtime().resolve("usersvc/ledger"));
        default -> {
          Files.createDirectories(file.getParent());
          replace(file);
        }
      }
    } catch (IOException ignored) { // what was put there before is in the way
      remove(file);
    }
    Fuzz.own(log);
  }

  private Path config(Path log) throws IOException {
    var file = noise.chance(0.5) ? log.resolve("config") : log.resolveSibling("config");
    remove(file);
    return file;
  }

  private void truncate(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try (var current = FileChannel.open(file, StandardOpenOption.WRITE)) {
        current.truncate(noise.number(0, 1, 1000));
      } catch (NoSuchFileException rotated) {
        remove(file);
      }
    }
  }
}
