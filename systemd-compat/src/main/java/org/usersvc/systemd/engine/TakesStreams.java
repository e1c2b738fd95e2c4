package org.usersvc.systemd.engine;

/** A unit whose commands can use open files of a caller. <b>Loop thread only.</b> */
public interface TakesStreams extends Controller {
  /**
   * Has its commands use these streams, whatever its unit says, until it is down.
   *
   * @param streams the unit closes them
   */
  void give(GivenStreams streams);
}
