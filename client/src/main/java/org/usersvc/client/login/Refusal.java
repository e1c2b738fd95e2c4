package org.usersvc.client.login;

/** What was asked for is not to be had; the message says why, and what helps. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String text) {
    super(text);
  }
}
