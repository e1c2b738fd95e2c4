package org.usersvc.client.login;

/** A request cannot be fulfilled; the message gives the reason and a remedy. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String text) {
    super(text);
  }
}
