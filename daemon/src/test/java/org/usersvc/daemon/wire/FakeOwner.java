package org.usersvc.daemon.wire;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told of connections. */
public final class FakeOwner implements LinkOwner {
  final List<Link> ready = new ArrayList<>();
  final List<String> lost = new ArrayList<>();
  final List<Emission> emissions = new ArrayList<>();

  @Override
  public void ready(Link link) {
    ready.add(link);
  }

  @Override
  public void lost(Link link, String reason) {
    lost.add(reason);
  }

  @Override
  public void emitted(Link link, Emission emission) {
    emissions.add(emission);
  }
}
