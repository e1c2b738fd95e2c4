package org.usersvc.daemon.supervise;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.scan.ScanNames;
import org.usersvc.daemon.scan.Scanner;
import org.usersvc.daemon.view.LookUp;

/**
 * Finds services by the names that clients use: {@code foot}, {@code foot/log}, or the absolute
 * path of a directory. If the service is still to be opened, it is opened at once, out of turn: to
 * clients a service in the tree is never unknown. <b>Loop thread only.</b>
 */
final class Finder {
  private static final String LOG = "/log";

  private final FileSystem files;
  private final Catalogue services;
  private final Scanner scanner;
  private final ScanNames names;
  private final StartQueue openings;
  private final Refusals refusals;

  Finder(
      FileSystem files,
      Catalogue services,
      Scanner scanner,
      ScanNames names,
      StartQueue openings,
      Refusals refusals) {
    this.files = files;
    this.services = services;
    this.scanner = scanner;
    this.names = names;
    this.openings = openings;
    this.refusals = refusals;
  }

  /** Services by name or path. */
  @FunctionalInterface
  private interface Services {
    @Nullable ServiceRecord of(String name);
  }

  /** See {@link Supervisor#find}. */
  @Nullable ServiceProcess find(String name) {
    if (name.length() > 1 && name.endsWith("/")) {
      return find(name.substring(0, name.length() - 1));
    }
    return process(name, this::service);
  }

  /** See {@link Supervisor#known}. */
  @Nullable ServiceProcess known(String name) {
    return process(name, services::named);
  }

  private static @Nullable ServiceProcess process(String name, Services services) {
    var service = services.of(name);
    if (service == null && name.endsWith(LOG)) {
      var logged = services.of(name.substring(0, name.length() - LOG.length()));
      return logged == null ? null : logged.logger();
    }
    return service == null ? null : service.main();
  }

  private @Nullable ServiceRecord service(String name) {
    boolean isPath = name.startsWith("/");
    var id = isPath ? idAt(name) : names.idOf(name);
    if (id != null) {
      openings.now(id);
    }
    return isPath ? services.of(id) : services.named(name);
  }

  private @Nullable ServiceId idAt(String path) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, path);
      return found == null ? null : found.id();
    } catch (FileFault ignored) { // an unreadable path is not a service of ours
      return null;
    }
  }

  /** Whether a service of that name is in the tree but not open yet. */
  boolean isExpected(String name) {
    var id = names.idOf(name);
    return id != null && openings.contains(id);
  }

  /** See {@link Supervisor#lookUp}; a reason is one line for people. */
  LookUp lookUp(String name) {
    var process = find(name);
    if (process != null) {
      return new LookUp.Found(process);
    }
    String reason = refusal(name);
    if (!name.isEmpty() && scanner.path().leadsToDirectory(name)) {
      return new LookUp.NotSupervised(reason == null ? "not supervised by this daemon" : reason);
    }
    return new LookUp.NoSuchService(
        reason == null ? "no such service in " + scanner.path() + "; see usersvc list" : reason);
  }

  /** Why a service that has a name is not supervised, null if no reason is known. */
  @Nullable String refusal(String name) {
    var id = names.idOf(name);
    String reason = id == null ? null : refusals.reason(id);
    String left = reason == null ? scanner.refusal(name) : reason;
    return left == null ? scanner.path().complaint() : left;
  }
}
