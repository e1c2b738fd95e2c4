package org.usersvc.systemd.install;

import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.load.AbsolutePath;
import org.usersvc.systemd.load.Listed;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.SearchDirectory;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;
import org.usersvc.systemd.unit.LoadState;

/** Finds the units that requests are about. */
final class UnitFiles {
  final FileSystem files;
  final UnitIndex index;
  private final Loader loader;
  private final UnitReader reader;

  UnitFiles(FileSystem files, UnitIndex index, Loader loader, UnitReader reader) {
    this.files = files;
    this.index = index;
    this.loader = loader;
    this.reader = reader;
  }

  static UnitName name(String text) throws InstallException {
    return UnitName.parse(text)
        .orElseThrow(
            () -> new InstallException(Reason.INVALID_ARGS, text + " is not a valid unit name."));
  }

  /**
   * A unit that can be enabled or linked to.
   *
   * @throws InstallException if it is not there, masked, generated or transient
   */
  Installable find(String text) throws InstallException {
    var sources = loader.load(name(text));
    var entry = sources.unit().entry();
    if (sources.state() == LoadState.MASKED) {
      String path = entry.map(Listed::path).orElse(text);
      throw new InstallException(Reason.UNIT_MASKED, "Unit " + path + " is masked.");
    }
    if (sources.state() == LoadState.ERROR) {
      throw new InstallException(Reason.FAILED, sources.problems().getFirst());
    }
    if (entry.isEmpty()) {
      throw new InstallException(Reason.NO_SUCH_UNIT, "Unit file " + text + " does not exist.");
    }
    if (isMade(entry.get().directory())) {
      throw new InstallException(
          Reason.UNIT_GENERATED, "Unit " + text + " is transient or generated.");
    }
    return installable(sources, entry.get().source());
  }

  private static boolean isMade(SearchDirectory directory) {
    return directory.role() == SearchDirectory.Role.GENERATED
        || directory.role() == SearchDirectory.Role.TRANSIENT;
  }

  /** The unit of a file outside of the search path. */
  Installable at(String path) throws InstallException {
    var name = name(AbsolutePath.name(path));
    checkFile(path);
    var sources = loader.loadFrom(name, path);
    if (sources.state() != LoadState.LOADED) {
      throw new InstallException(Reason.FAILED, sources.problems().getFirst());
    }
    return installable(sources, path);
  }

  private void checkFile(String path) throws InstallException {
    try {
      var stat = files.linkStat(FileSystem.ABSOLUTE, path);
      if (stat == null) {
        throw new InstallException(Reason.NO_SUCH_UNIT, "Unit file " + path + " does not exist.");
      }
      if (stat.kind() == FileStat.Kind.LINK) {
        throw new InstallException(
            Reason.UNIT_LINKED, "Refusing to operate on linked unit file " + path + ".");
      }
    } catch (FileFault fault) {
      throw InstallException.of(fault);
    }
  }

  private Installable installable(UnitSources sources, String path) {
    var name = sources.unit().id();
    var install = reader.install(name, sources);
    if (name.isTemplate()) {
      var instance =
          Optional.of(install.defaultInstance())
              .filter(text -> !text.isEmpty())
              .flatMap(
                  text -> UnitName.parse(name.prefix() + "@" + text + "." + name.type().suffix()));
      if (instance.isPresent()) {
        return new Installable(name, instance.get(), path, reader.install(instance.get(), sources));
      }
    }
    return new Installable(name, name, path, install);
  }

  /** Whether a unit has a file, or its template has. */
  boolean exists(UnitName name) {
    return index.resolve(name).entry().isPresent();
  }

  UnitSources load(UnitName name) {
    return loader.load(name);
  }

  /**
   * A unit that can be enabled.
   *
   * @param name its main name
   * @param enabled the same, but of a template the default instance if it has one
   * @param path its file, to which links lead
   */
  record Installable(UnitName name, UnitName enabled, String path, Install install) {
    /** Whether enabling it does anything by itself. */
    boolean hasRules() {
      return !install.wantedBy().isEmpty()
          || !install.requiredBy().isEmpty()
          || !install.upheldBy().isEmpty()
          || !install.alias().isEmpty();
    }
  }
}
