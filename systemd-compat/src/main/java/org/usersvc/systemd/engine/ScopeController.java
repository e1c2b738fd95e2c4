package org.usersvc.systemd.engine;

import java.util.Collection;

/** A scope at run time. <b>Loop thread only.</b> */
public interface ScopeController extends Controller {
  /** Takes processes in that others have started; before the start, or while it is active. */
  void attach(Collection<Integer> pids);

  /** Why it ended, as {@code Result} shows it. */
  String result();

  /** Leaves its processes alone from now on; they do not end with it. */
  void abandon();
}
