package org.usersvc.systemd.directive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.StreamSettings;
import org.usersvc.systemd.exec.StreamSettings.FileMode;
import org.usersvc.systemd.exec.StreamSettings.Stream;

/** Input, output and error of processes: systemd.exec(5), "Logging and standard input/output". */
public final class StreamsPart implements Part {
  private @Nullable Stream input;
  private @Nullable Stream output;
  private @Nullable Stream error;
  private final StringBuilder inputData = new StringBuilder();
  private @Nullable String identifier;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "StandardInput" -> input = stream(value, "stdin", input);
      case "StandardOutput" -> output = stream(value, "stdout", output);
      case "StandardError" -> error = stream(value, "stderr", error);
      case "StandardInputText" -> text(value);
      case "StandardInputData" -> data(value);
      case "SyslogIdentifier" -> identifier = value.isEmpty() ? null : value.text();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Stream stream(Value value, String name, @Nullable Stream before) {
    if (value.isEmpty()) {
      return null;
    }
    var stream = stream(value.text(), name);
    if (stream.isEmpty()) {
      value.warn("cannot be carried out here");
    }
    return stream.orElse(before);
  }

  private static Optional<Stream> stream(String text, String name) {
    boolean isInput = name.equals("stdin");
    return switch (text) {
      case "null" -> Optional.of(new Stream.Null());
      case "socket" -> Optional.of(new Stream.Socket());
      case "fd" -> Optional.of(new Stream.Named(name));
      case "data" -> isInput ? Optional.of(new Stream.Data()) : Optional.empty();
      case "inherit" -> isInput ? Optional.empty() : Optional.of(new Stream.Inherit());
      case "journal", "syslog", "kmsg", "journal+console", "syslog+console", "kmsg+console" ->
          isInput ? Optional.empty() : Optional.of(new Stream.Journal());
      default -> prefixed(text, isInput);
    };
  }

  private static Optional<Stream> prefixed(String text, boolean isInput) {
    int colon = text.indexOf(':') + 1;
    String rest = text.substring(colon);
    if (text.startsWith("fd:") && !rest.isEmpty()) {
      return Optional.of(new Stream.Named(rest));
    }
    return rest.startsWith("/")
        ? fileMode(text.substring(0, colon), isInput).map(mode -> new Stream.File(rest, mode))
        : Optional.empty();
  }

  private static Optional<FileMode> fileMode(String prefix, boolean isInput) {
    return switch (prefix) {
      case "file:" -> Optional.of(FileMode.OVERWRITE);
      case "append:" -> isInput ? Optional.empty() : Optional.of(FileMode.APPEND);
      case "truncate:" -> isInput ? Optional.empty() : Optional.of(FileMode.TRUNCATE);
      default -> Optional.empty();
    };
  }

  private void text(Value value) {
    if (value.isEmpty()) {
      inputData.setLength(0);
    } else {
      value.line().ifPresent(line -> inputData.append(line).append('\n'));
    }
  }

  private void data(Value value) {
    if (value.isEmpty()) {
      inputData.setLength(0);
    } else {
      value.base64().ifPresent(inputData::append);
    }
  }

  public StreamSettings settings() {
    var defaults = StreamSettings.DEFAULT;
    var in = input == null && !inputData.isEmpty() ? new Stream.Data() : input;
    return new StreamSettings(
        in == null ? defaults.input() : in,
        output == null ? outputBeside(in) : output,
        error == null ? defaults.error() : error,
        inputData.toString(),
        identifier);
  }

  private static Stream outputBeside(@Nullable Stream input) {
    return input instanceof Stream.Socket || input instanceof Stream.Named
        ? new Stream.Inherit()
        : StreamSettings.DEFAULT.output();
  }
}
