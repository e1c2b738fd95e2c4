package org.usersvc.daemon.session;

/**
 * What decides, besides its variables, how a session counts.
 *
 * @param login whether its leader has logged in: it ends at the logout, too
 * @param named whether somebody has named its display, which need not be a local one then
 * @param outer the session in a window of which it is shown, 0 if it is in none
 * @param lostBus the address of its bus while that is gone, else empty
 */
public record Standing(boolean login, boolean named, int outer, String lostBus) {
  public static final Standing PLAIN = new Standing(false, false, 0, "");
  public static final Standing LOGIN = PLAIN.loggedIn();

  Standing loggedIn() {
    return new Standing(true, named, outer, lostBus);
  }

  /** The same, shown in a window of that session. */
  public Standing within(int session) {
    return new Standing(login, named, session, lostBus);
  }

  /** The same, with a display that somebody has named. */
  public Standing withNamedDisplay() {
    return new Standing(login, true, outer, lostBus);
  }

  Standing withLostBus(String address) {
    return new Standing(login, named, outer, address);
  }
}
