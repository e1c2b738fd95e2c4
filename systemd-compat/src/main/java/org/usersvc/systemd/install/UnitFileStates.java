package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.install.Links.Link;
import org.usersvc.systemd.load.Listed;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.SearchDirectory.Role;
import org.usersvc.systemd.load.UnitEntry;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.load.UnitSources;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Install;

/**
 * Which units are enabled, as the links were when this was made.
 *
 * <p>Source: systemctl(1), "is-enabled"; answers of systemctl 252.
 */
final class UnitFileStates {
  private final UnitIndex index;
  private final Loader loader;
  private final UnitReader reader;

  /** All links by the last step of where they lead. */
  private final Map<String, List<Link>> byTarget = new HashMap<>();

  UnitFileStates(UnitIndex index, Loader loader, UnitReader reader, Links links) {
    this.index = index;
    this.loader = loader;
    this.reader = reader;
    for (var link : links.all()) {
      byTarget.computeIfAbsent(link.targetName(), _ -> new ArrayList<>()).add(link);
    }
  }

  /** The state of a unit; empty if it has no file. */
  Optional<UnitFileState> of(UnitName name) {
    var sources = loader.load(name);
    var unit = sources.unit();
    if (unit.isLoop()) {
      return Optional.of(UnitFileState.BAD);
    }
    if (unit.entry().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(state(name, sources, unit.entry().get()));
  }

  private UnitFileState state(UnitName name, UnitSources sources, Listed entry) {
    return switch (sources.state()) {
      case MASKED ->
          entry.directory().role().isRuntime()
              ? UnitFileState.MASKED_RUNTIME
              : UnitFileState.MASKED;
      case LOADED -> ofFile(name, sources, entry);
      case STUB, NOT_FOUND, BAD_SETTING, ERROR, MERGED -> UnitFileState.BAD;
    };
  }

  private UnitFileState ofFile(UnitName name, UnitSources sources, Listed entry) {
    if (index.entry(name).filter(UnitEntry.Alias.class::isInstance).isPresent()) {
      return UnitFileState.ALIAS;
    }
    return switch (entry.directory().role()) {
      case GENERATED -> UnitFileState.GENERATED;
      case TRANSIENT -> UnitFileState.TRANSIENT;
      case CONTROL, RUNTIME_CONTROL, CONFIG, SHARED_CONFIG, RUNTIME, SHARED_RUNTIME, VENDOR ->
          enabled(name, sources, entry);
    };
  }

  private UnitFileState enabled(UnitName name, UnitSources sources, Listed entry) {
    var unit = sources.unit().id();
    var install = reader.install(unit, sources);
    var links = linksTo(unit, entry);
    var known = known(unit, install);
    var hooks = links.stream().filter(link -> !isSameName(link, unit)).toList();
    var state = byLinks(hooks.stream().filter(link -> known.contains(link.name())).toList(), name);
    if (state.isEmpty()) {
      state = bySameName(links, unit);
    }
    return state.orElseGet(() -> notEnabled(unit, install, hooks));
  }

  /** The links that lead to the unit, by their path or by the last step of it. */
  private List<Link> linksTo(UnitName unit, Listed entry) {
    var links = new ArrayList<>(byTarget.getOrDefault(unit.toString(), List.of()));
    String source = entry.source();
    String file = source.substring(source.lastIndexOf('/') + 1);
    if (!file.equals(unit.toString())) {
      byTarget.getOrDefault(file, List.of()).stream()
          .filter(link -> link.target().equals(source) || file.equals(entry.name().toString()))
          .forEach(links::add);
    }
    return links;
  }

  /** The names of links that enabling makes. */
  private static Set<String> known(UnitName unit, Install install) {
    var known = new HashSet<String>();
    known.add(unit.toString());
    install.alias().forEach(alias -> known.add(alias.toString()));
    if (unit.isTemplate() && !install.defaultInstance().isEmpty()) {
      known.add(unit.prefix() + "@" + install.defaultInstance() + "." + unit.type().suffix());
    }
    return known;
  }

  private static boolean isSameName(Link link, UnitName unit) {
    return !link.isHook() && link.name().equals(unit.toString()) && !unit.isInstance();
  }

  private static Optional<UnitFileState> byLinks(List<Link> links, UnitName name) {
    if (links.stream().anyMatch(link -> link.directory().role().isConfig())) {
      return Optional.of(UnitFileState.ENABLED);
    }
    if (links.stream().anyMatch(link -> link.directory().role().isRuntime())) {
      return Optional.of(UnitFileState.ENABLED_RUNTIME);
    }
    return links.isEmpty() || !name.isInstance()
        ? Optional.empty()
        : Optional.of(UnitFileState.STATIC);
  }

  private static Optional<UnitFileState> bySameName(List<Link> links, UnitName unit) {
    for (var link : links) {
      if (isSameName(link, unit)) {
        if (link.directory().role() == Role.CONFIG) {
          return Optional.of(UnitFileState.LINKED);
        }
        if (link.directory().role().isRuntime()) {
          return Optional.of(UnitFileState.LINKED_RUNTIME);
        }
      }
    }
    return Optional.empty();
  }

  private static UnitFileState notEnabled(UnitName unit, Install install, List<Link> hooks) {
    boolean isUsed =
        hooks.stream()
            .map(link -> link.directory().role())
            .anyMatch(role -> role.isConfig() || role.isRuntime());
    if (isUsed && !unit.isInstance()) {
      return UnitFileState.INDIRECT;
    }
    boolean hasRules =
        !install.wantedBy().isEmpty()
            || !install.requiredBy().isEmpty()
            || !install.upheldBy().isEmpty()
            || !install.alias().isEmpty();
    if (hasRules) {
      return UnitFileState.DISABLED;
    }
    return install.also().isEmpty() ? UnitFileState.STATIC : UnitFileState.INDIRECT;
  }
}
