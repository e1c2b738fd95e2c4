package org.usersvc.daemon.mounts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;

/**
 * The slow mounts, read from proc_pid_mountinfo(5) without touching one, and the paths that lead to
 * them. <b>Loop thread only.</b>
 */
final class MountTable {
  private static final String MOUNTS = "/proc/self/mountinfo";
  private static final int MOST = 4 * 1024 * 1024;
  private static final String FUSE = "fuse";
  private static final Set<String> NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "ncpfs",
          "9p",
          "virtiofs",
          "autofs",
          "afs",
          "ceph",
          "coda",
          "lustre",
          "gfs",
          "gfs2",
          "ocfs2",
          "orangefs",
          "beegfs",
          "gpfs");

  /** As many links as the kernel follows. */
  private static final int MOST_LINKS = 40;

  /** The mount point is the fifth field. */
  private static final int FIELDS_BEFORE_POINT = 4;

  private final FileSystem files;
  private List<SlowMount> slow = List.of();

  /**
   * Knows none yet.
   *
   * @param files used for links on other mounts only
   */
  MountTable(FileSystem files) {
    this.files = files;
  }

  /** Reads the present mounts; none without {@code /proc}. */
  void read() {
    try {
      slow = parse(new String(files.read(FileSystem.ABSOLUTE, MOUNTS, MOST), ISO_8859_1));
    } catch (FileFault ignored) { // then the loop waits for mounts that hang
      slow = List.of();
    }
  }

  /** Of two mounts on the same point the later one is visible. */
  static List<SlowMount> parse(String mountinfo) {
    var found = new ArrayList<SlowMount>();
    int end;
    for (int at = 0; at < mountinfo.length(); at = end + 1) {
      end = mountinfo.indexOf('\n', at);
      end = end < 0 ? mountinfo.length() : end;
      int separator = mountinfo.indexOf(" - ", at);
      if (separator < 0 || separator > end) {
        continue;
      }
      int typeEnd = mountinfo.indexOf(' ', separator + 3);
      String type = mountinfo.substring(separator + 3, typeEnd < 0 ? end : Math.min(typeEnd, end));
      if (isSlow(type)) {
        int id = Integer.parseInt(mountinfo, at, mountinfo.indexOf(' ', at), 10);
        found.add(new SlowMount(id, point(mountinfo, at), type));
      } else if (!found.isEmpty()) {
        String over = point(mountinfo, at);
        found.removeIf(mount -> mount.point().equals(over));
      }
    }
    return List.copyOf(found);
  }

  private static boolean isSlow(String type) {
    boolean fuse = type.equals(FUSE) || type.startsWith("fuse.") || type.equals("fuseblk");
    return fuse || NETWORK.contains(type);
  }

  private static String point(String mountinfo, int line) {
    int at = line;
    for (int i = 0; i < FIELDS_BEFORE_POINT; i++) {
      at = mountinfo.indexOf(' ', at) + 1;
    }
    String escaped = mountinfo.substring(at, mountinfo.indexOf(' ', at));
    return NativeText.decode(unescaped(escaped).getBytes(ISO_8859_1));
  }

  /** Blanks, newlines and backslashes are written as three octal digits. */
  private static String unescaped(String text) {
    var result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length()) {
        result.append((char) Integer.parseInt(text, i + 1, i + 4, 8));
        i += 3;
      } else {
        result.append(text.charAt(i));
      }
    }
    return result.toString();
  }

  boolean has(SlowMount mount) {
    return slow.contains(mount);
  }

  boolean isEmpty() {
    return slow.isEmpty();
  }

  /**
   * The first slow mount on the way along the path, null if there is none. Links are followed
   * without going there.
   *
   * @param path absolute
   * @param follow whether also the last step is followed if it is a link
   */
  @Nullable SlowMount on(String path, boolean follow) throws FileFault {
    var steps = new ArrayDeque<String>(List.of(path.split("/", -1)));
    String at = "";
    int links = 0;
    var found = of("/");
    while (found == null && !steps.isEmpty() && links < MOST_LINKS) {
      String step = steps.remove();
      if (step.equals("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
      } else if (!step.isEmpty() && !step.equals(".")) {
        String next = at + "/" + step;
        found = of(next);
        String target = found == null && (follow || !steps.isEmpty()) ? target(next) : null;
        links += target == null ? 0 : 1;
        at = target == null ? next : target.startsWith("/") ? "" : at;
        for (String each : target == null ? List.<String>of() : reversed(target)) {
          steps.addFirst(each);
        }
      }
    }
    return found;
  }

  private static List<String> reversed(String path) {
    return List.of(path.split("/", -1)).reversed();
  }

  /** The target of the link, null if it is none. */
  private @Nullable String target(String path) {
    try {
      return files.readLink(FileSystem.ABSOLUTE, path);
    } catch (FileFault ignored) { // it is no link, or absent
      return null;
    }
  }

  private @Nullable SlowMount of(String path) {
    for (int i = slow.size() - 1; i >= 0; i--) {
      if (slow.get(i).holds(path)) {
        return slow.get(i);
      }
    }
    return null;
  }
}
