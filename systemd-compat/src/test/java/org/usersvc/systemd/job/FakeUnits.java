package org.usersvc.systemd.job;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Spelling;
import org.usersvc.systemd.unit.UnitFlags;

/**
 * Units from lines such as {@code a: Requires=b c; After=b; Kind=oneshot}. A name without a dot is
 * that of a service. A unit that no line begins with is not found.
 */
final class FakeUnits implements UnitGraph {
  private static final Map<String, Relation> RELATIONS = new HashMap<>();

  static {
    for (var relation : Relation.values()) {
      RELATIONS.put(relation.name().replace("_", "").toLowerCase(Locale.ROOT), relation);
    }
  }

  private final Map<UnitName, Fake> units = new LinkedHashMap<>();

  FakeUnits(String... lines) {
    for (var line : lines) {
      add(line);
    }
  }

  static UnitName name(String text) {
    return UnitName.of(text.contains(".") ? text : text + ".service");
  }

  void add(String line) {
    int colon = line.indexOf(':');
    var fake = unit(name(line.substring(0, colon)));
    fake.load = LoadState.LOADED;
    for (var setting : line.substring(colon + 1).split(";", -1)) {
      if (!setting.isBlank()) {
        int equals = setting.indexOf('=');
        set(fake, setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
      }
    }
  }

  private void set(Fake fake, String key, String value) {
    var relation = RELATIONS.get(key.toLowerCase(Locale.ROOT));
    if (relation != null) {
      for (var other : value.split(" ", -1)) {
        relate(fake.name, relation, name(other));
      }
      return;
    }
    switch (key) {
      case "Kind" -> fake.kind = Spelling.parse(Kind.class, value).orElseThrow();
      case "Load" -> fake.load = Spelling.parse(LoadState.class, value).orElseThrow();
      case "State" -> fake.state = Spelling.parse(ActiveState.class, value).orElseThrow();
      case "CanReload" -> fake.canReload = true;
      case "OnFailureJobMode" -> fake.onFailure = JobMode.ofWord(value).orElseThrow();
      default -> fake.on.add(Spelling.parse(UnitFlags.Flag.class, hyphenated(key)).orElseThrow());
    }
  }

  private static String hyphenated(String key) {
    return key.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  void relate(UnitName unit, Relation relation, UnitName other) {
    unit(unit).related(relation).add(other);
    unit(other).related(relation.inverse()).add(unit);
  }

  void unrelate(UnitName unit, Relation relation, UnitName other) {
    unit(unit).related(relation).remove(other);
    unit(other).related(relation.inverse()).remove(unit);
  }

  private Fake unit(UnitName name) {
    return units.computeIfAbsent(name, Fake::new);
  }

  void setState(UnitName name, ActiveState state) {
    unit(name).state = state;
  }

  void setRestartsItself(UnitName name, boolean restarts) {
    unit(name).restartsItself = restarts;
  }

  Kind kind(UnitName name) {
    return unit(name).kind;
  }

  @Override
  public Collection<UnitName> units() {
    return List.copyOf(units.keySet());
  }

  @Override
  public LoadState loadState(UnitName unit) {
    return unit(unit).load;
  }

  @Override
  public ActiveState state(UnitName unit) {
    return unit(unit).state;
  }

  @Override
  public UnitFlags flags(UnitName unit) {
    var fake = unit(unit);
    var flags = UnitFlags.DEFAULT;
    for (var flag : fake.on) {
      flags = flags.with(flag, true);
    }
    return new UnitFlags(
        flags.on(),
        flags.collectMode(),
        fake.onFailure,
        flags.onSuccessJobMode(),
        flags.jobTimeouts(),
        flags.startLimit(),
        flags.successAction(),
        flags.failureAction());
  }

  @Override
  public boolean canReload(UnitName unit) {
    return unit(unit).canReload;
  }

  @Override
  public boolean restartsItself(UnitName unit) {
    return unit(unit).restartsItself;
  }

  @Override
  public Set<UnitName> related(UnitName unit, Relation relation) {
    return unit(unit).related.getOrDefault(relation, Set.of());
  }

  /** How a unit behaves when work is done to it. */
  enum Kind {
    /** Up and down at once. */
    SIMPLE,
    /** Activating until the test ends it. */
    ONESHOT,
    /** Failed at once. */
    FAILING,
    /** Its condition does not hold. */
    SKIPPED
  }

  private static final class Fake {
    private final UnitName name;
    private final Map<Relation, Set<UnitName>> related = new EnumMap<>(Relation.class);
    private final Set<UnitFlags.Flag> on = new LinkedHashSet<>();
    private LoadState load = LoadState.NOT_FOUND;
    private ActiveState state = ActiveState.INACTIVE;
    private Kind kind = Kind.SIMPLE;
    private JobMode onFailure = JobMode.REPLACE;
    private boolean canReload;
    private boolean restartsItself;

    private Fake(UnitName name) {
      this.name = name;
    }

    private Set<UnitName> related(Relation relation) {
      return related.computeIfAbsent(relation, _ -> new LinkedHashSet<>());
    }
  }
}
