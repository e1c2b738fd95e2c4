package org.usersvc.daemon.session;

/**
 * The facts, besides its variables, that decide the precedence of a session.
 *
 * @param login whether its leader has logged in: it ends at the logout, too
 * @param named whether its display was named explicitly, and so need not be a local one
 * @param outer the session in whose window it is shown, 0 for none
 * @param lostBus the address of its bus while that has gone, else empty
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

  /** The same, with an explicitly named display. */
  public Standing withNamedDisplay() {
    return new Standing(login, true, outer, lostBus);
  }

  Standing withLostBus(String address) {
    return new Standing(login, named, outer, address);
  }
}
