package org.usersvc.daemon.view;

/**
 * Receives the changes of services and loggers, often several in a turn. <b>Loop thread only.</b>
 *
 * @param <S> what stands for a service
 */
public interface Watcher<S> {
  /** A fact about it has changed, or it is new. */
  default void changed(S service) {}

  /**
   * Its state has changed; {@link #changed} was called before.
   *
   * @param before the word of the previous state
   */
  default void moved(S service, String before) {}

  /** Its changes of this turn are recorded and in its files; or it has gone. */
  default void shown(S service) {}

  /** It is not supervised any more. */
  default void gone(S service) {}
}
