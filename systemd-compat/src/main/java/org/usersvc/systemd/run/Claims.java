package org.usersvc.systemd.run;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.usersvc.daemon.execution.ProcessTable;

/**
 * The processes that scopes have taken in, although a service has started them: they are the
 * service's no more, nor are their descendants. <b>Loop thread only.</b>
 */
public final class Claims {
  private final IdentityHashMap<Object, ProcessTable.Unit> claimed = new IdentityHashMap<>();

  /** A scope has these processes and their family, in place of those before. */
  void put(Object scope, ProcessTable.Unit processes) {
    claimed.put(scope, processes);
  }

  void remove(Object scope) {
    claimed.remove(scope);
  }

  /** The same processes without those of scopes. */
  public Set<Integer> without(Set<Integer> found, ProcessTable table) {
    if (claimed.isEmpty()) {
      return found;
    }
    var rest = new HashSet<>(found);
    claimed.values().forEach(processes -> rest.removeAll(table.family(processes)));
    return rest;
  }
}
