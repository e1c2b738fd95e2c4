package org.usersvc.systemd.engine;

import org.usersvc.systemd.unit.Unit;

/** A unit that is known: its text and what has become of it. <b>Loop thread only.</b> */
public interface UnitRecord {
  /** What its files say. */
  Unit unit();

  /** Its state, after all reports that were processed. */
  UnitState state();

  /** What carries out its jobs; its type decides of which kind it is. */
  Controller controller();

  /** When it came into and out of its states. */
  Stamps stamps();

  /** The id of its present or last run, 32 hexadecimal digits; empty before the first. */
  String invocation();

  /** What came of its conditions and asserts at its last start. */
  Checks checks();

  /** Whether it was made without a file of somebody. */
  boolean isTransient();

  /** Whether its files are others now, or were changed. Looks at them. */
  boolean needsReload();
}
