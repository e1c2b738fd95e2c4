package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.usersvc.daemon.os.Libc.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * The message of a program to its successor in the same process. It lies in memory with a
 * descriptor, whose number is in a variable of the environment.
 *
 * @param pid of the process
 * @param limit soft limit of open files that the process was started with
 * @param since when clients were last served, in nanoseconds of the monotonic clock
 * @param descriptors all that the next program gets
 * @param askers the clients that wait for it; their descriptors are among those
 */
public record Handover(
    int pid, long limit, long since, List<Integer> descriptors, List<Asker> askers) {
  /** A client that the next program has to answer. */
  public record Asker(int descriptor, boolean json) {}

  private static final String VARIABLE = "USERSVC_HANDOVER";
  private static final String TITLE = "usersvc-handover 1";
  private static final String MEMORY = "/memfd:usersvc-handover";
  private static final int LONGEST_NUMBER = 9;

  public Handover {
    descriptors = List.copyOf(descriptors);
    askers = List.copyOf(askers);
  }

  /** The message to this program, null if the process has just begun. */
  public static @Nullable Handover received(Environment inherited) {
    String number = inherited.value(VARIABLE);
    if (number == null || !isNumber(number)) {
      return null;
    }
    var place = Path.of("/proc/self/fd/" + number);
    try {
      if (!Files.readSymbolicLink(place).toString().startsWith(MEMORY)) {
        return null;
      }
      var received = parse(new String(Files.readAllBytes(place), US_ASCII));
      new Libc().call(function("close"), Integer.parseInt(number));
      return received != null && received.pid == SelfProcess.pid() ? received : null;
    } catch (IOException ignored) { // not open, so not from us
      return null;
    }
  }

  /** The environment without a trace of the handover. */
  public static Environment cleaned(Environment inherited) {
    return inherited.without(Set.of(VARIABLE));
  }

  static Environment with(Environment environment, int memory) {
    return environment.with(Map.of(VARIABLE, Integer.toString(memory)));
  }

  /** Null if the text is not a handover. Clients that want JSON have a minus sign. */
  static @Nullable Handover parse(String text) {
    var lines = text.split("\n", -1);
    if (lines.length < 5 || !lines[0].equals(TITLE)) {
      return null;
    }
    try {
      var first = lines[1].split(" ", -1);
      return new Handover(
          Integer.parseInt(first[0]),
          Long.parseLong(first[1]),
          Long.parseLong(first[2]),
          numbers(lines[2]),
          numbers(lines[3]).stream()
              .map(number -> new Asker(Math.abs(number), number < 0))
              .toList());
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException ignored) { // no text of ours
      return null;
    }
  }

  private static List<Integer> numbers(String line) {
    var numbers = new ArrayList<Integer>();
    for (String number : line.split(" ", -1)) {
      if (!number.isEmpty()) {
        numbers.add(Integer.parseInt(number));
      }
    }
    return numbers;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NUMBER
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** As {@link #parse} reads it. */
  String encode() {
    var text = new StringBuilder(TITLE).append('\n');
    text.append(pid).append(' ').append(limit).append(' ').append(since).append('\n');
    descriptors.forEach(number -> text.append(number).append(' '));
    text.append('\n');
    for (var asker : askers) {
      text.append(asker.json() ? -asker.descriptor() : asker.descriptor()).append(' ');
    }
    return text.append('\n').toString();
  }
}
