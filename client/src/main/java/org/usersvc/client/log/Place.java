package org.usersvc.client.log;

/** A place in the files of a log directory: an index of {@link LogFiles} and the byte there. */
record Place(int file, long offset) {
  static final Place START = new Place(0, 0);
}
