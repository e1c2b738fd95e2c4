package org.usersvc.client.top;

import java.util.List;

/**
 * All that the screen shows. Immutable.
 *
 * @param rows all services
 * @param selected the name of the service that keys act on; empty: none yet
 * @param filter part of the names of the services that are shown; empty: all
 * @param filtering whether keys are letters of the filter
 * @param message what was answered last; may be empty
 * @param log the last lines of the selected service
 * @param trouble why the daemon does not answer; empty if it does
 */
record Board(
    List<Row> rows,
    String selected,
    String filter,
    boolean filtering,
    String message,
    List<String> log,
    String trouble) {
  static final Board EMPTY = new Board(List.of(), "", "", false, "", List.of(), "");

  /** The services whose names have the filter in them. */
  List<Row> shown() {
    return filter.isEmpty()
        ? rows
        : rows.stream().filter(row -> row.name().contains(filter)).toList();
  }

  /** The place of the selected service among those that are shown; negative if it is not. */
  int place() {
    List<Row> shown = shown();
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).name().equals(selected)) {
        return i;
      }
    }
    return -1;
  }

  /** Selects another one, so many lines below. */
  Board move(int lines) {
    List<Row> shown = shown();
    if (shown.isEmpty()) {
      return this;
    }
    long to = Math.clamp((long) Math.max(0, place()) + lines, 0, shown.size() - 1);
    return select(shown.get((int) to).name());
  }

  private Board select(String name) {
    boolean same = name.equals(selected);
    return new Board(rows, name, filter, filtering, message, same ? log : List.of(), trouble);
  }

  /** With what the daemon has answered; the selection stays while its service is there. */
  Board with(List<Row> others) {
    var board = new Board(others, selected, filter, filtering, message, log, "");
    return board.place() < 0 ? board.move(0) : board;
  }

  Board filteredBy(String text, boolean goesOn) {
    var board = new Board(rows, selected, text, goesOn, "", log, trouble);
    return board.place() < 0 ? board.move(0) : board;
  }

  Board saying(String text) {
    return new Board(rows, selected, filter, filtering, text, log, trouble);
  }

  /** Without effect if another service was selected meanwhile. */
  Board logging(String name, List<String> lines) {
    return name.equals(selected)
        ? new Board(rows, selected, filter, filtering, message, lines, trouble)
        : this;
  }

  /** The daemon does not answer; what it has said last stays. */
  Board lost(String why) {
    return new Board(rows, selected, filter, filtering, message, log, why);
  }
}
