package org.usersvc.systemd.unit;

/** What became of reading a unit. */
public enum LoadState {
  /** Named by another unit, not read yet. */
  STUB,
  LOADED,
  /** No file of that name is there. */
  NOT_FOUND,
  /** Its file lacks a setting without which it cannot start, or has one that cannot be. */
  BAD_SETTING,
  /** Its file cannot be read. */
  ERROR,
  /** Its name is an alias of another unit, which stands for it. */
  MERGED,
  /** Its file is empty or a link to {@code /dev/null}: it must not start. */
  MASKED;

  /** The word that D-Bus and {@code systemctl} show. */
  public String word() {
    return Spelling.of(this);
  }
}
