package org.usersvc.daemon.supervise;

import java.util.HashSet;
import org.usersvc.daemon.scan.ScanNames;
import org.usersvc.daemon.scan.Scanner;

/** Ends adoption when all services are open: processes that were not taken over belong to none. */
final class Settling implements Runnable {
  private final Scanner scanner;
  private final ScanNames names;
  private final StartQueue openings;
  private final Predecessor predecessor;
  private final Catalogue services;
  private final Refusals refusals;

  Settling(
      Scanner scanner,
      ScanNames names,
      StartQueue openings,
      Predecessor predecessor,
      Catalogue services,
      Refusals refusals) {
    this.scanner = scanner;
    this.names = names;
    this.openings = openings;
    this.predecessor = predecessor;
    this.services = services;
    this.refusals = refusals;
  }

  /** An unreadable scan directory does not show which services have gone. */
  @Override
  public void run() {
    if (scanner.path().isOpen() && scanner.path().complaint() == null) {
      var pipes = new HashSet<String>();
      services.all().forEach(service -> service.namePipes(pipes));
      predecessor.settle(id -> !names.of(id).isEmpty(), refusals.all(), pipes);
    } else {
      openings.whenSettled(this);
    }
  }
}
