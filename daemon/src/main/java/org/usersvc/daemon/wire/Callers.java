package org.usersvc.daemon.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Callers whose calls on one bus take long; the bus notifies us when they leave. <b>Loop thread
 * only.</b>
 */
final class Callers {
  private final Map<String, List<Runnable>> actions = new HashMap<>();
  private final Link bus;

  Callers(Link bus) {
    this.bus = bus;
  }

  /** See {@link Link#whenGone}. */
  Runnable whenGone(String sender, Runnable action) {
    var known = actions.get(sender);
    if (known == null) {
      known = new ArrayList<>();
      actions.put(sender, known);
      follow(sender);
    }
    known.add(action);
    return () -> forget(sender, action);
  }

  /** The caller may have left before we asked the bus for its signal. */
  private void follow(String sender) {
    ask("AddMatch", rule(sender), _ -> {});
    ask(
        "GetNameOwner",
        sender,
        reply -> {
          if (reply instanceof Link.Reply.Failed(String error, String _)
              && error.equals(StandardErrors.NAME_HAS_NO_OWNER)) {
            left(sender);
          }
        });
  }

  private void ask(String member, String text, Consumer<Link.Reply> reply) {
    bus.call(Link.Request.ofBus(member, "s", text), reply);
  }

  private static String rule(String sender) {
    return "type='signal',sender='%s',interface='%s',member='NameOwnerChanged',arg0='%s'"
        .formatted(Link.Request.BUS, Link.Request.BUS, sender);
  }

  private void forget(String sender, Runnable action) {
    var known = actions.get(sender);
    if (known != null && known.remove(action) && known.isEmpty()) {
      actions.remove(sender);
      ask("RemoveMatch", rule(sender), _ -> {});
    }
  }

  /** To be called with each signal that the bus itself sends. */
  void hear(Emission signal) {
    boolean left =
        signal.member().equals("NameOwnerChanged")
            && signal.values().size() == 3
            && signal.values().getLast().equals("");
    if (left && signal.values().getFirst() instanceof String sender) {
      left(sender);
    }
  }

  private void left(String sender) {
    var known = actions.get(sender);
    if (known != null) {
      List.copyOf(known).forEach(Runnable::run);
    }
  }

  /** The bus has gone, and all callers with it. */
  void allLeft() {
    List.copyOf(actions.keySet()).forEach(this::left);
  }
}
