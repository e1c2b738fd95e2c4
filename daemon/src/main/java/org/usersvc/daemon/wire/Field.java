package org.usersvc.daemon.wire;

/** Numbers of the fields in a message's header, and the types of messages and errors. */
final class Field {
  static final int PATH = 1;
  static final int INTERFACE = 2;
  static final int MEMBER = 3;
  static final int ERROR_NAME = 4;
  static final int REPLY_SERIAL = 5;
  static final int DESTINATION = 6;
  static final int SENDER = 7;
  static final int SIGNATURE = 8;
  static final int UNIX_FDS = 9;
  static final int COUNT = 10;

  /** The type of each field, at its number. */
  static final String TYPES = "-osssussgu";

  private Field() {}
}
