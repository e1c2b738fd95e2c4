package org.usersvc.client.top;

import java.io.IOException;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal while it shows the screen; closing it gives the terminal back as it was. Any thread,
 * but one for keys.
 */
final class Display implements AutoCloseable {
  private static final long SEQUENCE_MILLIS = 50;
  private static final String BEGIN = "\033[?1049h\033[?25l";
  private static final String FINISH = "\033[?25h\033[?1049l";
  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  private final Terminal terminal;
  private final Attributes before;
  private boolean closed;

  private Display(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    write(BEGIN);
  }

  /**
   * Takes the terminal of this process.
   *
   * @param resized is run when it has another size
   * @param interrupted is run at Ctrl-C
   */
  static Display open(Runnable resized, Runnable interrupted) throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").dumb(false).build();
    terminal.handle(Signal.WINCH, signal -> resized.run());
    terminal.handle(Signal.INT, signal -> interrupted.run());
    return new Display(terminal);
  }

  Style style(boolean coloured) {
    Integer colours = terminal.getNumericCapability(Capability.max_colors);
    return Style.of(coloured, colours == null ? 16 : colours);
  }

  synchronized void show(Board board, Style style) {
    if (closed) {
      return;
    }
    int width = terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
    int height = terminal.getHeight() > 0 ? terminal.getHeight() : USUAL_HEIGHT;
    List<String> lines = Screen.draw(board, width, height, style);
    write("\033[H" + String.join("\033[K\r\n", lines) + "\033[J");
  }

  private void write(String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }

  /** Waits for the next key. */
  Key key() {
    try {
      NonBlockingReader reader = terminal.reader();
      int first = reader.read();
      if (first < 0) {
        return Key.Named.GONE;
      }
      return first == '\033' ? Key.ofSequence(sequence(reader)) : Key.ofCharacter(first);
    } catch (IOException gone) {
      return Key.Named.GONE;
    }
  }

  private static String sequence(NonBlockingReader reader) throws IOException {
    var sequence = new StringBuilder();
    int next = reader.read(SEQUENCE_MILLIS);
    while (next > 0) {
      sequence.append((char) next);
      boolean ends = sequence.length() > 1 && (Character.isLetter(next) || next == '~');
      next = ends ? -1 : reader.read(SEQUENCE_MILLIS);
    }
    return sequence.toString();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    write(FINISH);
    terminal.setAttributes(before);
  }
}
