package org.usersvc.systemd.startup;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.load.UnitPath;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * Starts what the user has enabled for {@code default.target}, once from the start of the daemon to
 * its regular end. The target itself does not start, as packages have enabled units for all users
 * there, unless the user has enabled it, too: then there is a link to it among the others. <b>Loop
 * thread only.</b>
 */
public final class Enabled {
  private static final String WANTS = "/default.target.wants";

  /** The record that all were started, for the daemon that goes on after this one. */
  private static final String RECORD = "enabled-started";

  private final Host host;
  private final Supplier<Manager> manager;

  /**
   * Begins nothing yet.
   *
   * @param manager there from the first call on
   */
  public Enabled(Host host, Supplier<Manager> manager) {
    this.host = host;
    this.manager = manager;
  }

  /** Looks once what is enabled; if there is nothing, nothing else is made. */
  public void begin() {
    var names = names();
    if (!names.isEmpty()) {
      host.mechanisms().turns().soon(() -> start(names));
    }
  }

  private List<UnitName> names() {
    String directory = UnitPath.config(host.environment().variables()) + WANTS;
    try {
      return host.files().list(FileSystem.ABSOLUTE, directory).stream()
          .sorted()
          .map(UnitName::parse)
          .flatMap(Optional::stream)
          .filter(name -> !name.isTemplate())
          .toList();
    } catch (FileFault ignored) { // nothing is enabled
      return List.of();
    }
  }

  private void start(List<UnitName> names) {
    var records = host.mechanisms().records();
    if (!records.all().containsKey(RECORD)) {
      records.put(RECORD, "");
      names.forEach(this::start);
    }
  }

  private void start(UnitName name) {
    if (manager.get().ask(JobType.START, name, JobMode.FAIL) instanceof Asked.Refused refused) {
      host.warn(name + " is enabled but cannot be started: " + refused.reason().message());
    }
  }
}
