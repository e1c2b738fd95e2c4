package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.model.NamePattern;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.syntax.UnitEscape;
import org.usersvc.systemd.syntax.UnitName;

/**
 * One command line of one client, and its answer. <b>Loop thread only.</b>
 *
 * @param line what was asked, without the verb
 */
record Asking(Place place, Line line, Verbs.Reply reply) {
  private static final Pattern GLOB = Pattern.compile("[*?\\[]");
  private static final String SUFFIX = ".service";

  Manager manager() {
    return place.manager().get();
  }

  boolean has(String option) {
    return line.has(option);
  }

  void out(String text) {
    for (String each : text.split("\n", -1)) {
      reply.copy(false, each);
    }
  }

  void err(String text) {
    if (!text.isEmpty()) {
      for (String each : text.split("\n", -1)) {
        reply.copy(true, each);
      }
    }
  }

  void end(int status) {
    reply.end(status);
  }

  /** Calls a method of the manager. */
  void call(String member, Consumer<Link.Reply> taker, Object... arguments) {
    String signature =
        Optional.ofNullable(place.object().type().methods().get(member))
            .map(method -> method.in())
            .orElse("");
    place
        .object()
        .call(
            new LocalCall(
                reply.client(),
                ObjectPaths.MANAGER,
                member,
                signature,
                Arrays.asList(arguments),
                taker));
  }

  /** A name as people write it: without a suffix it is a service. */
  static UnitName name(String word) throws WrongWords {
    return name(word, SUFFIX);
  }

  /** The same with another suffix. */
  static UnitName name(String word, String suffix) throws WrongWords {
    var plain = UnitName.parse(word);
    if (plain.isPresent()) {
      return plain.get();
    }
    String escaped =
        word.startsWith("/")
            ? UnitEscape.escapePath(word).map(path -> path + ".mount").orElse("")
            : word + suffix;
    return UnitName.parse(escaped)
        .orElseThrow(() -> new WrongWords("Invalid unit name \"" + word + "\"."));
  }

  static boolean isPattern(String word) {
    return GLOB.matcher(word).find();
  }

  /** The units that the words name; patterns mean units that are loaded. */
  Set<UnitName> names(List<String> words) throws WrongWords {
    var names = new LinkedHashSet<UnitName>();
    for (String word : words) {
      if (isPattern(word)) {
        matching(List.of(word)).forEach(unit -> names.add(unit.unit().id()));
      } else {
        names.add(name(word));
      }
    }
    return names;
  }

  /** The units that are loaded and have a name of one of these patterns. */
  List<UnitRecord> matching(List<String> patterns) throws WrongWords {
    var all = new ArrayList<String>();
    for (String pattern : patterns) {
      all.add(isPattern(pattern) ? pattern : name(pattern).toString());
      if (isPattern(pattern) && pattern.indexOf('.') < 0) {
        all.add(pattern + SUFFIX);
      }
    }
    return manager().units().stream()
        .filter(unit ->
            unit.unit().names().stream().anyMatch(name -> NamePattern.any(all, name.toString())))
        .toList();
  }

  /** The operands, of which there must be some. */
  List<String> some() throws WrongWords {
    if (line.operands().isEmpty()) {
      throw new WrongWords("Too few arguments.");
    }
    return line.operands();
  }
}
