package org.usersvc.daemon.socket;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.render.ScheduleTable;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.daemon.view.Services;

/** The verb {@code schedule}: when services start by the clock. <b>Loop thread only.</b> */
final class ScheduleVerb {
  private final Services services;
  private final Clock clock;

  ScheduleVerb(Services services, Clock clock) {
    this.services = services;
    this.clock = clock;
  }

  void answer(Request request, Answer answer) {
    var tally = new Tally(answer);
    var found = new ArrayList<ServiceView>();
    for (String name : request.services()) {
      var service = tally.find(services, name);
      if (service != null && service.view().isScheduled()) {
        found.add(service.view());
      } else if (service != null) {
        tally.fail(name, "has no schedule; write one into its directory: usersvc-schedule(7)");
      }
    }
    if (request.services().isEmpty()) {
      services.all().stream()
          .map(Commanded::view)
          .filter(ServiceView::isScheduled)
          .forEach(found::add);
    }
    show(found, request, answer);
    tally.end();
  }

  private void show(List<ServiceView> found, Request request, Answer answer) {
    if (request.json()) {
      ScheduleTable.sorted(found).forEach(view -> answer.out(Json.service(view)));
    } else if (!found.isEmpty()) {
      var zone = ZoneId.systemDefault();
      ScheduleTable.of(found, clock.wall(), zone).forEach(answer::out);
    } else if (request.services().isEmpty()) {
      answer.err("usersvc: no service has a schedule; see usersvc-schedule(7)");
    }
  }
}
