package org.usersvc.systemd.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.systemd.condition.ConditionKind;
import org.usersvc.systemd.condition.Facts;

/** The facts as the kernel and the files of the system show them now. <b>Loop thread only.</b> */
public final class MachineFacts implements Facts {
  private static final int MOST = 1 << 20;
  private static final long KIB = 1024;

  /** The JVM's names of architectures that units call otherwise. */
  private static final Map<String, String> ARCHITECTURES =
      Map.of(
          "amd64", "x86-64",
          "aarch64", "arm64",
          "i386", "x86",
          "riscv64", "riscv64",
          "ppc64le", "ppc64-le",
          "s390x", "s390x",
          "arm", "arm",
          "loongarch64", "loongarch64");

  private final FileSystem files;
  private final Supplier<Environment> environment;
  private final PathFacts paths;

  /**
   * @param environment that of a process which starts now
   * @param glob whether a pattern of paths finds a file
   */
  public MachineFacts(FileSystem files, Supplier<Environment> environment, Predicate<String> glob) {
    this.files = files;
    this.environment = environment;
    this.paths = new PathFacts(files, glob);
  }

  /** The pid of the manager. */
  public int self() {
    return (int) number(status("Pid"));
  }

  @Override
  public boolean path(ConditionKind kind, String path) {
    return paths.holds(kind, path);
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get().value(name));
  }

  @Override
  public long uid() {
    return number(status("Uid"));
  }

  @Override
  public Optional<String> userName() {
    return nameOf("/etc/passwd", Long.toString(uid()));
  }

  @Override
  public boolean isUser(String nameOrNumber) {
    return nameOf("/etc/passwd", nameOrNumber).isPresent()
        || ("\n" + text("/etc/passwd")).contains("\n" + nameOrNumber + ":");
  }

  @Override
  public long gid() {
    return number(status("Gid"));
  }

  @Override
  public Optional<String> groupName() {
    return nameOf("/etc/group", Long.toString(gid()));
  }

  @Override
  public Set<String> groups() {
    var groups = new HashSet<String>();
    String all = status("Gid").split("\\s+", -1)[0] + " " + status("Groups");
    for (String id : List.of(all.strip().split("\\s+", -1))) {
      groups.add(id);
      nameOf("/etc/group", id).ifPresent(groups::add);
    }
    return groups;
  }

  /** The name of the id in a file whose lines are {@code NAME:x:ID:...}. */
  private Optional<String> nameOf(String path, String id) {
    for (String line : text(path).split("\n", -1)) {
      var fields = List.of(line.split(":", -1));
      if (fields.size() > 2 && fields.get(2).equals(id)) {
        return Optional.of(fields.getFirst());
      }
    }
    return Optional.empty();
  }

  @Override
  public String hostName() {
    return text("/proc/sys/kernel/hostname").strip();
  }

  @Override
  public Optional<String> prettyHostName() {
    return assigned(text("/etc/machine-info"), "PRETTY_HOSTNAME").filter(name -> !name.isEmpty());
  }

  @Override
  public Optional<String> machineId() {
    return id(text("/etc/machine-id"));
  }

  @Override
  public Optional<String> bootId() {
    return id(text("/proc/sys/kernel/random/boot_id").replace("-", ""));
  }

  private static Optional<String> id(String text) {
    return Optional.of(text.strip()).filter(id -> id.matches("[0-9a-f]{32}"));
  }

  @Override
  public Optional<String> architecture() {
    return Optional.ofNullable(ARCHITECTURES.get(System.getProperty("os.arch", "")));
  }

  @Override
  public String kernelVersion() {
    return text("/proc/sys/kernel/osrelease").strip();
  }

  @Override
  public String kernelCommandLine() {
    return text("/proc/cmdline").strip();
  }

  @Override
  public Optional<String> osRelease(String key) {
    String first = text("/etc/os-release");
    return assigned(first.isEmpty() ? text("/usr/lib/os-release") : first, key);
  }

  /** The value of a key in lines such as {@code KEY="value"}; empty if there is none. */
  private static Optional<String> assigned(String text, String key) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(key + "=")) {
        return Optional.of(line.substring(key.length() + 1).replaceAll("^[\"'](.*)[\"']$", "$1"));
      }
    }
    return Optional.empty();
  }

  @Override
  public int processors() {
    int count = 0;
    for (String part : status("Cpus_allowed").split(",", -1)) {
      count += part.isEmpty() ? 0 : Long.bitCount(Long.parseLong(part, 16));
    }
    return Math.max(1, count);
  }

  @Override
  public OptionalLong memoryBytes() {
    long kib = number(field(text("/proc/meminfo"), "MemTotal"));
    return kib == 0 ? OptionalLong.empty() : OptionalLong.of(kib * KIB);
  }

  private String status(String key) {
    return field(text("/proc/self/status"), key);
  }

  /** What follows a key and a colon in a text of such lines; empty if it is not there. */
  private static String field(String text, String key) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(key + ":")) {
        return line.substring(key.length() + 1).strip();
      }
    }
    return "";
  }

  /** The number at the beginning; 0 if there is none. */
  private static long number(String text) {
    String digits = text.replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private String text(String path) {
    try {
      return new String(files.read(FileSystem.ABSOLUTE, path, MOST), UTF_8);
    } catch (FileFault ignored) { // as good as an empty file
      return "";
    }
  }
}
