package org.usersvc.client.top;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keys do. */
final class Keyboard {
  private static final int PAGE = 10;

  private static final Map<Character, String> VERBS =
      Map.of(
          'u', "up",
          'd', "down",
          'r', "restart",
          'o', "once",
          'p', "pause",
          'c', "cont",
          'h', "hup",
          't', "term",
          'K', "kill");

  private Keyboard() {}

  /** What the daemon is asked for: a verb, and the native name of a service. */
  record Wish(String verb, String service) {}

  /** The board after a key, and what follows; {@code quits}: the screen ends. */
  record Step(Board board, @Nullable Wish wish, boolean quits) {}

  static Step press(Board board, Key key) {
    return switch (key) {
      case Key.Letter(char letter) -> letter(board, letter);
      case Key.Named named -> new Step(named(board, named), null, named == Key.Named.GONE);
    };
  }

  private static Step letter(Board board, char letter) {
    if (board.filtering()) {
      return new Step(board.filteredBy(board.filter() + letter, true), null, false);
    }
    if (letter == '/') {
      return new Step(board.filteredBy("", true), null, false);
    }
    @Nullable String verb = VERBS.get(letter);
    if (verb == null || board.place() < 0) {
      return new Step(board.saying(""), null, letter == 'q');
    }
    String asked = verb + " " + board.selected() + " ...";
    return new Step(board.saying(asked), new Wish(verb, board.selected()), false);
  }

  private static Board named(Board board, Key.Named key) {
    String filter = board.filter();
    return switch (key) {
      case UP -> board.move(-1);
      case DOWN -> board.move(1);
      case PAGE_UP -> board.move(-PAGE);
      case PAGE_DOWN -> board.move(PAGE);
      case HOME -> board.move(Integer.MIN_VALUE);
      case END -> board.move(Integer.MAX_VALUE);
      case ENTER -> board.filteredBy(filter, false);
      case ESCAPE -> board.filteredBy("", false);
      case ERASE ->
          board.filtering() && !filter.isEmpty()
              ? board.filteredBy(filter.substring(0, filter.length() - 1), true)
              : board;
      case OTHER, GONE -> board;
    };
  }
}
