package org.usersvc.daemon.render;

import org.usersvc.daemon.view.ServiceView;

/**
 * The colours of text for terminals, which usersvc(1) lists: some of the 16 that every terminal
 * has. The clients let no other escape sequence pass.
 */
public enum Palette {
  /** Text stays as it is. */
  PLAIN,
  COLOURED;

  private static final String HEAD = "1";
  private static final String FINE = "32";
  private static final String ON_ITS_WAY = "33";
  private static final String IN_TROUBLE = "31";
  private static final String AT_REST = "2";

  public static Palette of(boolean coloured) {
    return coloured ? COLOURED : PLAIN;
  }

  String head(String text) {
    return painted(HEAD, text);
  }

  /** {@code text} as the state of that service is shown. */
  String state(ServiceView view, String text) {
    return painted(code(view), text);
  }

  /** {@code text} about something that is wrong. */
  String trouble(String text) {
    return painted(IN_TROUBLE, text);
  }

  private static String code(ServiceView view) {
    if (view.isInTrouble()) {
      return IN_TROUBLE;
    }
    if (view.isReady()) {
      return view.isFine() ? FINE : IN_TROUBLE;
    }
    return switch (view.state()) {
      case "down", "incomplete", "gone" -> AT_REST;
      default -> ON_ITS_WAY;
    };
  }

  private String painted(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
