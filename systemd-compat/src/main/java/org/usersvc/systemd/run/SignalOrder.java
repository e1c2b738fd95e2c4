package org.usersvc.systemd.run;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;

/** Signals for all processes of a unit but some. Immutable. */
record SignalOrder(List<Signal> signals, Set<Integer> spared) {
  /** As a word of the record: {@code 15,18/4711}. */
  String text() {
    return join(signals.stream().map(Signal::number)) + "/" + join(spared.stream());
  }

  private static String join(Stream<Integer> numbers) {
    return numbers.map(String::valueOf).collect(joining(","));
  }

  /**
   * Reads {@link #text}.
   *
   * @throws RecordFault if it is damaged
   */
  static SignalOrder parse(String word) throws RecordFault {
    var parts = word.split("/", 2);
    var signals = new ArrayList<Signal>();
    for (int number : numbers(parts[0])) {
      var signal = Signal.of(Integer.toString(number));
      if (signal == null) {
        throw new RecordFault("has an unknown signal");
      }
      signals.add(signal);
    }
    return new SignalOrder(signals, Set.copyOf(numbers(parts[parts.length - 1])));
  }

  private static List<Integer> numbers(String text) throws RecordFault {
    var numbers = new ArrayList<Integer>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      numbers.add((int) Fields.number("a signal", each));
    }
    return numbers;
  }
}
