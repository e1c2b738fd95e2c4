package org.usersvc.daemon.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
        page.text().forEach(tally.answer()::out);
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
      return new ServicePage.Origin(view.definedIn(), List.of());
    }
    try {
      return origin(directory);
    } catch (FileFault unreadable) {
      return new ServicePage.Origin(List.of(directory), List.of());
    }
  }

  /** A service that was enabled consists of links to the files of a definition. */
  private ServicePage.Origin origin(String directory) throws FileFault {
    var run = files.linkStat(FileSystem.ABSOLUTE, directory + "/run");
    if (run == null || run.kind() != FileStat.Kind.LINK) {
      return new ServicePage.Origin(List.of(directory), List.of());
    }
    String target = files.readLink(FileSystem.ABSOLUTE, directory + "/run");
    String from = target.substring(0, Math.max(target.lastIndexOf('/'), 0));
    int open = files.openDirectory(FileSystem.ABSOLUTE, directory);
    try {
      var own = new TreeSet<String>();
      for (String name : files.list(open, ".")) {
        var found = files.linkStat(open, name);
        boolean isLink = found != null && found.kind() == FileStat.Kind.LINK;
        if (!isLink && !name.startsWith(".") && !name.equals("supervise")) {
          own.add(name);
        }
      }
      return new ServicePage.Origin(List.of(from, directory), List.copyOf(own));
    } finally {
      files.close(open);
    }
  }
}
