package org.usersvc.systemd.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.face.Table;

/** The limits that services get unless their units have others: those of the daemon. */
final class OwnLimits implements Table.Part<Desk> {
  private static final String FILE = "/proc/self/limits";
  private static final int MOST_BYTES = 8192;
  private static final String DEFAULT = "DefaultLimit";
  private static final String SOFT = "Soft";
  private static final Pattern GAP = Pattern.compile(" {2,}");
  private static final long UNLIMITED = -1;

  private static final Map<String, String> LINES =
      Map.ofEntries(
          Map.entry("CPU", "Max cpu time"),
          Map.entry("FSIZE", "Max file size"),
          Map.entry("DATA", "Max data size"),
          Map.entry("STACK", "Max stack size"),
          Map.entry("CORE", "Max core file size"),
          Map.entry("RSS", "Max resident set"),
          Map.entry("NOFILE", "Max open files"),
          Map.entry("AS", "Max address space"),
          Map.entry("NPROC", "Max processes"),
          Map.entry("MEMLOCK", "Max locked memory"),
          Map.entry("LOCKS", "Max file locks"),
          Map.entry("SIGPENDING", "Max pending signals"),
          Map.entry("MSGQUEUE", "Max msgqueue size"),
          Map.entry("NICE", "Max nice priority"),
          Map.entry("RTPRIO", "Max realtime priority"),
          Map.entry("RTTIME", "Max realtime timeout"));

  @Override
  public void declare(Table.Members members) {
    for (String name : LINES.keySet().stream().sorted().toList()) {
      members.value(DEFAULT + name, "t").value(DEFAULT + name + SOFT, "t");
    }
  }

  @Override
  public Object value(Desk desk, String property) {
    boolean isSoft = property.endsWith(SOFT);
    int end = property.length() - (isSoft ? SOFT.length() : 0);
    var row = rows(desk.files()).get(LINES.get(property.substring(DEFAULT.length(), end)));
    return row == null ? UNLIMITED : number(row.get(isSoft ? 1 : 2));
  }

  private static long number(String text) {
    return text.equals("unlimited") ? UNLIMITED : Long.parseUnsignedLong(text);
  }

  /** The words of each line by the first one, which is the name of the limit. */
  private static Map<String, List<String>> rows(FileSystem files) {
    var rows = new LinkedHashMap<String, List<String>>();
    try {
      String text = new String(files.read(FileSystem.ABSOLUTE, FILE, MOST_BYTES), UTF_8);
      text.lines()
          .skip(1)
          .map(line -> List.of(GAP.split(line)))
          .filter(words -> words.size() > 2)
          .forEach(words -> rows.put(words.getFirst(), words));
    } catch (FileFault ignored) { // there is no /proc: nobody knows of a limit
      rows.clear();
    }
    return rows;
  }
}
