package org.usersvc.daemon.loop;

/** The stages at the end of every turn, in this order. */
public enum TurnEnd {
  /** What follows from all events of the turn is decided. */
  DECIDE,
  /** The record for the next daemon is written. */
  RECORD,
  /** Files show the changes, and answers that have waited for them are given. */
  SHOW,
  /** The followers of changes are notified. */
  SIGNAL,
  /** Answers and notifications are sent. */
  SEND,
  /** The program may be replaced. */
  LEAVE
}
