package org.usersvc.systemd.unit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a unit comes from and what became of reading it. Immutable.
 *
 * @param state what became of it
 * @param error what is wrong, as one line; empty for a unit without an error
 * @param fragment the absolute path of its main file; null if there is none
 * @param dropIns the absolute paths of the files that add to it, in the order in which they apply
 * @param source the absolute path of the file from which the main file was made; null if none was
 */
public record Origin(
    LoadState state,
    String error,
    @Nullable String fragment,
    List<String> dropIns,
    @Nullable String source) {
  public Origin {
    dropIns = List.copyOf(dropIns);
  }

  /** Of a unit that was read from no file, or that is not there at all. */
  public static Origin of(LoadState state) {
    return new Origin(state, "", null, List.of(), null);
  }

  /** The same files, with a unit that cannot be started because of {@code error}. */
  public Origin failed(LoadState state, String error) {
    return new Origin(state, error, fragment, dropIns, source);
  }
}
