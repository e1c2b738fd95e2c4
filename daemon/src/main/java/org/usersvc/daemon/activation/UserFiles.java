package org.usersvc.daemon.activation;

import java.util.TreeSet;
import org.usersvc.daemon.environment.EnvironmentFile;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Messages;

/** The user's {@code environment.d/*.conf}. */
public final class UserFiles {
  /** Of all files together, in bytes. */
  private static final int MOST = 1024 * 1024;

  private final FileSystem files;
  private final Messages messages;
  private long left = MOST;

  private UserFiles(FileSystem files, Messages messages) {
    this.files = files;
    this.messages = messages;
  }

  /** The base with what the files set, in the order of their names. */
  public static Environment over(Environment base, FileSystem files, Messages messages) {
    return new UserFiles(files, messages).over(base);
  }

  private Environment over(Environment base) {
    String directory = directory(base);
    var result = base;
    try {
      if (files.stat(FileSystem.ABSOLUTE, directory) == null) {
        return base;
      }
      for (String name : new TreeSet<>(files.list(FileSystem.ABSOLUTE, directory))) {
        if (name.endsWith(".conf") && !name.startsWith(".")) {
          result = over(result, directory + "/" + name);
        }
      }
    } catch (FileFault fault) {
      messages.warn(fault.getMessage() + ", ignoring");
    }
    return result;
  }

  private Environment over(Environment base, String path) throws FileFault {
    var found = files.stat(FileSystem.ABSOLUTE, path);
    if (found == null || left <= 0) {
      return base;
    }
    left -= found.size();
    if (left < 0) {
      messages.warn(
          NativeText.printable(path)
              + ": all files there have 1 MiB at most, ignoring it and those after it");
      return base;
    }
    String text = NativeText.decode(files.read(FileSystem.ABSOLUTE, path, MOST));
    var file = EnvironmentFile.parse(text, base);
    for (String complaint : file.complaints()) {
      messages.warn(NativeText.printable(path) + ": " + complaint + ", ignoring");
    }
    return base.with(file.variables());
  }

  private static String directory(Environment base) {
    String configured = base.value("XDG_CONFIG_HOME");
    return configured == null || !configured.startsWith("/")
        ? base.value("HOME") + "/.config/environment.d"
        : configured + "/environment.d";
  }
}
