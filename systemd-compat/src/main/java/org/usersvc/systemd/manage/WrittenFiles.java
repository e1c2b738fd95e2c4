package org.usersvc.systemd.manage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitPath;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The files that callers have written: those of transient units, which go with it, and drop-ins.
 */
final class WrittenFiles implements News {
  private static final String HEADER =
      "# This is a transient unit file. It goes when its unit ends. Do not edit.\n";

  private static final String DROP_IN_HEADER =
      "# This is a drop-in of \"systemctl set-property\" or the like. Do not edit.\n";

  private static final String LASTING = "50-";
  private static final String RUNTIME = "51-";
  private static final String SUFFIX = ".conf";

  private static final int OWN_DIRECTORY = 0700;
  private static final int READABLE = 0644;

  private final FileSystem files;
  private final UnitIndex index;
  private final UnitPath path;

  /** Writes nothing yet; directories are made when they are needed. */
  WrittenFiles(FileSystem files, UnitIndex index) {
    this.files = files;
    this.index = index;
    this.path = index.path();
  }

  /** The file of a transient unit. */
  void write(UnitName unit, String text) throws FileFault {
    index.change(unit, () -> write(path.transientUnits(), unit.toString(), HEADER + text));
  }

  /**
   * Drop-ins of a unit, by the names of what they set. What was written last counts: one of the
   * runtime comes after the lasting one, which removes it when it is written.
   */
  void write(KnownUnit unit, boolean isRuntime, Map<String, String> texts) throws FileFault {
    String place = unit.isTransient() ? path.transientUnits() : path.control(isRuntime);
    for (var each : texts.entrySet()) {
      String directory = dropIns(place, unit.id());
      String text = DROP_IN_HEADER + each.getValue();
      write(directory, (isRuntime ? RUNTIME : LASTING) + each.getKey() + SUFFIX, text);
      if (!isRuntime) {
        String runtime = dropIns(path.control(true), unit.id());
        files.remove(FileSystem.ABSOLUTE, runtime + "/" + RUNTIME + each.getKey() + SUFFIX);
      }
    }
  }

  private static String dropIns(String place, UnitName unit) {
    return place + "/" + unit + ".d";
  }

  private void write(String directory, String name, String text) throws FileFault {
    files.makeDirectories(directory, OWN_DIRECTORY);
    files.replace(FileSystem.ABSOLUTE, directory + "/" + name, text.getBytes(UTF_8), READABLE);
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    if (unit.isTransient()) {
      try {
        var id = unit.unit().id();
        index.change(id, () -> remove(id));
      } catch (FileFault ignored) { // it goes with the runtime directory
        return;
      }
    }
  }

  private void remove(UnitName unit) throws FileFault {
    files.remove(FileSystem.ABSOLUTE, path.transientUnits() + "/" + unit);
    String directory = dropIns(path.transientUnits(), unit);
    if (files.stat(FileSystem.ABSOLUTE, directory) != null) {
      for (String name : files.list(FileSystem.ABSOLUTE, directory)) {
        files.remove(FileSystem.ABSOLUTE, directory + "/" + name);
      }
      files.removeDirectory(FileSystem.ABSOLUTE, directory);
    }
  }
}
