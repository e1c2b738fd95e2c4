package org.usersvc.systemd.unit;

/**
 * The ways in which one unit names another one. Each has an inverse, which the other unit then has
 * towards the first.
 *
 * <p>Source: systemd.unit(5), "Mapping of unit properties to their inverses".
 */
public enum Relation {
  REQUIRES,
  REQUISITE,
  WANTS,
  BINDS_TO,
  PART_OF,
  UPHOLDS,
  CONFLICTS,
  BEFORE,
  AFTER,
  ON_SUCCESS,
  ON_FAILURE,
  TRIGGERS,
  PROPAGATES_RELOAD_TO,
  PROPAGATES_STOP_TO,
  JOINS_NAMESPACE_OF,
  SLICE,
  REQUIRED_BY,
  REQUISITE_OF,
  WANTED_BY,
  BOUND_BY,
  CONSISTS_OF,
  UPHELD_BY,
  CONFLICTED_BY,
  ON_SUCCESS_OF,
  ON_FAILURE_OF,
  TRIGGERED_BY,
  RELOAD_PROPAGATED_FROM,
  STOP_PROPAGATED_FROM,
  SLICE_OF;

  /** The relation of the other unit to this one. */
  public Relation inverse() {
    return switch (this) {
      case REQUIRES -> REQUIRED_BY;
      case REQUISITE -> REQUISITE_OF;
      case WANTS -> WANTED_BY;
      case BINDS_TO -> BOUND_BY;
      case PART_OF -> CONSISTS_OF;
      case UPHOLDS -> UPHELD_BY;
      case CONFLICTS -> CONFLICTED_BY;
      case BEFORE -> AFTER;
      case AFTER -> BEFORE;
      case ON_SUCCESS -> ON_SUCCESS_OF;
      case ON_FAILURE -> ON_FAILURE_OF;
      case TRIGGERS -> TRIGGERED_BY;
      case PROPAGATES_RELOAD_TO -> RELOAD_PROPAGATED_FROM;
      case PROPAGATES_STOP_TO -> STOP_PROPAGATED_FROM;
      case JOINS_NAMESPACE_OF -> JOINS_NAMESPACE_OF;
      case SLICE -> SLICE_OF;
      case REQUIRED_BY -> REQUIRES;
      case REQUISITE_OF -> REQUISITE;
      case WANTED_BY -> WANTS;
      case BOUND_BY -> BINDS_TO;
      case CONSISTS_OF -> PART_OF;
      case UPHELD_BY -> UPHOLDS;
      case CONFLICTED_BY -> CONFLICTS;
      case ON_SUCCESS_OF -> ON_SUCCESS;
      case ON_FAILURE_OF -> ON_FAILURE;
      case TRIGGERED_BY -> TRIGGERS;
      case RELOAD_PROPAGATED_FROM -> PROPAGATES_RELOAD_TO;
      case STOP_PROPAGATED_FROM -> PROPAGATES_STOP_TO;
      case SLICE_OF -> SLICE;
    };
  }
}
