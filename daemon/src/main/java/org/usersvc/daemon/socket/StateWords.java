package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.view.Services;

/**
 * What is asked by {@code is-active} and its like: a word for each service, and an exit status as
 * systemctl(1) has it. <b>Loop thread only.</b>
 *
 * @param word the word for a service
 * @param none the word for what is no service
 * @param good the words of which one is enough for exit status 0
 * @param otherwise the exit status if there is none
 */
record StateWords(
    Function<ServiceView, String> word, String none, Set<String> good, int otherwise) {
  static final StateWords IS_ACTIVE =
      new StateWords(ServiceView::activeState, "inactive", Set.of("active", "reloading"), 3);

  static final StateWords IS_FAILED =
      new StateWords(ServiceView::activeState, "inactive", Set.of("failed"), 1);

  static final StateWords IS_ENABLED =
      new StateWords(
          view -> view.isNormallyUp() ? "enabled" : "disabled", "not-found", Set.of("enabled"), 1);

  private static final int NO_SUCH_SERVICE = 4;

  void answer(Services services, Request request, Answer answer) throws IOException {
    if (request.services().isEmpty()) {
      throw new IOException(request.verb() + " needs the name of a service; see usersvc list");
    }
    boolean isGood = false;
    boolean isThere = false;
    for (String name : request.services()) {
      var service = Names.find(services, name, answer);
      String shown = service == null ? none : word.apply(service.view());
      isThere |= service != null;
      isGood |= good.contains(shown);
      answer.out(request.json() ? json(name, shown) : shown);
    }
    answer.end(isGood ? 0 : isThere ? otherwise : NO_SUCH_SERVICE);
  }

  private static String json(String name, String word) {
    return Json.object(json -> {
      json.writeStringField("name", name);
      json.writeStringField("is", word);
    });
  }
}
