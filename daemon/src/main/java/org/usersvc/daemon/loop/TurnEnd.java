package org.usersvc.daemon.loop;

/** What ends every turn, in this order, whoever has asked for it first. */
public enum TurnEnd {
  /** What the next daemon has to know is recorded. */
  RECORD,
  /** Files show what has changed, and answers that waited for it are given. */
  SHOW,
  /** Those who follow changes are told of them. */
  TELL,
  /** What has been answered and told is sent. */
  SEND,
  /** The program may be replaced. */
  LEAVE
}
