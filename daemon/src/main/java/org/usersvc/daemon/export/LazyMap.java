package org.usersvc.daemon.export;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A map whose entries are made while it is written out, so that not all of them are in memory at
 * once.
 */
final class LazyMap<S, K, V> extends AbstractMap<K, V> {
  private final List<S> sources;
  private final Function<S, K> key;
  private final Function<S, V> value;

  /**
   * @param sources each makes one entry; all keys differ
   */
  LazyMap(List<S> sources, Function<S, K> key, Function<S, V> value) {
    this.sources = sources;
    this.key = key;
    this.value = value;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public Iterator<Entry<K, V>> iterator() {
      return sources.stream().map(each -> Map.entry(key.apply(each), value.apply(each))).iterator();
    }

    @Override
    public int size() {
      return sources.size();
    }
  }
}
