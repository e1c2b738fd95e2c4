package org.usersvc.daemon.socket;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Likeness;
import org.usersvc.daemon.model.NamePattern;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

/** Services by the names that clients give. */
final class Names {
  private static final int MOST_SHOWN = 10;
  private static final String SUFFIX = ".service";
  private static final String LOGGER = "/log";

  private Names() {}

  /** The service of that name; null if there is none: then {@code err} gets the reason. */
  static @Nullable Commanded find(Services services, String name, Consumer<String> err) {
    return switch (lookUp(services, name)) {
      case LookUp.Found(var service) -> service;
      case LookUp.NotSupervised(String reason) -> fail(name, reason, err);
      case LookUp.NoSuchService(String reason) -> fail(name, reason + hint(services, name), err);
    };
  }

  /** The same; a service directory may be called as a unit would be. */
  static LookUp lookUp(Services services, String name) {
    var found = services.lookUp(name);
    if (!(found instanceof LookUp.NoSuchService)) {
      return found;
    }
    if (isPattern(name)) {
      return new LookUp.NoSuchService("no service has such a name; see usersvc list");
    }
    String stem = stem(name);
    var plain = stem == null ? found : services.lookUp(stem);
    return plain instanceof LookUp.NoSuchService ? found : plain;
  }

  /** {@code foo} of {@code foo.service}, null of others. */
  private static @Nullable String stem(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith("/")
        ? name.substring(0, name.length() - SUFFIX.length())
        : null;
  }

  /** {@link Services#enabled}; a service directory may be called as a unit would be. */
  static @Nullable String enabled(Services services, String name) {
    String word = services.enabled(name);
    String stem = stem(name);
    return word == null && stem != null ? services.enabled(stem) : word;
  }

  /**
   * The names that are meant: in place of a pattern those that match it, in the order of the list.
   * A pattern with {@code /log} at its end means loggers. One that matches nothing stays.
   */
  static List<String> expand(Services services, List<String> names) {
    if (names.stream().noneMatch(Names::isPattern)) {
      return names;
    }
    var all = new LinkedHashSet<String>();
    for (String name : names) {
      boolean known = !isPattern(name) || services.known(name) != null;
      var matches = known ? List.<String>of() : matches(services, name);
      all.addAll(matches.isEmpty() ? List.of(name) : matches);
    }
    return List.copyOf(all);
  }

  private static boolean isPattern(String name) {
    return !name.startsWith("/") && NamePattern.isPattern(name);
  }

  private static List<String> matches(Services services, String name) {
    boolean ofLoggers = name.endsWith(LOGGER);
    var pattern =
        new NamePattern(ofLoggers ? name.substring(0, name.length() - LOGGER.length()) : name);
    var found = new ArrayList<String>();
    for (var service : services.all()) {
      var view = service.view();
      if (pattern.matches(view.nativeName()) && (!ofLoggers || view.logger() != null)) {
        found.add(ofLoggers ? view.nativeName() + LOGGER : view.nativeName());
      }
    }
    return found;
  }

  /** {@code ; did you mean foot?}, empty if no service has such a name. */
  private static String hint(Services services, String name) {
    var names = services.all().stream().map(service -> service.view().nativeName()).toList();
    String near = Likeness.nearest(name, names);
    return near == null ? "" : "; did you mean " + NativeText.printable(near) + "?";
  }

  /** A line for people who ask for all services. */
  static String refused(Map<String, String> reasons) {
    var names = List.copyOf(reasons.keySet());
    String first = names.getFirst();
    String why = NativeText.printable(first) + ": " + reasons.get(first);
    if (names.size() == 1) {
      return "usersvc: not supervised: " + why;
    }
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_SHOWN)));
    String more = names.size() > MOST_SHOWN ? ", ..." : "";
    return "usersvc: "
        + names.size()
        + " services are not supervised: "
        + NativeText.printable(shown)
        + more
        + "; "
        + why;
  }

  private static @Nullable Commanded fail(String name, String reason, Consumer<String> err) {
    err.accept("fail: " + NativeText.printable(name) + ": " + reason);
    return null;
  }
}
