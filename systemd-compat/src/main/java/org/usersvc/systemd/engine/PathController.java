package org.usersvc.systemd.engine;

/** A path unit at run time. <b>Loop thread only.</b> */
public interface PathController extends Controller {
  /** Why it ended, as {@code Result} shows it. */
  String result();
}
