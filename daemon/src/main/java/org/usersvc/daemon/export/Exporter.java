package org.usersvc.daemon.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.Calls;
import org.usersvc.daemon.wire.StandardErrors;

/**
 * Passes calls to the objects of a tree: by path, interface, member and signature, with the errors
 * of the specification. Every object has Properties, Introspectable and Peer too. <b>Loop thread
 * only.</b>
 */
public final class Exporter implements Calls {
  private final ObjectTree tree;
  private final StandardInterfaces.Peer peer;

  /**
   * @param machineId returns the machine's id, null if it has none
   */
  public Exporter(ObjectTree tree, Supplier<@Nullable String> machineId) {
    this.tree = tree;
    this.peer = new StandardInterfaces.Peer(machineId);
  }

  @Override
  public void take(Call call) {
    tree.find(call, own -> take(call, own));
  }

  private void take(Call call, @Nullable List<Served> own) {
    if (own == null && !call.interfaceName().equals(peer.type().name())) {
      call.fail(StandardErrors.UNKNOWN_OBJECT, "no object " + call.path());
      return;
    }
    var all = own == null ? List.<Served>of(peer) : withStandard(call.path(), own);
    var served = call.interfaceName().isEmpty() ? byMember(all, call) : byName(all, call);
    if (served == null) {
      return;
    }
    var method = served.type().methods().get(call.member());
    String called = served.type().name() + "." + call.member();
    if (method == null) {
      call.fail(StandardErrors.UNKNOWN_METHOD, "no method " + called);
    } else if (!method.in().equals(call.signature())) {
      call.fail(
          StandardErrors.INVALID_ARGS,
          called + " takes (" + method.in() + "), not (" + call.signature() + ")");
    } else {
      served.call(call);
    }
  }

  private List<Served> withStandard(String path, List<Served> own) {
    var all = new ArrayList<>(own);
    if (tree.isManager(path)) {
      all.add(new StandardInterfaces.Manager(tree, path));
    }
    all.add(new StandardInterfaces.Introspection(tree, path, all));
    all.add(peer);
    if (!own.isEmpty()) {
      all.add(new StandardInterfaces.Properties(own, all));
    }
    return all;
  }

  private static @Nullable Served byName(List<Served> all, Call call) {
    for (var served : all) {
      if (served.type().name().equals(call.interfaceName())) {
        return served;
      }
    }
    call.fail(
        StandardErrors.UNKNOWN_INTERFACE,
        call.path() + " has no interface " + call.interfaceName());
    return null;
  }

  /** The first that has the member with that signature, else the first that has the member. */
  private static @Nullable Served byMember(List<Served> all, Call call) {
    Served found = null;
    for (var served : all) {
      var method = served.type().methods().get(call.member());
      if (method != null && method.in().equals(call.signature())) {
        return served;
      }
      found = method != null && found == null ? served : found;
    }
    if (found == null) {
      call.fail(StandardErrors.UNKNOWN_METHOD, call.path() + " has no method " + call.member());
    }
    return found;
  }
}
