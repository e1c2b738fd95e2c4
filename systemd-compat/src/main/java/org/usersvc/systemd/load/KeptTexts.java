package org.usersvc.systemd.load;

import java.util.HashMap;
import java.util.Map;

/**
 * The texts of drop-ins, of which many units may share the same: each is read once as long as it
 * stays as it is. <b>Loop thread only.</b>
 */
final class KeptTexts {
  /** Texts of that weight together are kept ({@link SourceFile#weight}). */
  private static final long MOST_WEIGHT = 1L << 20;

  private final UnitText text;
  private final UnitIndex index;
  private final Map<String, Kept> kept = new HashMap<>();
  private long weight;

  private record Kept(UnitText.Seen seen, SourceFile file) {}

  KeptTexts(UnitText text, UnitIndex index) {
    this.text = text;
    this.index = index;
  }

  /**
   * The content of a file that was looked at.
   *
   * @throws UnreadableException as {@link UnitText#read}
   */
  SourceFile read(String path, UnitText.Seen seen) throws UnreadableException {
    var before = kept.get(path);
    if (before != null && before.seen().equals(seen)) {
      return before.file();
    }
    var file = text.read(path, seen);
    if (before == null && index.isSettled(seen.changed())) {
      keep(path, new Kept(seen, file));
    } else if (before != null) {
      clear();
    }
    return file;
  }

  private void keep(String path, Kept file) {
    weight += file.file().weight();
    if (weight > MOST_WEIGHT) {
      clear();
    } else {
      kept.put(path, file);
    }
  }

  private void clear() {
    kept.clear();
    weight = 0;
  }
}
