package org.usersvc.systemd.command;

/** Carries out one verb. <b>Loop thread only.</b> */
@FunctionalInterface
interface Command {
  /**
   * Begins; the reply is ended now or later.
   *
   * @throws WrongWords if nothing was done, and the message says why
   */
  void run(Asking asking) throws WrongWords;
}
