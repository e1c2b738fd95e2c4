package org.usersvc.systemd.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.os.PosixFileSystem;
import org.usersvc.systemd.syntax.UnitName;

/** A search path in a temporary directory: {@code config}, {@code run}, {@code vendor}. */
public final class UnitTree {
  public final PosixFileSystem files = new PosixFileSystem();
  public final UnitIndex index;
  public final Loader loader;
  private final Path root;

  /** A tree whose directories are read again at each refresh. */
  public UnitTree(Path root) {
    this(root, InstantSource.fixed(Instant.EPOCH));
  }

  UnitTree(Path root, InstantSource clock) {
    this.root = root;
    this.index = new UnitIndex(files, path(root), clock);
    this.loader = new Loader(files, index);
  }

  private static UnitPath path(Path root) {
    String config = config(root);
    return UnitPath.of(
        Map.of(
            "XDG_CONFIG_HOME", root + "/config",
            "XDG_RUNTIME_DIR", root + "/run",
            "XDG_CONFIG_DIRS", root + "/xdg",
            "XDG_DATA_HOME", root + "/data",
            "SYSTEMD_UNIT_PATH",
                String.join(
                    ":",
                    root + "/config/systemd/user.control",
                    root + "/run/systemd/user.control",
                    root + "/run/systemd/transient",
                    config,
                    root + "/xdg/systemd/user",
                    root + "/run/systemd/user",
                    root + "/run/systemd/generator",
                    root + "/data/systemd/user")),
        root + "/vendor");
  }

  private static String config(Path root) {
    return root + "/config/systemd/user";
  }

  /** The user's directory. */
  public String config() {
    return config(root);
  }

  /** The directory for what lasts until the last logout. */
  public String runtime() {
    return root + "/run/systemd/user";
  }

  /** The directory of packages. */
  public String vendor() {
    return root + "/vendor";
  }

  public Path root() {
    return root;
  }

  /** Writes a file, with the directories above it. */
  public UnitTree file(String path, String text) {
    try {
      Files.createDirectories(Path.of(path).getParent());
      Files.writeString(Path.of(path), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a link, with the directories above it. */
  public UnitTree link(String path, String target) {
    try {
      Files.createDirectories(Path.of(path).getParent());
      Files.createSymbolicLink(Path.of(path), Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a unit as the directories are now. */
  public UnitSources load(String name) {
    index.refresh();
    return loader.load(UnitName.of(name));
  }

  /** The paths of a unit's drop-ins below the root. */
  List<String> dropIns(String name) {
    int above = root.toString().length() + 1;
    return load(name).dropInPaths().stream().map(path -> path.substring(above)).toList();
  }
}
