package org.usersvc.daemon.supervise;

import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.order.Node;

/** A service as a node of the dependencies. */
record ServiceNode(ServiceRecord service) implements Node {
  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String nativeName() {
    return service.nativeName();
  }

  @Override
  public Set<String> names() {
    return service.names();
  }

  @Override
  public ServiceState state() {
    return service.main().state();
  }

  @Override
  public boolean isStopping() {
    return service.isStopping();
  }

  @Override
  public boolean isHeldBack() {
    return service.main().isHeldBack();
  }

  @Override
  public boolean isCommandedUp() {
    return service.main().parts().letters().endWithUp();
  }

  @Override
  public boolean isResumed() {
    return service.main().isResumed();
  }

  @Override
  public boolean lingers() {
    return service.main().definition().lingers();
  }

  @Override
  public boolean lacksVariables() {
    return !service.main().parts().environment().missing().isEmpty();
  }

  @Override
  public boolean hasJustTried(long before) {
    return service.main().history().hasJustTried(before);
  }

  @Override
  public void command(Command command) {
    service.main().command(command);
  }

  @Override
  public void feed(Event event) {
    service.main().feed(event);
  }

  @Override
  public void needArrived() {
    service.main().parts().needs().arrived();
  }

  @Override
  public void goOnStopping() {
    service.goOnStopping();
  }

  @Override
  public void hasten() {
    service.main().hasten();
  }

  @Override
  public void checkOnce() {
    service.main().parts().readiness().checkOnce();
  }
}
