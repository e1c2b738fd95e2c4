package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a parser makes of a value: the result, and what was wrong. Immutable.
 *
 * @param value the result; empty only if there is a flaw. A list may be there beside flaws: then it
 *     holds the items that are right
 * @param flaws what was wrong, in the order of the text
 */
public record Parsed<T>(Optional<T> value, List<Flaw> flaws) {
  public Parsed {
    flaws = List.copyOf(flaws);
  }

  /** A result without a flaw. */
  public static <T> Parsed<T> of(T value) {
    return new Parsed<>(Optional.of(value), List.of());
  }

  /** A result beside flaws. */
  public static <T> Parsed<T> of(T value, List<Flaw> flaws) {
    return new Parsed<>(Optional.of(value), flaws);
  }

  /** No result; the value is ignored. */
  public static <T> Parsed<T> warning(String text) {
    return new Parsed<>(Optional.empty(), List.of(Flaw.warning(text)));
  }

  /** No result; the unit does not load. */
  public static <T> Parsed<T> error(String text) {
    return new Parsed<>(Optional.empty(), List.of(Flaw.error(text)));
  }

  /** The result, or another one if there is none. */
  public T or(T other) {
    return value.orElse(other);
  }

  /** The same with the result changed. */
  public <R> Parsed<R> map(Function<? super T, ? extends R> change) {
    return new Parsed<>(value.map(change), flaws);
  }

  /** What a second parser makes of the result; the flaws of both. */
  public <R> Parsed<R> then(Function<? super T, Parsed<R>> second) {
    if (value.isEmpty()) {
      return new Parsed<>(Optional.empty(), flaws);
    }
    var next = second.apply(value.get());
    var all = new ArrayList<>(flaws);
    all.addAll(next.flaws);
    return new Parsed<>(next.value, all);
  }
}
