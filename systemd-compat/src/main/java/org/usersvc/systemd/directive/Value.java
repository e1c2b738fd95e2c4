package org.usersvc.systemd.directive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.syntax.CommandLine;
import org.usersvc.systemd.syntax.Entry;
import org.usersvc.systemd.syntax.ExitStatuses;
import org.usersvc.systemd.syntax.Flaw;
import org.usersvc.systemd.syntax.Numbers;
import org.usersvc.systemd.syntax.Parsed;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.Signals;
import org.usersvc.systemd.syntax.Size;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.syntax.Times;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.Words;
import org.usersvc.systemd.syntax.Words.Style;
import org.usersvc.systemd.unit.Spelling;

/**
 * The value of one directive. Each method reads it as another kind of value; what it cannot read
 * becomes a problem, and the value is ignored.
 */
public final class Value {
  private final Entry entry;
  private final UnitName unit;
  private final Specifiers specifiers;
  private final Consumer<Problem> problems;

  /**
   * @param unit the unit's name; a template in a list of units stands for the same instance
   * @param problems takes what is wrong
   */
  public Value(Entry entry, UnitName unit, Specifiers specifiers, Consumer<Problem> problems) {
    this.entry = entry;
    this.unit = unit;
    this.specifiers = specifiers;
    this.problems = problems;
  }

  public String key() {
    return entry.key();
  }

  /** The value as it is written. */
  public String raw() {
    return entry.value();
  }

  public boolean isEmpty() {
    return raw().isEmpty();
  }

  public Specifiers specifiers() {
    return specifiers;
  }

  /** Says that the value is ignored. */
  public void warn(String text) {
    report(Flaw.warning(Flaw.shown(raw()) + ": " + text + "; the value is ignored"));
  }

  public void report(Flaw flaw) {
    problems.accept(entry.problem(flaw));
  }

  /** The result of a parser, after what it says is wrong. */
  public <T> Optional<T> take(Parsed<T> parsed) {
    parsed.flaws().forEach(this::report);
    return parsed.value();
  }

  public void bool(Consumer<Boolean> taker) {
    take(Numbers.parseBoolean(raw())).ifPresent(taker);
  }

  /** The value with its specifiers replaced; empty if that is not possible. */
  public String text() {
    return take(specifiers.expand(raw())).orElse("");
  }

  /** An absolute path. */
  public void path(Consumer<String> taker) {
    absolute(text(), taker);
  }

  /** A path that is a part of this value and has to be absolute. */
  public void absolute(String path, Consumer<String> taker) {
    if (path.startsWith("/")) {
      taker.accept(path);
    } else {
      warn("needs an absolute path");
    }
  }

  /** A whole number of a range. */
  public void number(long least, long most, LongConsumer taker) {
    take(Numbers.parse(raw(), least, most)).ifPresent(taker::accept);
  }

  /** As {@link #number}, up to the largest {@code int}. */
  public void count(int least, IntConsumer taker) {
    number(least, Integer.MAX_VALUE, count -> taker.accept((int) count));
  }

  /** The mode of a file. */
  public void mode(IntConsumer taker) {
    take(Numbers.parseMode(raw())).ifPresent(taker::accept);
  }

  /** A number of bytes. */
  public void bytes(LongConsumer taker) {
    take(Size.parse(raw())).ifPresent(taker::accept);
  }

  /** A signal by its name or number; those without a name of their own cannot be had. */
  public void signal(Consumer<Signal> taker) {
    var number = take(Signals.parse(raw()));
    var signal = number.map(read -> Signal.of(Integer.toString(read)));
    signal.ifPresent(taker);
    if (number.isPresent() && signal.isEmpty()) {
      warn("is a real-time signal, which cannot be here");
    }
  }

  /**
   * A time span; a number alone is seconds.
   *
   * @param taker takes null for one without an end
   */
  public void span(Consumer<@Nullable Duration> taker) {
    take(Times.span(raw()))
        .ifPresent(span -> taker.accept(span.isInfinite() ? null : span.duration()));
  }

  /** A time span with an end. */
  public void finite(Consumer<Duration> taker) {
    span(span -> {
      if (span == null) {
        warn("needs a time span with an end");
      } else {
        taker.accept(span);
      }
    });
  }

  /** A time span where zero means without an end too. */
  public void timeout(Consumer<@Nullable Duration> taker) {
    span(span -> taker.accept(span == null || span.isZero() ? null : span));
  }

  /** A constant of an enum by its word. */
  public <E extends Enum<E>> void word(Class<E> type, Consumer<E> taker) {
    Spelling.parse(type, raw())
        .ifPresentOrElse(taker, () -> warn("is none of the words that can be here"));
  }

  /** The words with quotes and escapes read and specifiers replaced. */
  public List<String> words(Style style) {
    var words = new ArrayList<String>();
    for (String word : take(Words.split(raw(), style)).orElse(List.of())) {
      take(specifiers.expand(word)).ifPresent(words::add);
    }
    return words;
  }

  /** Adds all words to a list; an empty value clears it. */
  public void list(Collection<String> list) {
    list(list, _ -> true);
  }

  /** Adds those words to a list that are right; an empty value clears it. */
  public void list(Collection<String> list, Predicate<String> isRight) {
    if (isEmpty()) {
      list.clear();
    }
    for (String word : words(Style.STRICT)) {
      if (isRight.test(word)) {
        list.add(word);
      } else {
        report(Flaw.warning(Flaw.shown(word) + " cannot be here and is ignored"));
      }
    }
  }

  /** The names of units, templates among them. */
  public List<UnitName> unitNames() {
    return take(UnitName.parseList(raw(), specifiers)).orElse(List.of());
  }

  /** The names of units; a template stands for its instance of the unit's own name. */
  public List<UnitName> units() {
    var units = new ArrayList<UnitName>();
    for (var name : unitNames()) {
      if (!name.isTemplate()) {
        units.add(name);
      } else if (unit.isInstance()) {
        units.add(name.withInstance(unit.instance()));
      } else if (!unit.isTemplate()) {
        report(Flaw.warning(name + " is a template and needs an instance; it is ignored"));
      }
    }
    return units;
  }

  /** The command lines; a mistake in one that does not begin with {@code -} is an error. */
  public List<CommandLine> commands() {
    return take(CommandLine.parse(raw(), specifiers)).orElse(List.of());
  }

  /** The ways to end that are listed, and those before; an empty value forgets these. */
  public ExitStatuses exits(ExitStatuses before) {
    if (isEmpty()) {
      return ExitStatuses.NONE;
    }
    return before.plus(take(ExitStatuses.parse(raw())).orElse(ExitStatuses.NONE));
  }

  /**
   * The whole value with its escapes and specifiers replaced; quotes are characters like others.
   */
  public Optional<String> line() {
    var quoted = new StringBuilder("\"");
    boolean isEscaped = false;
    for (char c : raw().toCharArray()) {
      quoted.append(c == '"' && !isEscaped ? "\\" : "").append(c);
      isEscaped = c == '\\' && !isEscaped;
    }
    return take(Words.split(quoted.append('"').toString(), Style.LENIENT))
        .filter(words -> words.size() == 1)
        .flatMap(words -> take(specifiers.expand(words.getFirst())));
  }

  /** The bytes that the value encodes, as native text. */
  public Optional<String> base64() {
    try {
      byte[] bytes = Base64.getDecoder().decode(raw().replaceAll("\\s", ""));
      return Optional.of(NativeText.decode(bytes));
    } catch (IllegalArgumentException notBase64) {
      warn("needs Base64");
      return Optional.empty();
    }
  }
}
