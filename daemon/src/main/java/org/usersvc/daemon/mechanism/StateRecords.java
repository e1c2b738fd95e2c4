package org.usersvc.daemon.mechanism;

import java.util.Map;
import org.usersvc.daemon.extension.Records;
import org.usersvc.daemon.state.StateFile;

/** The {@link Records} of the state file. <b>Loop thread only.</b> */
public final class StateRecords implements Records {
  private final StateFile state;

  public StateRecords(StateFile state) {
    this.state = state;
  }

  @Override
  public Map<String, String> all() {
    return state.records();
  }

  @Override
  public void put(String key, String text) {
    state.putRecord(key, text);
  }

  @Override
  public void remove(String key) {
    state.removeRecord(key);
  }
}
