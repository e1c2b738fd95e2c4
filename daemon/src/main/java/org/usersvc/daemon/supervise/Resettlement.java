package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.runtime.RuntimeDirectory;

/**
 * Makes the supervise/ of all services anew when the runtime directory was replaced, or has room
 * again. Their processes, and the FIFOs that these have open, stay. <b>Loop thread only.</b>
 */
final class Resettlement implements RuntimeDirectory.Resident {
  private final Platform platform;
  private final Catalogue services;
  private final NotifyReceiver receiver;

  Resettlement(Platform platform, Catalogue services, NotifyReceiver receiver) {
    this.platform = platform;
    this.services = services;
    this.receiver = receiver;
  }

  @Override
  public void settle() throws FileFault {
    receiver.settle();
    var toCheck = new ArrayList<ServiceProcess>();
    services.all().forEach(service -> toCheck.addAll(service.processes()));
    FileFault trouble = null;
    for (var process : toCheck) {
      try {
        process.parts().files().settle();
      } catch (FileFault fault) { // the others may be better off
        trouble = trouble == null ? fault : trouble;
      }
    }
    platform.loop().pieces().each(toCheck, process -> process.parts().files().check(), () -> {});
    if (trouble != null) {
      throw trouble;
    }
  }
}
