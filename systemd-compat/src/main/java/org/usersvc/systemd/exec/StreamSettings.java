package org.usersvc.systemd.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a unit have as input, output and error. Immutable.
 *
 * @param inputData {@code StandardInputText=} and {@code StandardInputData=}, decoded; empty: none
 * @param identifier {@code SyslogIdentifier=}; null: the name of the program
 */
public record StreamSettings(
    Stream input, Stream output, Stream error, String inputData, @Nullable String identifier) {
  public static final StreamSettings DEFAULT =
      new StreamSettings(new Stream.Null(), new Stream.Journal(), new Stream.Inherit(), "", null);

  /** Whether one of them is the socket that the unit is passed. It is not descriptor 3 then. */
  public boolean takesSocket() {
    return List.of(input, output, error).contains(new Stream.Socket());
  }

  /** One of the three. A terminal ({@code tty}) is refused by who reads the unit. */
  public sealed interface Stream {
    /** Output: the same as the input. Error: the same as the output. */
    record Inherit() implements Stream {}

    /** {@code /dev/null}. */
    record Null() implements Stream {}

    /** The log; also {@code syslog} and {@code kmsg}, and with {@code +console}. */
    record Journal() implements Stream {}

    /** Input: {@code inputData} of the settings. */
    record Data() implements Stream {}

    /**
     * A file.
     *
     * @param path an absolute path
     */
    record File(String path, FileMode mode) implements Stream {}

    /** The only socket that the unit is passed. */
    record Socket() implements Stream {}

    /** What a caller has given; no file can say so. */
    record Given(int descriptor) implements Stream {}

    /** {@code fd:NAME}: a descriptor of that name which a socket unit passes. */
    record Named(String name) implements Stream {}
  }

  /** How a file is opened. */
  public enum FileMode {
    /** {@code file:}: from the beginning. */
    OVERWRITE,
    APPEND,
    TRUNCATE
  }
}
