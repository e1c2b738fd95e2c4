package org.usersvc.daemon.main;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.os.Handover;
import org.usersvc.daemon.os.SelfProcess;

/** Everything that this program hands to the one that takes its place. <b>Loop thread only.</b> */
record HandoverState(Ground ground, Continuity continuity, Logging logging)
    implements Replacement.Belongings {
  @Override
  public String pack() {
    boolean written = continuity.isWritten();
    var runtime = ground.places().runtime();
    if (!runtime.isThere()) {
      return runtime.path() + " is gone, where the next one looks for what runs";
    }
    if (!written) {
      return "what the next one has to know cannot be written";
    }
    logging.pause();
    return "";
  }

  @Override
  public void unpack() {
    logging.resume();
  }

  @Override
  public Handover handover(long since, List<Handover.Asker> askers) {
    var all = new ArrayList<>(ground.kept().all());
    askers.forEach(asker -> all.add(asker.descriptor()));
    return new Handover(SelfProcess.pid(), ground.limit().original(), since, all, askers);
  }
}
