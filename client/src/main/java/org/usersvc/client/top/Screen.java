package org.usersvc.client.top;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.client.socket.NativeText;

/** Draws a board: a line of text for each line of the terminal. */
final class Screen {
  private static final int LEAST_NAME = 8;
  private static final int MOST_NAME = 30;
  private static final int NARROWEST = 20;

  /** Lines that are always there: summary, head, rule, prompt. */
  private static final int FIXED = 4;

  private static final int MOST_LOG = 12;
  private static final String KEYS =
      "q quit  / filter  u up  d down  r restart  o once  p pause  c cont  h hup  t term  K kill";

  private final Board board;
  private final int width;
  private final Style style;

  private Screen(Board board, int width, Style style) {
    this.board = board;
    this.width = width;
    this.style = style;
  }

  /** As many lines as the terminal has, each as wide as it is, but for the smallest ones. */
  static List<String> draw(Board board, int width, int height, Style style) {
    var screen = new Screen(board, Math.max(width, NARROWEST), style);
    int log = Math.clamp((height - FIXED) / 3, 0, MOST_LOG);
    int rows = Math.max(1, height - FIXED - log);
    List<String> lines = new ArrayList<>();
    lines.add(screen.summary());
    lines.add(style.head(screen.line("STATE", "PID", "FOR", "CPU", "MEMORY", "NAME")));
    screen.addRows(lines, rows);
    lines.add(style.head(screen.fit(screen.rule())));
    screen.addLog(lines, log);
    lines.add(screen.prompt());
    return lines.subList(0, Math.min(lines.size(), Math.max(1, height)));
  }

  private String fit(String text) {
    return Columns.fit(text, width);
  }

  private String summary() {
    if (!board.trouble().isEmpty()) {
      return style.trouble(fit(board.trouble()));
    }
    long up = board.rows().stream().filter(Row::ready).count();
    long failed = board.rows().stream().filter(Row::isInTrouble).count();
    String filter = board.filter().isEmpty() ? "" : ", only *" + board.filter() + "*";
    return fit(board.rows().size() + " services, " + up + " ready, " + failed + " failed" + filter);
  }

  private int nameWidth() {
    int longest = LEAST_NAME;
    for (Row row : board.rows()) {
      longest = Math.max(longest, NativeText.printable(row.name()).length());
    }
    return Math.min(longest, MOST_NAME);
  }

  private String line(
      String state, String pid, String age, String processor, String memory, String name) {
    return fit(Columns.fit(name, nameWidth()) + "  " + facts(state, pid, age, processor, memory));
  }

  private static String facts(
      String state, String pid, String age, String processor, String memory) {
    return "%-10s %7s %7s %7s %8s".formatted(state, pid, age, processor, memory);
  }

  /** The rows around the selected one. */
  private void addRows(List<String> lines, int count) {
    List<Row> shown = board.shown();
    int place = Math.max(0, board.place());
    int first = Math.clamp(place - count / 2L, 0, Math.max(0, shown.size() - count));
    for (int i = first; i < first + count; i++) {
      lines.add(i < shown.size() ? row(shown.get(i), i == board.place()) : fit(""));
    }
    if (shown.isEmpty() && board.trouble().isEmpty()) {
      String none = board.filter().isEmpty() ? "there are no services" : "no service has this name";
      lines.set(lines.size() - count, fit(none));
    }
  }

  private String row(Row row, boolean selected) {
    String pid = row.pid() == 0 ? "-" : Long.toString(row.pid());
    Usage usage = row.usage();
    String facts = facts("", pid, row.age(), usage.processor(), usage.memory()).substring(10);
    String name = Columns.fit(row.name(), nameWidth()) + "  ";
    String state = "%-10s".formatted(row.state());
    String notes = "  " + row.notes();
    if (selected) {
      return style.selected(fit(name + state + facts + notes));
    }
    if (name.length() + state.length() >= width) {
      return fit(name + state);
    }
    int left = width - nameWidth() - 2 - state.length();
    return name + style.state(row, state) + Columns.fit(facts + notes, left);
  }

  private String rule() {
    String of = board.selected().isEmpty() ? "" : " log of " + board.selected() + " ";
    return "--" + of + "-".repeat(width);
  }

  private void addLog(List<String> lines, int count) {
    List<String> log = board.log();
    int first = Math.max(0, log.size() - count);
    for (int i = first; i < first + count; i++) {
      lines.add(fit(i < log.size() ? log.get(i) : ""));
    }
  }

  private String prompt() {
    if (board.filtering()) {
      return fit("/" + board.filter() + "_");
    }
    return board.message().isEmpty() ? style.minor(fit(KEYS)) : fit(board.message());
  }
}
