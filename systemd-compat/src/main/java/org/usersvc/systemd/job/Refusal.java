package org.usersvc.systemd.job;

import java.util.List;
import java.util.stream.Collectors;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/** Why a request for a job leads to no job. Immutable. */
public sealed interface Refusal {
  /** The last part of the name of the D-Bus error. */
  default String error() {
    return switch (this) {
      case NotLoaded(var _, var problem) -> problem.error;
      case OnlyByDependency _ -> "OnlyByDependency";
      case NoIsolation _ -> "NoIsolation";
      case NotApplicable _ -> "JobTypeNotApplicable";
      case WrongMode _ -> "InvalidArgs";
      case Conflicting _ -> "TransactionJobsConflicting";
      case Cyclic _ -> "TransactionOrderIsCyclic";
      case Destructive _, StopsAnother _ -> "TransactionIsDestructive";
      case TooLarge _, TooManyUnits _ -> "LimitsExceeded";
      case NoInstance _ -> "InvalidArgs";
      case ShuttingDown _ -> "ShuttingDown";
      case Exists _ -> "UnitExists";
      case NotWritten _ -> "LoadFailed";
    };
  }

  /** A sentence for people. */
  String message();

  /** Why a unit cannot be started. */
  enum Problem {
    NOT_FOUND("NoSuchUnit", "not found"),
    BAD_SETTING("BadUnitSetting", "has a bad unit file setting"),
    UNREADABLE("LoadFailed", "cannot be read"),
    MASKED("UnitMasked", "is masked");

    private final String error;
    private final String text;

    Problem(String error, String text) {
      this.error = error;
      this.text = text;
    }
  }

  /** A unit that has to be started, the requested one or one that it requires, cannot be. */
  record NotLoaded(UnitName unit, Problem problem) implements Refusal {
    @Override
    public String message() {
      return "Unit " + unit + " " + problem.text + ".";
    }
  }

  /** The unit does not let people do this. */
  record OnlyByDependency(UnitName unit, JobType type) implements Refusal {
    @Override
    public String message() {
      return "Operation refused, unit %s may be requested by dependency only, not by hand (%s)."
          .formatted(unit, type.word());
    }
  }

  /** The unit has no {@code AllowIsolate=}. */
  record NoIsolation(UnitName unit) implements Refusal {
    @Override
    public String message() {
      return "Operation refused, unit may not be isolated.";
    }
  }

  /** Units of this kind have no such job, such as a reload without {@code ExecReload=}. */
  record NotApplicable(UnitName unit, JobType type) implements Refusal {
    @Override
    public String message() {
      return "Job type " + type.word() + " is not applicable for unit " + unit + ".";
    }
  }

  /** The mode does not go with the type. */
  record WrongMode(JobType type, JobMode mode) implements Refusal {
    @Override
    public String message() {
      return "Job mode " + mode.word() + " is not valid for the job type " + type.word() + ".";
    }
  }

  /** The request needs two jobs for one unit that contradict each other. */
  record Conflicting(UnitName unit, JobType one, JobType other) implements Refusal {
    @Override
    public String message() {
      return "Transaction contains conflicting jobs '%s' and '%s' for %s."
          .formatted(one.word(), other.word(), unit);
    }
  }

  /**
   * Jobs wait for each other in a circle.
   *
   * @param cycle each waits for the next one, the last for the first
   */
  record Cyclic(List<UnitName> cycle) implements Refusal {
    private static final int SHOWN = 20;

    public Cyclic {
      cycle = List.copyOf(cycle);
    }

    @Override
    public String message() {
      String units =
          cycle.stream().limit(SHOWN).map(UnitName::toString).collect(Collectors.joining(", "));
      int more = cycle.size() - SHOWN;
      return "Transaction order is cyclic: each of these units waits for the next one: "
          + units
          + (more > 0 ? " and " + more + " more." : ".");
    }
  }

  /** A queued job would be undone. */
  record Destructive(UnitName unit, JobType wanted, JobType queued) implements Refusal {
    @Override
    public String message() {
      return "Transaction for %s/%s is destructive: the unit has a '%s' job."
          .formatted(unit, wanted.word(), queued.word());
    }
  }

  /** A unit that runs would be stopped, and the mode is lenient. */
  record StopsAnother(UnitName unit) implements Refusal {
    @Override
    public String message() {
      return "Transaction is destructive: it would stop " + unit + ", which is active.";
    }
  }

  /** The request needs more jobs than the engine takes. */
  record TooLarge(int limit) implements Refusal {
    @Override
    public String message() {
      return "Transaction has more than " + limit + " jobs.";
    }
  }

  /** There is no memory for another unit. */
  record TooManyUnits(UnitName unit) implements Refusal {
    @Override
    public String message() {
      return "Unit " + unit + " cannot be read, as too many units are loaded.";
    }
  }

  /** Only instances of a template can have jobs. */
  record NoInstance(UnitName template) implements Refusal {
    @Override
    public String message() {
      return "Unit name " + template + " is missing the instance name.";
    }
  }

  /** All units are being stopped, so that none starts. */
  record ShuttingDown() implements Refusal {
    @Override
    public String message() {
      return "The manager is shutting down and starts no unit.";
    }
  }

  /** A transient unit has the name of one that is there already. */
  record Exists(UnitName unit) implements Refusal {
    @Override
    public String message() {
      return "Unit " + unit + " was already loaded or has a fragment file.";
    }
  }

  /** The file of a transient unit cannot be written. */
  record NotWritten(UnitName unit, String why) implements Refusal {
    @Override
    public String message() {
      return "The file of unit " + unit + " cannot be written: " + why;
    }
  }
}
