package org.usersvc.daemon.view;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services of one kind, such as service directories. <b>Loop thread only.</b> */
public interface ServiceFamily {
  /**
   * The service or logger that a client names, else the reason why there is none. A service that is
   * still to be opened is opened for this.
   *
   * @param name native text
   */
  LookUp lookUp(String name);

  /**
   * Runs an action as soon as {@link #lookUp} of that name does not take long any more, mostly at
   * once. Actions run in the order in which they came.
   */
  default void prepare(String name, Runnable action) {
    action.run();
  }

  /**
   * Whether what a client names starts by itself, as {@code systemctl is-enabled} says it: {@code
   * enabled}, {@code disabled}, {@code masked} and the like; null if there is nothing of that name.
   *
   * @param name native text
   */
  default @Nullable String enabled(String name) {
    return lookUp(name) instanceof LookUp.Found(var service)
        ? service.view().isNormallyUp() ? "enabled" : "disabled"
        : null;
  }

  /** The service or logger of that native name, also if it is not the first; opens none. */
  @Nullable Commanded known(String name);

  /** Every service without its logger, by name; one with two names is there once. */
  Collection<? extends Commanded> all();

  /** Those of all that the user has asked for, or that need attention. */
  default Collection<? extends Commanded> listed() {
    return all();
  }

  /** The reasons why services cannot be supervised now, by their native names in order. */
  default Map<String, String> refused() {
    return Map.of();
  }

  /** Calls the watcher with every change from now on. */
  void watch(Watcher<Commanded> watcher);
}
