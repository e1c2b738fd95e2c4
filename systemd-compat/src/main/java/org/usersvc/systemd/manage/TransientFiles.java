package org.usersvc.systemd.manage;

import java.nio.charset.StandardCharsets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitName;

/** The files of transient units; each goes with its unit. */
final class TransientFiles implements News {
  private static final String HEADER =
      "# This is a transient unit file. It goes when its unit ends. Do not edit.\n";

  private static final int OWN_DIRECTORY = 0700;
  private static final int READABLE = 0644;

  private final FileSystem files;
  private final String directory;

  /**
   * Writes nothing yet.
   *
   * @param directory made when the first file is
   */
  TransientFiles(FileSystem files, String directory) {
    this.files = files;
    this.directory = directory;
  }

  void write(UnitName unit, String text) throws FileFault {
    files.makeDirectories(directory, OWN_DIRECTORY);
    byte[] content = (HEADER + text).getBytes(StandardCharsets.UTF_8);
    files.replace(FileSystem.ABSOLUTE, path(unit), content, READABLE);
  }

  @Override
  public void unitRemoved(UnitRecord unit) {
    if (unit.isTransient()) {
      try {
        files.remove(FileSystem.ABSOLUTE, path(unit.unit().id()));
      } catch (FileFault ignored) { // it goes with the runtime directory
        return;
      }
    }
  }

  private String path(UnitName unit) {
    return directory + "/" + unit;
  }
}
