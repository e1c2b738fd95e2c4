package org.usersvc.daemon.lifecycle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;

/** The commands to a service: the letters of {@code supervise/control} (runsv.c:322-382). */
public enum Command {
  UP('u', null),
  DOWN('d', null),
  ONCE('o', null),
  EXIT('x', null),
  TERM('t', Signal.TERM),
  KILL('k', Signal.KILL),
  PAUSE('p', Signal.STOP),
  CONT('c', Signal.CONT),
  ALARM('a', Signal.ALRM),
  HUP('h', Signal.HUP),
  INTERRUPT('i', Signal.INT),
  QUIT('q', Signal.QUIT),
  USR1('1', Signal.USR1),
  USR2('2', Signal.USR2);

  private static final @Nullable Command[] BY_LETTER = new @Nullable Command[128];

  static {
    for (var command : values()) {
      BY_LETTER[command.letter] = command;
    }
  }

  private final char letter;
  private final @Nullable Signal signal;

  Command(char letter, @Nullable Signal signal) {
    this.letter = letter;
    this.signal = signal;
  }

  /** The letter on the wire, which also names the script {@code control/LETTER}. */
  public char letter() {
    return letter;
  }

  /** The signal that the command stands for, null if it changes {@link Wanted}. */
  public @Nullable Signal signal() {
    return signal;
  }

  /** The command of one byte from a control FIFO, or null for a byte that means nothing. */
  public static @Nullable Command ofLetter(int letter) {
    return letter >= 0 && letter < BY_LETTER.length ? BY_LETTER[letter] : null;
  }

  /** The commands of these letters, in order; other letters are ignored. */
  public static List<Command> ofLetters(String letters) {
    var commands = new ArrayList<Command>();
    for (int i = 0; i < letters.length(); i++) {
      var command = ofLetter(letters.charAt(i));
      if (command != null) {
        commands.add(command);
      }
    }
    return commands;
  }
}
