package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * The changes that sessions and commands make to the base, as files for programs that the daemon
 * does not start: {@code env/}, a directory for chpst -e, and {@code env.sh}. Each file is replaced
 * whole. <b>Loop thread only.</b>
 */
public final class Mirror {
  private static final int PRIVATE = 0600;

  private final FileSystem files;
  private final Consumer<String> warn;
  private final String runtime;
  private final Map<String, @Nullable String> written = new TreeMap<>();
  private Environment base = Environment.EMPTY;
  private Environment current = Environment.EMPTY;
  private boolean lost;

  /**
   * Begins with an empty mirror.
   *
   * @param warn called with a line for the user
   * @param runtime the daemon's runtime directory
   */
  public Mirror(FileSystem files, Consumer<String> warn, String runtime) {
    this.files = files;
    this.warn = warn;
    this.runtime = runtime;
    update(Environment.EMPTY, Environment.EMPTY);
  }

  /** Brings the files up to date; logs a failure once, and tries again later. */
  public void update(Environment nextBase, Environment next) {
    base = nextBase;
    current = next;
    boolean logged = lost;
    try {
      write();
    } catch (FileFault fault) {
      if (!logged) {
        warn.accept(fault.getMessage() + "; env/ and env.sh are not up to date");
      }
    }
  }

  /** Writes the files again if one is missing or could not be written. */
  public void settle() throws FileFault {
    if (lost || !isWhole()) {
      written.clear();
      write();
    }
  }

  private boolean isWhole() throws FileFault {
    var directory = files.linkStat(FileSystem.ABSOLUTE, runtime + "/env");
    return directory != null
        && directory.isDirectory()
        && files.linkStat(FileSystem.ABSOLUTE, runtime + "/env.sh") != null
        && files.list(FileSystem.ABSOLUTE, runtime + "/env").containsAll(written.keySet());
  }

  private void write() throws FileFault {
    lost = true;
    files.makeDirectory(FileSystem.ABSOLUTE, runtime + "/env", 0700);
    var wanted = changes(base, current);
    if (written.isEmpty()) {
      removeStrangers();
    }
    for (String name : new ArrayList<>(written.keySet())) {
      if (!wanted.containsKey(name)) {
        files.remove(FileSystem.ABSOLUTE, runtime + "/env/" + name);
        written.remove(name);
      }
    }
    for (var change : wanted.entrySet()) {
      write(change.getKey(), change.getValue());
    }
    files.replace(
        FileSystem.ABSOLUTE, runtime + "/env.sh", NativeText.encode(script(wanted)), PRIVATE);
    lost = false;
  }

  /** The changes from one to the other: names and values, null for an unset variable. */
  private static Map<String, @Nullable String> changes(Environment base, Environment current) {
    var changes = new LinkedHashMap<String, @Nullable String>();
    for (String name : base.differences(current)) {
      if (Environment.isName(name)) {
        changes.put(name, current.value(name));
      }
    }
    return changes;
  }

  private void removeStrangers() throws FileFault {
    for (String name : files.list(FileSystem.ABSOLUTE, runtime + "/env")) {
      files.remove(FileSystem.ABSOLUTE, runtime + "/env/" + name);
    }
  }

  /** Makes the new file beside env/, where readers of env/ do not look. */
  private void write(String name, @Nullable String value) throws FileFault {
    if (written.containsKey(name) && java.util.Objects.equals(written.get(name), value)) {
      return;
    }
    String fresh = runtime + "/env.new";
    byte[] content =
        value == null ? new byte[0] : NativeText.encode(value.replace('\n', '\0') + "\n");
    files.remove(FileSystem.ABSOLUTE, fresh);
    files.create(FileSystem.ABSOLUTE, fresh, content, PRIVATE);
    files.rename(FileSystem.ABSOLUTE, fresh, runtime + "/env/" + name);
    written.put(name, value);
  }

  private static String script(Map<String, @Nullable String> changes) {
    var script = new StringBuilder();
    changes.forEach((name, value) ->
        script.append(value == null ? "unset " + name : assignment(name, value)).append('\n'));
    return script.toString();
  }

  /** {@code export NAME='VALUE'}, for any shell. */
  public static String assignment(String name, String value) {
    return "export " + name + "='" + value.replace("'", "'\\''") + "'";
  }
}
