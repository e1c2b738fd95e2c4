package org.usersvc.systemd.job;

import java.util.Optional;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Spelling;

/**
 * What a job does to its unit.
 *
 * <p>Five types are carried out: {@code VERIFY_ACTIVE}, {@code START}, {@code RELOAD}, {@code
 * RESTART} and {@code STOP}. {@code TRY_RESTART}, {@code TRY_RELOAD} and {@code RELOAD_OR_START}
 * become one of them, or {@code NOP}, as soon as the state of the unit is looked at ({@link
 * #collapsed}).
 *
 * <p>The laws, for carried-out types and {@code RELOAD_OR_START}:
 *
 * <ul>
 *   <li>A merge of two types does the work of both. It is commutative, and associative wherever all
 *       of its steps exist; a type merged with itself is itself.
 *   <li>{@code VERIFY_ACTIVE} adds nothing to a type that brings the unit up; {@code RESTART}
 *       swallows all others; {@code START} and {@code RELOAD} make {@code RELOAD_OR_START}.
 *   <li>{@code STOP} merges with nothing but itself. Two types that do not merge conflict.
 *   <li>{@code NOP} conflicts with nothing and merges with nothing but itself: it is queued apart.
 * </ul>
 *
 * <p>Source: {@code job.c:393} and {@code job.c:420} of systemd 255.
 */
public enum JobType {
  START,
  VERIFY_ACTIVE,
  STOP,
  RELOAD,
  RELOAD_OR_START,
  RESTART,
  TRY_RESTART,
  TRY_RELOAD,
  NOP;

  /** The word that D-Bus shows. */
  public String word() {
    return Spelling.of(this);
  }

  /** The type that does the work of both; empty if none does. */
  public Optional<JobType> mergedWith(JobType other) {
    if (this == other) {
      return Optional.of(this);
    }
    if (!merges() || !other.merges()) {
      return Optional.empty();
    }
    if (this == RESTART || other == RESTART) {
      return Optional.of(RESTART);
    }
    if (this == VERIFY_ACTIVE || other == VERIFY_ACTIVE) {
      return Optional.of(this == VERIFY_ACTIVE ? other : this);
    }
    return Optional.of(RELOAD_OR_START);
  }

  private boolean merges() {
    return switch (this) {
      case START, VERIFY_ACTIVE, RELOAD, RELOAD_OR_START, RESTART -> true;
      case STOP, TRY_RESTART, TRY_RELOAD, NOP -> false;
    };
  }

  /** Whether jobs of both types cannot be queued for one unit. Symmetric. */
  public boolean conflictsWith(JobType other) {
    return this != NOP && other != NOP && mergedWith(other).isEmpty();
  }

  /** Whether this type does all that the other does. */
  public boolean includes(JobType other) {
    return other == NOP || mergedWith(other).filter(this::equals).isPresent();
  }

  /** What this type comes to for a unit in that state. */
  public JobType collapsed(ActiveState state) {
    boolean down = state.isInactiveOrFailed() || state == ActiveState.DEACTIVATING;
    return switch (this) {
      case TRY_RESTART -> down ? NOP : RESTART;
      case TRY_RELOAD -> down ? NOP : RELOAD;
      case RELOAD_OR_START -> down ? START : RELOAD;
      case START, VERIFY_ACTIVE, STOP, RELOAD, RESTART, NOP -> this;
    };
  }

  /** Whether a unit in that state is already as a job of this type would leave it. */
  public boolean isRedundantIn(ActiveState state) {
    return switch (this) {
      case START, VERIFY_ACTIVE -> state.isActive();
      case STOP -> state.isInactiveOrFailed();
      case RELOAD -> state == ActiveState.RELOADING;
      case NOP -> true;
      case RESTART -> false;
      case RELOAD_OR_START, TRY_RESTART, TRY_RELOAD -> false;
    };
  }

  /** Whether it brings the unit down, and so goes before starts whatever the order is. */
  public boolean bringsDown() {
    return this == STOP || this == RESTART;
  }

  /** Whether the unit is to be up at its end. */
  public boolean wantsUp() {
    return this == START || this == VERIFY_ACTIVE;
  }

  /** The type that reloads a unit which can be reloaded, in place of a restart. */
  public JobType preferringReload() {
    return switch (this) {
      case RESTART -> RELOAD_OR_START;
      case TRY_RESTART -> TRY_RELOAD;
      case START, VERIFY_ACTIVE, STOP, RELOAD, RELOAD_OR_START, TRY_RELOAD, NOP -> this;
    };
  }
}
