package org.usersvc.systemd.manage;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Checks;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.RateLimit;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/** The one implementation of {@link UnitRecord}. */
final class KnownUnit implements UnitRecord {
  private final UnitTexts texts;
  private final RateLimit starts = new RateLimit();
  private final RateLimit upkeep = new RateLimit();
  private UnitTexts.Text text;
  private @Nullable Controller controller;
  private UnitState state = UnitState.DEAD;
  private Stamps stamps = Stamps.NONE;
  private Checks checks = Checks.NONE;
  private String invocation = "";
  private int holds;

  KnownUnit(UnitTexts texts, UnitTexts.Text text) {
    this.texts = texts;
    this.text = text;
  }

  /** To be called once, before anything else. */
  void control(Controller by) {
    controller = by;
    state = by.state();
  }

  /** The files of the unit were read. */
  void adopt(UnitTexts.Text other) {
    text = other;
    controller().adopt(other.unit());
  }

  /** About how many bytes of memory it takes. */
  long weight() {
    return text.weight();
  }

  UnitName id() {
    return text.unit().id();
  }

  /** Whether something else than a unit file stands for it. */
  boolean isForeign() {
    return text.isForeign();
  }

  @Override
  public Unit unit() {
    return text.unit();
  }

  @Override
  public UnitState state() {
    return state;
  }

  /** The unit has another state. */
  void enter(UnitState now, Stamps.Stamp at) {
    stamps = stamps.after(state.active(), now.active(), at);
    state = now;
  }

  @Override
  public Controller controller() {
    if (controller == null) {
      throw new IllegalStateException("not controlled yet: " + text.unit().id());
    }
    return controller;
  }

  @Override
  public Stamps stamps() {
    return stamps;
  }

  @Override
  public String invocation() {
    return invocation;
  }

  void invoke(String id) {
    invocation = id;
  }

  @Override
  public Checks checks() {
    return checks;
  }

  void check(Checks now) {
    checks = now;
  }

  @Override
  public boolean isTransient() {
    return texts.transientFile(id()).isPresent();
  }

  @Override
  public boolean needsReload() {
    return texts.isStale(text);
  }

  /** What has become of it so far. */
  UnitHistory history() {
    return new UnitHistory(invocation, stamps, starts.began(), starts.count());
  }

  /** Goes on where an earlier daemon was; the controller does so already. */
  void resume(UnitHistory history) {
    invocation = history.invocation();
    stamps = history.stamps();
    starts.resume(history.startsBegan(), history.starts());
    state = controller().state();
  }

  /** Its starts, for {@code StartLimit…=}. */
  RateLimit starts() {
    return starts;
  }

  /** Its starts and stops by what always has to hold. */
  RateLimit upkeep() {
    return upkeep;
  }

  void hold() {
    holds++;
  }

  void release() {
    holds = Math.max(0, holds - 1);
  }

  boolean isHeld() {
    return holds > 0;
  }
}
