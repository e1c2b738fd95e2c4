package org.usersvc.daemon.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.view.ServiceView;

/** The dependencies of services, as {@code usersvc tree} shows them. Of one moment. */
public final class ServiceTree {
  /** A service indented deeper than so many characters is shown under a root of its own. */
  private static final int DEEPEST = 300;

  private final TreeMap<String, ServiceView> services = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();

  private final Palette palette;

  public ServiceTree(Collection<ServiceView> views, Palette palette) {
    this.palette = palette;
    views.forEach(view -> services.put(view.nativeName(), view));
  }

  /** A line for each service, under each of its dependents; its own needs are shown once. */
  public List<String> text() {
    var needed = new HashSet<String>();
    services.values().forEach(each -> needed.addAll(all(each)));
    services.keySet().stream().filter(name -> !needed.contains(name)).forEach(this::addRoot);
    services.keySet().stream().filter(name -> !shown.contains(name)).forEach(this::addRoot);
    return lines;
  }

  private void addRoot(String name) {
    add(name, "", "", "");
  }

  private void add(String name, String first, String rest, String kind) {
    boolean again = !shown.add(name);
    var service = services.get(name);
    var below = service == null ? List.<String>of() : List.copyOf(all(service));
    boolean deep = rest.length() > DEEPEST;
    boolean cut = (again || deep) && !below.isEmpty();
    String state = painted(service, state(name));
    lines.add(first + NativeText.printable(name) + " (" + state + kind + ")" + (cut ? " ..." : ""));
    if (service == null || again || deep) {
      return;
    }
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      String soft = service.needs().contains(below.get(i)) ? "" : ", only waited for";
      add(below.get(i), rest + (last ? "`- " : "|- "), rest + (last ? "   " : "|  "), soft);
    }
  }

  private String painted(@Nullable ServiceView service, String state) {
    return service == null ? palette.trouble(state) : palette.state(service, state);
  }

  private String state(String name) {
    var service = services.get(name);
    return service == null ? "does not exist" : service.state();
  }

  private static Set<String> all(ServiceView service) {
    var all = new TreeSet<>(service.needs());
    all.addAll(service.follows());
    return all;
  }

  /** The same for graphviz: an arrow leads from a service to each service that it needs. */
  public List<String> dot() {
    lines.add("digraph usersvc {");
    services.forEach((name, service) ->
        lines.add("  " + quoted(name) + " [label=" + quoted(name + "\\n" + state(name)) + "];"));
    services.forEach((name, service) -> {
      for (String other : all(service)) {
        String style = service.needs().contains(other) ? ";" : " [style=dashed];";
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
              Json.texts(json, "depends_on", service.needs());
              Json.texts(json, "waits_for", service.follows());
            })));
    return lines;
  }
}
