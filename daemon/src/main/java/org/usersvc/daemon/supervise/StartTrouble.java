package org.usersvc.daemon.supervise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.servicedir.Script;
import org.usersvc.daemon.servicedir.ServiceDirectory;

/** Explains why a program of a service directory cannot be executed, and how to mend it. */
record StartTrouble(ServiceDirectory directory, FileSystem files) {
  private static final int LONGEST_FIRST_LINE = 256;
  private static final int MOST_MOUNTS = 1024 * 1024;
  private static final String MOUNT_ID = "mnt_id:";

  /** The message about a program that cannot be started: which one, why, and what to do now. */
  static String line(Owner owner, FileSystem files, Script program, Errno errno) {
    String place = program.equals(Script.RUN) ? RunPlace.of(owner, files).remedy(files) : "";
    String remedy =
        place.isEmpty()
            ? new StartTrouble(owner.directory(), files).remedy(program.name(), errno)
            : place;
    return "cannot start %s/%s: %s%s"
        .formatted(owner.path(), program.name(), errno.describe(), remedy);
  }

  /** The message about a program whose start has not been answered in time. */
  static String late(Script program) {
    return "a file system that " + program.name() + " is on hangs, waiting for it";
  }

  /** The end of a message about it, empty if only the errno is known. */
  String remedy(String program, Errno errno) {
    String kind = directory.oddKind(program);
    if (!kind.isEmpty()) {
      return "; it is " + kind + " and has to be a program";
    }
    return switch (errno.number()) {
      case Errno.EACCES -> denied(program);
      case Errno.ENOENT -> notFound(program);
      case Errno.ENOEXEC -> firstLine(program).isEmpty() ? "; it is empty" : "";
      default -> "";
    };
  }

  private String denied(String program) {
    if (!directory.isExecutable(program)) {
      return "; chmod +x it";
    }
    if (isMountedNoexec()) {
      return "; it is on a file system that is mounted noexec: remount it with exec, or move it";
    }
    return "; it has the x bit: see the interpreter" + interpreter(program) + ", its ACL (getfacl)";
  }

  private String notFound(String program) {
    String line = firstLine(program);
    return line.endsWith("\r")
        ? "; line 1 ends in a carriage return (CR), as DOS has it: remove it from all lines"
        : "; see the interpreter" + interpreter(program) + " in its first line";
  }

  /** The interpreter that its first line names, after a blank. */
  private String interpreter(String program) {
    String line = firstLine(program);
    return line.startsWith("#!")
        ? " " + NativeText.printable(line.substring(2).strip().split("[ \t]", 2)[0])
        : "";
  }

  private String firstLine(String program) {
    try {
      byte[] start = files.read(directory.descriptor(), program, LONGEST_FIRST_LINE);
      return new String(start, ISO_8859_1).split("\n", 2)[0];
    } catch (FileFault unreadable) {
      return "";
    }
  }

  /** By the number of the mount that the directory was opened on. */
  private boolean isMountedNoexec() {
    try {
      String place = "/proc/self/fdinfo/" + directory.descriptor();
      String id =
          text(place).lines().filter(line -> line.startsWith(MOUNT_ID)).findFirst().orElse("");
      String begin = id.replace(MOUNT_ID, "").strip() + " ";
      return text("/proc/self/mountinfo")
          .lines()
          .filter(line -> line.startsWith(begin))
          .anyMatch(line -> ("," + line.split(" ", 7)[5] + ",").contains(",noexec,"));
    } catch (FileFault unknown) {
      return false;
    }
  }

  private String text(String path) throws FileFault {
    return new String(files.read(FileSystem.ABSOLUTE, path, MOST_MOUNTS), ISO_8859_1);
  }
}
