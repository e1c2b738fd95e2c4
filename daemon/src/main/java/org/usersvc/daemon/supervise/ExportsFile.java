package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.environment.EnvironmentFile;
import org.usersvc.daemon.environment.OfOneService;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;

/** The file {@code exports} of one process; that of a logger does not count. */
final class ExportsFile {
  private final Owner owner;
  private final Exports exports;
  private final Complaints complaints;

  ExportsFile(Owner owner, Exports exports, Complaints complaints) {
    this.owner = owner;
    this.exports = exports;
    this.complaints = complaints;
  }

  /** The service has come up or gone down, or the file has changed. */
  void review() {
    if (owner.isLogger()) {
      return;
    }
    if (owner.isClosed() || !owner.state().phase().isUp()) {
      exports.become(owner, Map.of());
    } else if (owner.directory().hang() == null) {
      exports.become(owner, read());
    }
  }

  private Map<String, String> read() {
    var wrong = new ArrayList<String>();
    var variables = new LinkedHashMap<String, String>();
    try {
      var content = owner.directory().exports();
      if (content != null) {
        var known = new LinkedHashMap<>(owner.environmentGiven().variables());
        EnvironmentFile.read(NativeText.decode(content), known, variables).forEach(wrong::add);
        leaveOut(variables, wrong);
      }
    } catch (FileFault fault) {
      wrong.add(String.valueOf(fault.getMessage()));
    }
    complaints.are(wrong.stream().map(each -> "exports: " + each + ", ignoring").toList());
    return variables;
  }

  private void leaveOut(Map<String, String> variables, List<String> wrong) {
    for (String name : List.copyOf(variables.keySet())) {
      if (OfOneService.NAMES.contains(name)) {
        wrong.add(name + " is a variable of one service, which no other can have");
        variables.remove(name);
      }
    }
    if (!exports.fits(owner, variables)) {
      wrong.add("all services may export 1 MiB together; make the values shorter");
      variables.clear();
    }
  }
}
