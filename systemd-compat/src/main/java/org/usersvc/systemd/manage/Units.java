package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.job.UnitGraph;
import org.usersvc.systemd.read.Implied;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;
import org.usersvc.systemd.unit.UnitFlags;

/**
 * The units that are known, by all their names, and their relations.
 *
 * <p>INVARIANT: whatever a known unit names is known too, so that relations are complete between
 * all units that can have jobs together; but for units that are being entered one by one, before
 * anything is asked of them. When there is no room for more units, names that are not known stand
 * for units that cannot be read.
 */
final class Units implements UnitGraph {
  /** All units that are known take about so many bytes of memory at most. */
  static final long MOST_WEIGHT = 24L << 20;

  /** Beyond that, units that others only name are not read: it is left to those asked for. */
  static final long MOST_NAMED = 18L << 20;

  /** Of these units a start of another one needs more than their names. */
  private static final List<Relation> PULLED =
      List.of(
          Relation.REQUIRES,
          Relation.REQUISITE,
          Relation.BINDS_TO,
          Relation.WANTS,
          Relation.UPHOLDS);

  private static final String TOO_MANY = "too many or too long units are loaded";

  private final UnitTexts texts;
  private final Consumer<KnownUnit> control;
  private final Consumer<KnownUnit> added;
  private final Map<UnitName, KnownUnit> known = new TreeMap<>();
  private final Map<UnitName, UnitName> ids = new HashMap<>();
  private final Relations relations = new Relations();
  private long weight;

  /**
   * Knows no unit.
   *
   * @param control gives a new unit its controller
   * @param added notified of each new unit, with its relations
   */
  Units(UnitTexts texts, Consumer<KnownUnit> control, Consumer<KnownUnit> added) {
    this.texts = texts;
    this.control = control;
    this.added = added;
  }

  Optional<KnownUnit> find(UnitName name) {
    return Optional.ofNullable(known.get(ids.getOrDefault(name, name)));
  }

  Collection<KnownUnit> all() {
    return List.copyOf(known.values());
  }

  Relations relations() {
    return relations;
  }

  /**
   * A unit by any of its names, read with all that it names unless it is known. If there is no
   * room, it cannot be read, and is not known afterwards either.
   */
  KnownUnit load(UnitName name) {
    if (find(name).isEmpty()) {
      readAll(List.of(), List.of(name));
    }
    return find(name).orElseGet(() -> unread(name));
  }

  private KnownUnit unread(UnitName name) {
    var unit = new KnownUnit(texts, texts.unread(name, TOO_MANY));
    control.accept(unit);
    return unit;
  }

  private boolean hasRoom(long more) {
    return weight + more <= MOST_WEIGHT;
  }

  private boolean mayRead(UnitName name, Collection<UnitName> requested) {
    return hasRoom(UnitTexts.OF_UNIT) && (weight < MOST_NAMED || requested.contains(name));
  }

  /**
   * Reads the files of a unit; one for which there is no room cannot be read.
   *
   * @param before what its text weighs that this one replaces
   */
  private UnitTexts.Text read(UnitName id, long before) {
    var text = texts.read(id);
    return hasRoom(text.weight() - before) ? text : texts.unread(id, TOO_MANY);
  }

  /** Reads units with all that they name. */
  private void readAll(Collection<UnitName> named, List<UnitName> requested) {
    var fresh = new ArrayList<KnownUnit>();
    var open = new ArrayDeque<>(named);
    open.addAll(requested);
    while (!open.isEmpty()) {
      var name = open.remove();
      if (find(name).isEmpty()) {
        var unit = readOne(name, requested);
        if (unit != null) {
          fresh.add(unit);
          open.addAll(named(unit));
        }
      }
    }
    orderTargets(fresh);
    fresh.forEach(added);
  }

  /** Null if there is no room, or if the name is another one of a unit that is known. */
  private @Nullable KnownUnit readOne(UnitName name, Collection<UnitName> requested) {
    if (!mayRead(name, requested)) {
      ids.remove(name);
      return null;
    }
    var id = idOf(name);
    return known.containsKey(id) ? null : add(read(id, 0));
  }

  /** The main name of a unit that is not known yet, and is to be read. */
  private UnitName idOf(UnitName name) {
    return ids.computeIfAbsent(name, texts::id);
  }

  private KnownUnit add(UnitTexts.Text text) {
    var unit = new KnownUnit(texts, text);
    known.put(unit.id(), unit);
    weight += unit.weight();
    unit.unit().names().forEach(name -> ids.put(name, unit.id()));
    control.accept(unit);
    say(unit);
    return unit;
  }

  private List<UnitName> named(KnownUnit unit) {
    var names = new ArrayList<UnitName>();
    relations.named(unit.id()).forEach(names::addAll);
    return names;
  }

  /** Enters what a unit says. */
  private void say(KnownUnit unit) {
    var dependencies = new EnumMap<Relation, Set<UnitName>>(Relation.class);
    unit.unit().dependencies().forEach((relation, names) -> dependencies.put(relation, ids(names)));
    relations.say(unit.id(), dependencies);
  }

  private Set<UnitName> ids(Set<UnitName> names) {
    var found = new LinkedHashSet<UnitName>();
    for (var name : names) {
      var unit = find(name);
      found.add(unit.isPresent() ? unit.get().id() : idOf(name));
    }
    return found;
  }

  /** Targets wait for what they pull in, if both of the two have default dependencies. */
  private void orderTargets(Collection<KnownUnit> changed) {
    for (var unit : changed) {
      for (var relation : Implied.WAITED_FOR) {
        relations.said(unit.id(), relation).forEach(pulled -> order(unit.id(), pulled));
        relations
            .related(unit.id(), relation.inverse())
            .forEach(target -> order(target, unit.id()));
      }
    }
  }

  /** Orders one unit behind another one that it pulls in, or not any more. */
  private void order(UnitName target, UnitName pulled) {
    if (target.type() == UnitType.TARGET) {
      find(target).ifPresent(one -> find(pulled).ifPresent(other -> order(one, other)));
    }
  }

  private void order(KnownUnit target, KnownUnit pulled) {
    var id = pulled.id();
    boolean isPulled =
        Implied.WAITED_FOR.stream()
            .anyMatch(relation -> relations.said(target.id(), relation).contains(id));
    var after = target.unit().dependencies(Relation.AFTER);
    if (isPulled && Implied.waits(target.unit(), pulled.unit())) {
      relations.say(target.id(), Relation.AFTER, id);
    } else if (pulled.unit().names().stream().noneMatch(after::contains)) {
      relations.unsay(target.id(), Relation.AFTER, id);
    }
  }

  /** Looks which files there are; a unit that had none and has one now is read. */
  void refresh() {
    appeared().forEach(this::reread);
  }

  /** Looks which files there are: the units that had none and have one now. */
  List<UnitName> appeared() {
    if (!texts.refresh()) {
      return List.of();
    }
    return known.values().stream()
        .filter(unit -> unit.unit().loadState() == LoadState.NOT_FOUND)
        .filter(unit -> texts.exists(unit.id()))
        .map(KnownUnit::id)
        .toList();
  }

  boolean isKnown(UnitName name) {
    return find(name).isPresent();
  }

  /** Whether there is no room any more for units that others only name. */
  boolean isCrowded() {
    return weight >= MOST_NAMED;
  }

  /**
   * Makes a unit known by itself, if it is not and there is room for units that others name. What
   * it names is to be made known next.
   *
   * @return the units that it names
   */
  Collection<UnitName> enter(UnitName name) {
    return isCrowded() ? List.of() : enterOne(name).map(this::named).orElse(List.of());
  }

  /**
   * Makes a unit known by itself, if it is not and there is any room.
   *
   * @return the units that a start of it pulls in
   */
  Collection<UnitName> enterPulled(UnitName name) {
    if (hasRoom(UnitTexts.OF_UNIT)) {
      enterOne(name);
    }
    return PULLED.stream().flatMap(relation -> related(name, relation).stream()).toList();
  }

  private Optional<KnownUnit> enterOne(UnitName name) {
    var unit = isKnown(name) ? null : readOne(name, List.of(name));
    if (unit != null) {
      orderTargets(List.of(unit));
      added.accept(unit);
    }
    return Optional.ofNullable(unit);
  }

  /**
   * Reads the files of a known unit, and keeps what was read for when the unit takes it over.
   *
   * @return the units that it will name
   */
  Collection<UnitName> rereadAhead(UnitName id) {
    return known.containsKey(id) ? texts.readAhead(id) : List.of();
  }

  /** What was read ahead is as it was then: it is not used any more. */
  void endAhead() {
    texts.endAhead();
  }

  /** Reads a name anew if it is known. */
  void look(UnitName name) {
    find(name)
        .map(KnownUnit::id)
        .ifPresent(id -> {
          texts.forgetAhead(id);
          reread(id);
        });
  }

  /** Reads one unit anew. */
  void reload(KnownUnit unit) {
    texts.refresh();
    look(unit.id());
  }

  /** Takes the files of a unit as they are now, or as they were read ahead. */
  void reread(UnitName id) {
    find(id).ifPresent(unit -> reread(List.of(unit)));
  }

  private void reread(Collection<KnownUnit> units) {
    var stay = new ArrayList<KnownUnit>();
    for (var unit : units) {
      var text = read(unit.id(), unit.weight());
      boolean isSame = text.unit().id().equals(unit.id()) && text.isForeign() == unit.isForeign();
      if (isSame) {
        adopt(unit, text);
        stay.add(unit);
      } else if (unit.state().active().isInactiveOrFailed()) {
        becameAlias(unit, text.unit());
      }
    }
    var names = new LinkedHashSet<UnitName>();
    for (var unit : stay) {
      say(unit);
      names.addAll(named(unit));
    }
    readAll(names, List.of());
    orderTargets(stay);
  }

  private void adopt(KnownUnit unit, UnitTexts.Text text) {
    weight += text.weight() - unit.weight();
    unit.unit().names().forEach(name -> ids.remove(name, unit.id()));
    unit.adopt(text);
    text.unit().names().forEach(name -> ids.put(name, unit.id()));
  }

  /** A name means another unit now, or something else stands for it: so it does for all. */
  private void becameAlias(KnownUnit unit, Unit other) {
    var speakers = new LinkedHashSet<UnitName>();
    relations.speakers(unit.id()).forEach(speakers::addAll);
    remove(unit);
    ids.put(unit.id(), other.id());
    readAll(List.of(), List.of(other.id()));
    var named = speakers.stream().flatMap(speaker -> find(speaker).stream()).toList();
    named.forEach(this::say);
    orderTargets(named);
  }

  /** Forgets a unit. */
  void remove(KnownUnit unit) {
    if (known.remove(unit.id()) != null) {
      weight -= unit.weight();
    }
    relations.unsay(unit.id());
    unit.unit().names().forEach(ids::remove);
    unit.controller().forgotten();
  }

  @Override
  public Collection<UnitName> units() {
    return List.copyOf(known.keySet());
  }

  @Override
  public LoadState loadState(UnitName unit) {
    boolean isUnread = find(unit).isEmpty() && !hasRoom(UnitTexts.OF_UNIT);
    return isUnread ? LoadState.ERROR : load(unit).unit().loadState();
  }

  @Override
  public ActiveState state(UnitName unit) {
    return find(unit).map(found -> found.state().active()).orElse(ActiveState.INACTIVE);
  }

  @Override
  public UnitFlags flags(UnitName unit) {
    return find(unit).map(found -> found.unit().flags()).orElse(UnitFlags.DEFAULT);
  }

  @Override
  public boolean canReload(UnitName unit) {
    return find(unit).filter(found -> found.controller().canReload()).isPresent();
  }

  @Override
  public boolean restartsItself(UnitName unit) {
    return find(unit).filter(found -> found.state().restartsItself()).isPresent();
  }

  @Override
  public Collection<UnitName> related(UnitName unit, Relation relation) {
    return relations.related(ids.getOrDefault(unit, unit), relation);
  }
}
