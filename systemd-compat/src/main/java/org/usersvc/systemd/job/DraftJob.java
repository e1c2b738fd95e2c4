package org.usersvc.systemd.job;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.UnitName;

/** A job of a transaction that is being built, with what it pulls in and what pulls it in. */
final class DraftJob {
  private final UnitName unit;
  private final JobType type;
  private final Set<Link> pulls = new LinkedHashSet<>();
  private final Set<Link> pulledBy = new LinkedHashSet<>();
  private boolean matters;

  DraftJob(UnitName unit, JobType type) {
    this.unit = unit;
    this.type = type;
  }

  UnitName unit() {
    return unit;
  }

  JobType type() {
    return type;
  }

  Set<Link> pulls() {
    return pulls;
  }

  Set<Link> pulledBy() {
    return pulledBy;
  }

  /** Whether the requested job is of no use without this one. */
  boolean matters() {
    return matters;
  }

  void setMatters() {
    matters = true;
  }

  /** Whether another unit's {@code Conflicts=} asks for it. */
  boolean isByConflict() {
    return pulledBy.stream().anyMatch(link -> link.strength() == Strength.CONFLICT);
  }

  void pull(DraftJob other, Strength strength) {
    var link = new Link(this, other, strength);
    pulls.add(link);
    other.pulledBy.add(link);
  }

  /** Takes it out of the links of its neighbours; its own stay for reading. */
  void unlink() {
    pulls.forEach(link -> link.to.pulledBy.remove(link));
    pulledBy.forEach(link -> link.from.pulls.remove(link));
  }

  /** How much a job depends on one that it pulls in. */
  enum Strength {
    /** It goes without. */
    WISH,
    /** It is of no use without. */
    NEED,
    /** The same, for a unit that must not run beside. */
    CONFLICT;

    boolean matters() {
      return this != WISH;
    }
  }

  /** One pull. Its hash is said here, as that which the compiler makes takes ten times as long. */
  record Link(DraftJob from, DraftJob to, Strength strength) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Link link
          && link.from == from
          && link.to == to
          && link.strength == strength;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * from.hashCode() + to.hashCode()) + strength.hashCode();
    }
  }
}
