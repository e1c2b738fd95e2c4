package org.usersvc.daemon.socket;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.files.ProcessUsage;
import org.usersvc.daemon.render.ServicePage;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.ServiceView;

/** {@code show}: a page about each service. <b>Loop thread only.</b> */
final class PageVerb {
  /** The memory for a name until it is answered. */
  private static final int NAME_SIZE = 150;

  private static final int LAST_LINES = 10;
  private static final int MOST_PROCESSES = 50;

  private final Operation.Parts parts;
  private final FileSystem files;

  PageVerb(Operation.Parts parts, FileSystem files) {
    this.parts = parts;
    this.files = files;
  }

  void show(Request request, Answer answer) throws IOException {
    if (request.services().isEmpty()) {
      throw new IOException("show needs the name of a service; see usersvc list");
    }
    answer.keeps((long) NAME_SIZE * request.services().size());
    var pages = new Pages(request.json(), new Tally(answer), request.services());
    answer.whenClosed(() -> pages.over = true);
    pages.next();
  }

  /** One answer. The processes are looked at in pieces, and the logs are awaited. */
  private final class Pages {
    private final boolean json;
    private final Tally tally;
    private final List<String> names;
    private int place;
    private boolean over;

    Pages(boolean json, Tally tally, List<String> names) {
      this.json = json;
      this.tally = tally;
      this.names = names;
    }

    void next() {
      if (over) {
        return;
      }
      if (place == names.size()) {
        tally.end();
        return;
      }
      var service = tally.find(parts.services(), names.get(place++));
      if (service == null) {
        parts.loop().soon(() -> tally.answer().attempt(this::next));
        return;
      }
      var found = new TreeMap<Integer, ProcessStat>();
      parts
          .loop()
          .requests()
          .each(
              pids(service.view()),
              pid -> look(pid, found),
              () -> tally.answer().attempt(() -> awaitLog(service, found)));
    }

    private void look(int pid, Map<Integer, ProcessStat> found) {
      var stat = ProcessStat.of(files, pid);
      if (stat != null && !stat.isZombie()) {
        found.put(pid, stat);
      }
    }

    private void awaitLog(Commanded service, Map<Integer, ProcessStat> found) {
      parts
          .operations()
          .lastLines(
              service,
              LAST_LINES,
              lines -> tally.answer().attempt(() -> answer(service.view(), found, lines)));
    }

    private void answer(ServiceView view, Map<Integer, ProcessStat> found, List<String> lines) {
      var page = new ServicePage(view, origin(view), processes(view, found), neededBy(view), lines);
      if (json) {
        tally.answer().out(page.json());
      } else {
        page.text(ZoneId.systemDefault()).forEach(tally.answer()::out);
      }
      next();
    }
  }

  private List<Integer> pids(ServiceView view) {
    try {
      return view.lives() ? ProcessStat.pids(files) : List.of();
    } catch (FileFault noProc) {
      return List.of();
    }
  }

  /** The main process, those of its session, and the descendants of all these. */
  private List<ServicePage.Member> processes(ServiceView view, Map<Integer, ProcessStat> found) {
    int main = view.pid();
    var ours = new HashSet<Integer>();
    ours.add(main);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (var each : found.entrySet()) {
        var stat = each.getValue();
        boolean isOurs = stat.session() == main || ours.contains(stat.parent());
        grows |= isOurs && ours.add(each.getKey());
      }
    }
    var order = new ArrayList<Integer>(List.of(main));
    new TreeSet<>(ours).stream().filter(pid -> pid != main).forEach(order::add);
    var processes = new ArrayList<ServicePage.Member>();
    for (int pid : order.subList(0, Math.min(order.size(), MOST_PROCESSES))) {
      var usage = main == 0 ? null : ProcessUsage.of(files, pid);
      if (usage != null) {
        processes.add(
            new ServicePage.Member(
                pid, usage.cpu().toMillis(), usage.memoryKib(), usage.command()));
      }
    }
    return processes;
  }

  private List<String> neededBy(ServiceView view) {
    var names = view.names();
    var dependents = new TreeSet<String>();
    for (var service : parts.services().all()) {
      var other = service.view();
      if (names.stream().anyMatch(other.needs()::contains)
          || names.stream().anyMatch(other.follows()::contains)) {
        dependents.add(other.nativeName());
      }
    }
    return List.copyOf(dependents);
  }

  private ServicePage.Origin origin(ServiceView view) {
    String directory = view.directory();
    if (directory == null) {
      return new ServicePage.Origin(view.definedIn());
    }
    try {
      return origin(directory);
    } catch (FileFault unreadable) {
      return new ServicePage.Origin(List.of(directory));
    }
  }

  /**
   * A service that was enabled consists of links to the files of a definition, and to those that
   * override them; then {@code .definition} leads to the definition.
   */
  private ServicePage.Origin origin(String directory) throws FileFault {
    String run = target(directory + "/run");
    if (run == null) {
      return new ServicePage.Origin(List.of(directory));
    }
    String definition = target(directory + "/.definition");
    String from =
        definition == null ? run.substring(0, Math.max(run.lastIndexOf('/'), 0)) : definition;
    var own = new TreeSet<String>();
    var overriding = new ArrayList<String>();
    for (String name : new TreeSet<>(files.list(FileSystem.ABSOLUTE, directory))) {
      if (name.startsWith(".") || name.equals("supervise")) {
        continue;
      }
      String target = target(directory + "/" + name);
      if (target == null) {
        own.add(name);
      } else if (definition != null && !target.startsWith(definition + "/")) {
        overriding.add(target);
      }
    }
    return new ServicePage.Origin(List.of(from, directory), List.copyOf(own), overriding);
  }

  /** Where a link leads; null if it is none. */
  private @Nullable String target(String path) throws FileFault {
    var found = files.linkStat(FileSystem.ABSOLUTE, path);
    boolean isLink = found != null && found.kind() == FileStat.Kind.LINK;
    return isLink ? files.readLink(FileSystem.ABSOLUTE, path) : null;
  }
}
