package org.usersvc.daemon.socket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.enable.AvailableServices.Offer;
import org.usersvc.daemon.enable.DisableOutcome;
import org.usersvc.daemon.enable.EnableOutcome;
import org.usersvc.daemon.enable.Enablement.Choice;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.Json;
import org.usersvc.daemon.view.ServiceView;

/** The texts about enabling and disabling for clients. */
final class EnableTexts {
  private static final String NO_NAME =
      "it is no name of a service: a name has no slash and does not begin with a dot";

  private EnableTexts() {}

  /** Why it failed and what helps, null if it did not. */
  static @Nullable String failure(String scan, String name, EnableOutcome outcome) {
    return switch (outcome) {
      case EnableOutcome.Enabled _, EnableOutcome.AlreadyEnabled _, EnableOutcome.Renewed _ -> null;
      case EnableOutcome.NotAName() -> NO_NAME;
      case EnableOutcome.Failed(String reason) -> reason;
      case EnableOutcome.Masked(var link) ->
          "it is masked by "
              + NativeText.printable(link)
              + "; usersvc unmask "
              + NativeText.printable(name)
              + ", if that is yours, lets it be enabled";
      case EnableOutcome.NotAvailable(var looked, var near) ->
          "no available service (a directory with a run) in "
              + NativeText.printable(String.join(", ", looked))
              + (near == null ? "" : "; did you mean " + NativeText.printable(near) + "?");
      case EnableOutcome.InTheWay(var entry) ->
          scan
              + "/"
              + NativeText.printable(entry)
              + " is in the way and was not made by usersvc enable; mv it away";
      case EnableOutcome.EnabledFromElsewhere(var other, var wanted) ->
          "it is enabled already from "
              + NativeText.printable(other)
              + "; usersvc disable "
              + NativeText.printable(name)
              + " first, to enable "
              + NativeText.printable(wanted);
    };
  }

  /** The same of disabling. */
  static @Nullable String failure(String scan, String name, DisableOutcome outcome) {
    return switch (outcome) {
      case DisableOutcome.Disabled _, DisableOutcome.Unlinked _ -> null;
      case DisableOutcome.NotAName() -> NO_NAME;
      case DisableOutcome.Failed(String reason) -> reason;
      case DisableOutcome.NotEnabled() -> "it is not enabled: nothing of that name is in " + scan;
      case DisableOutcome.NotOurs(var entry) ->
          scan
              + "/"
              + NativeText.printable(entry)
              + " was not made by usersvc enable and is kept; mv it away"
              + (entry.equals(name) ? "" : ", then disable again");
    };
  }

  static String enabled(String name, EnableOutcome outcome, boolean json) {
    return switch (outcome) {
      case EnableOutcome.Enabled(var from) ->
          json ? json(name, "enabled", from) : line(name, "enabled (from ", from);
      case EnableOutcome.AlreadyEnabled(var from) ->
          json ? json(name, "already_enabled", from) : line(name, "already enabled (from ", from);
      case EnableOutcome.Renewed(var from) ->
          json
              ? json(name, "renewed", from)
              : line(name, "files renewed; usersvc restart runs it with them (from ", from);
      case EnableOutcome.EnabledFromElsewhere _,
          EnableOutcome.InTheWay _,
          EnableOutcome.Masked _,
          EnableOutcome.NotAvailable _,
          EnableOutcome.NotAName _,
          EnableOutcome.Failed _ ->
          throw new IllegalArgumentException("a failure: " + outcome);
    };
  }

  /** What is enabled, and starts when what it waits for comes. */
  static String waits(String name, ServiceView view, String wait, boolean json) {
    if (!json) {
      return NativeText.printable(name) + ": starts " + wait;
    }
    String service = Json.service(view);
    return Json.object(object -> {
      object.writeStringField("outcome", "waits");
      object.writeFieldName("service");
      object.writeRawValue(service);
    });
  }

  static String disabled(String name, DisableOutcome outcome, boolean json) {
    return switch (outcome) {
      case DisableOutcome.Disabled _ ->
          json ? json(name, "disabled", null) : NativeText.printable(name) + ": disabled";
      case DisableOutcome.Unlinked(var target) ->
          json ? json(name, "disabled", target) : line(name, "disabled (it was a link to ", target);
      case DisableOutcome.NotEnabled _,
          DisableOutcome.NotOurs _,
          DisableOutcome.NotAName _,
          DisableOutcome.Failed _ ->
          throw new IllegalArgumentException("a failure: " + outcome);
    };
  }

  /** A line for each service that can be enabled. */
  static List<String> offers(Choice choice) {
    int width = choice.offers().stream().mapToInt(offer -> offer.name().length()).max().orElse(0);
    var lines = new ArrayList<String>();
    for (var offer : choice.offers()) {
      String name = NativeText.printable(offer.name());
      String state = choice.enabled().contains(offer.name()) ? "enabled" : "-      ";
      String what = offer.comment().isEmpty() ? offer.path() : offer.comment();
      String gap = " ".repeat(Math.max(0, width - name.length()) + 2);
      lines.add(name + gap + state + "  " + NativeText.printable(what));
    }
    return lines;
  }

  static String offer(Choice choice, Offer offer) {
    return Json.object(json -> {
      json.writeStringField("name", offer.name());
      json.writeBooleanField("enabled", choice.enabled().contains(offer.name()));
      json.writeStringField("from", offer.path());
      json.writeStringField("comment", offer.comment());
    });
  }

  private static String line(String name, String done, String from) {
    return NativeText.printable(name) + ": " + done + NativeText.printable(from) + ")";
  }

  private static String json(String name, String outcome, @Nullable String from) {
    return Json.object(json -> {
      json.writeStringField("name", name);
      json.writeStringField("outcome", outcome);
      if (from != null) {
        json.writeStringField("from", from);
      }
    });
  }
}
