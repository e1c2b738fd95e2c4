package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

/**
 * What is asked by {@code is-active} and its like: a word for each service, and an exit status as
 * systemctl(1) has it. <b>Loop thread only.</b>
 *
 * @param word the word for what is called so; null if there is nothing
 * @param none the word for what is no service
 * @param good the words of which one is enough for exit status 0
 * @param otherwise the exit status if there is none
 */
record StateWords(
    BiFunction<Services, String, @Nullable String> word,
    String none,
    Set<String> good,
    int otherwise) {
  static final StateWords IS_ACTIVE =
      new StateWords(StateWords::active, "inactive", Set.of("active", "reloading"), 3);

  static final StateWords IS_FAILED =
      new StateWords(StateWords::active, "inactive", Set.of("failed"), 1);

  static final StateWords IS_ENABLED =
      new StateWords(
          Names::enabled,
          "not-found",
          Set.of("enabled", "enabled-runtime", "static", "alias", "indirect", "generated"),
          1);

  private static final int NO_SUCH_SERVICE = 4;

  void answer(Services services, Request request, Answer answer) throws IOException {
    if (request.services().isEmpty()) {
      throw new IOException(request.verb() + " needs the name of a service; see usersvc list");
    }
    boolean isGood = false;
    boolean isThere = false;
    for (String name : request.services()) {
      String found = word.apply(services, name);
      String shown = found == null ? none : found;
      if (found == null) {
        Names.find(services, name, answer::err); // which says why
      }
      isThere |= found != null;
      isGood |= good.contains(shown);
      answer.out(request.json() ? json(name, shown) : shown);
    }
    answer.end(isGood ? 0 : isThere ? otherwise : NO_SUCH_SERVICE);
  }

  private static @Nullable String active(Services services, String name) {
    return Names.lookUp(services, name) instanceof LookUp.Found(var service)
        ? service.view().activeState()
        : null;
  }

  private static String json(String name, String word) {
    return Json.object(json -> {
      json.writeStringField("name", name);
      json.writeStringField("is", word);
    });
  }
}
