package org.usersvc.daemon.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** The id of this machine, read anew for each request. */
public final class MachineId implements Supplier<@Nullable String> {
  private static final List<String> PLACES = List.of("/etc/machine-id", "/var/lib/dbus/machine-id");

  private static final int LENGTH = 32;

  private final FileSystem files;

  public MachineId(FileSystem files) {
    this.files = files;
  }

  @Override
  public @Nullable String get() {
    for (String place : PLACES) {
      String id = read(place);
      if (id.matches("[0-9a-f]{32}")) {
        return id;
      }
    }
    return null;
  }

  private String read(String place) {
    try {
      return new String(files.read(FileSystem.ABSOLUTE, place, LENGTH), ISO_8859_1);
    } catch (FileFault ignored) { // as good as an empty file
      return "";
    }
  }
}
