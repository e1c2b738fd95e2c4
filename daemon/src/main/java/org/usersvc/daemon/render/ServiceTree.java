package org.usersvc.daemon.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.servicedir.Definition.Needs;
import org.usersvc.daemon.supervise.ServiceRecord;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.view.ServiceView;

/** The dependencies of services, as {@code usersvc tree} shows them. Of one moment. */
public final class ServiceTree {
  /** A service indented deeper than so many characters is shown under a root of its own. */
  private static final int DEEPEST = 300;

  private final TreeMap<String, ServiceRecord> services = new TreeMap<>();
  private final TreeMap<String, Needs> needs = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  public ServiceTree(Supervisor supervisor) {
    for (var service : supervisor.services()) {
      services.put(service.nativeName(), service);
      needs.put(service.nativeName(), supervisor.dependencies().of(service.node()));
    }
  }

  /** A line for each service, under each of its dependents; its own needs are shown once. */
  public List<String> text() {
    var needed = new HashSet<String>();
    needs.values().forEach(each -> needed.addAll(all(each)));
    services.keySet().stream().filter(name -> !needed.contains(name)).forEach(this::addRoot);
    services.keySet().stream().filter(name -> !shown.contains(name)).forEach(this::addRoot);
    return lines;
  }

  private void addRoot(String name) {
    add(name, "", "", "");
  }

  private void add(String name, String first, String rest, String kind) {
    boolean again = !shown.add(name);
    var below = needs.get(name);
    boolean deep = rest.length() > DEEPEST;
    boolean cut = (again || deep) && below != null && !below.isEmpty();
    lines.add(
        first + NativeText.printable(name) + " (" + state(name) + kind + ")" + (cut ? " ..." : ""));
    if (below == null || again || deep) {
      return;
    }
    var names = List.copyOf(all(below));
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      String soft = below.hard().contains(names.get(i)) ? "" : ", only waited for";
      add(names.get(i), rest + (last ? "`- " : "|- "), rest + (last ? "   " : "|  "), soft);
    }
  }

  private String state(String name) {
    var service = services.get(name);
    return service == null ? "does not exist" : new ServiceView(service.main()).state();
  }

  private static Set<String> all(Needs needs) {
    var all = new TreeSet<>(needs.hard());
    all.addAll(needs.soft());
    return all;
  }

  /** The same for graphviz: an arrow leads from a service to each service that it needs. */
  public List<String> dot() {
    lines.add("digraph usersvc {");
    services.forEach((name, service) ->
        lines.add("  " + quoted(name) + " [label=" + quoted(name + "\\n" + state(name)) + "];"));
    needs.forEach((name, below) -> {
      for (String other : all(below)) {
        String style = below.hard().contains(other) ? ";" : " [style=dashed];";
        lines.add("  " + quoted(name) + " -> " + quoted(other) + style);
      }
    });
    lines.add("}");
    return lines;
  }

  private static String quoted(String name) {
    return '"' + NativeText.printable(name).replace("\"", "\\\"") + '"';
  }

  /** A JSON document for each service. */
  public List<String> json() {
    services.forEach((name, service) ->
        lines.add(
            Json.object(json -> {
              json.writeStringField("name", name);
              json.writeStringField("state", state(name));
              var below = needs.getOrDefault(name, new Needs(Set.of(), Set.of()));
              Json.texts(json, "depends_on", below.hard());
              Json.texts(json, "waits_for", below.soft());
            })));
    return lines;
  }
}
