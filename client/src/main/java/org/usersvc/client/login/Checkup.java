package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.log.LogRoot;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.NativePath;

/**
 * Examines what the services of the calling user depend on, in the order in which faults are to be
 * mended: what comes later often follows from what comes before. Changes nothing.
 */
public final class Checkup {
  private static final String BUS = "DBUS_SESSION_BUS_ADDRESS";
  private static final String REGISTER =
      "; usersvc session register brings it (in the start of sway: exec usersvc session register)";

  /** Less room is a full disk. */
  private static final long ROOM = 1 << 20;

  private final Findings findings = new Findings();
  private final Account self;
  private final Map<String, String> environment;
  private final ControlSocket socket;
  private final DaemonCheck daemon;

  private Checkup(Account self, Map<String, String> environment, String instance) {
    this.self = self;
    this.environment = environment;
    this.socket = ControlSocket.locate(environment, instance);
    this.daemon = new DaemonCheck(socket, findings);
  }

  /** The findings about the calling user. */
  public static List<Finding> examine(
      Account self, Map<String, String> environment, String instance) {
    return new Checkup(self, environment, instance).all(instance);
  }

  /** The one thing to do: about the first fault, empty if there is none. */
  public static String advice(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.level() == Finding.Level.FAIL) {
        return finding.text();
      }
    }
    return "";
  }

  private List<Finding> all(String instance) {
    findings.of(() -> daemon.run(Collections.emptySortedSet(), true));
    String scan = ScanDirectory.asked(socket);
    findings.addAll(Doctor.runtime(self, environment));
    findings.of(() -> scanDirectory(scan.isEmpty() ? ScanDirectory.usual(environment) : scan));
    if (!scan.isEmpty()) {
      services();
      definitions();
      variables();
    }
    findings.of(() -> log(LogRoot.locate(environment, instance).path()));
    findings.of(() -> CrashReports.count(environment, findings));
    findings.addAll(Doctor.start(self, environment));
    return findings.all();
  }

  private void scanDirectory(String path) throws IOException {
    @Nullable FileFacts facts = FileFacts.of(NativePath.of(path));
    if (facts == null) {
      findings.warn("the scan directory " + path + " is not there; mkdir -p " + path);
    } else if (!facts.isDirectory()) {
      findings.fail("the scan directory " + path + " is no directory; mv it away");
    } else if (facts.uid() != self.uid()) {
      findings.fail(
          "the scan directory " + path + " belongs to another user; chown it to " + self.name());
    } else {
      findings.ok("scan directory " + path);
    }
  }

  private void services() {
    List<Map<String, String>> services = daemon.documents("list", "");
    int failed = 0;
    for (Map<String, String> service : services) {
      String state = service.getOrDefault("state", "");
      String name = service.getOrDefault("name", "");
      String why = service.getOrDefault("why", "");
      String line = name + ": " + state + (why.isEmpty() ? "" : ", " + why);
      if (state.equals("failed") || state.equals("backoff") || state.equals("settling")) {
        failed++;
        findings.fail(line + "; see usersvc log " + name);
      } else if (state.equals("waiting")) {
        findings.warn(line + "; usersvc show " + name + " says what brings it");
      }
    }
    if (services.isEmpty()) {
      findings.warn("there are no services; usersvc enable lists what can be enabled");
    } else if (failed == 0) {
      findings.ok("none of " + services.size() + " services has failed");
    }
  }

  private void definitions() {
    int count = daemon.documents("enable", ",\"words\":[]").size();
    if (count == 0) {
      findings.warn("nothing can be enabled; usersvc enable says where definitions are looked for");
    } else {
      findings.ok(count + " services can be enabled; usersvc enable lists them");
    }
  }

  /** The bus, and the other variables of the desktop from which this is asked. */
  private void variables() {
    List<Map<String, String>> answer = daemon.documents("env", ",\"words\":[]");
    if (answer.size() != 1) {
      findings.warn("usersvcd does not show the environment of services; see usersvc env");
      return;
    }
    Map<String, String> given = answer.getFirst();
    if (!given.containsKey(BUS) && !environment.containsKey(BUS)) {
      findings.warn("there is no message bus; start the desktop by dbus-run-session");
    }
    for (String name : List.of(BUS, "WAYLAND_DISPLAY", "DISPLAY")) {
      String here = environment.getOrDefault(name, "");
      String there = given.getOrDefault(name, "");
      if (!here.isEmpty() && there.isEmpty()) {
        findings.warn("services do not have " + name + "=" + here + " of this terminal" + REGISTER);
      } else if (!there.isEmpty()) {
        findings.ok("services have " + name + "=" + there);
      }
    }
    int sessions = daemon.documents("session", ",\"words\":[\"list\"]").size();
    findings.ok(sessions == 1 ? "1 session is registered" : sessions + " sessions are registered");
  }

  private void log(Path root) throws IOException {
    String path = NativePath.text(root);
    if (!Files.isDirectory(root)) {
      findings.ok("there are no logs yet; they will be in " + path);
    } else if (!Files.isWritable(root)) {
      findings.fail("logs cannot be written to " + path + "; chmod u+rwx it");
    } else if (Files.getFileStore(root).getUsableSpace() < ROOM) {
      findings.fail("the file system of the logs in " + path + " is full; make room there");
    } else {
      findings.ok("logs in " + path);
    }
  }
}
