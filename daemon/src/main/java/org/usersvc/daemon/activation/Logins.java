package org.usersvc.daemon.activation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.session.Login;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * The logins of the user as sessions. Programs of root, such as the PAM module, keep a file for
 * each login in one directory, and a file {@code lingering} while the user lingers and is not
 * logged in. <b>Loop thread only.</b>
 */
public final class Logins {
  private static final String LINGERING = "lingering";
  private static final String IGNORING = ", ignoring it";
  private static final int MOST = 4096;
  private static final int WRITABLE_BY_OTHERS = 022;

  /** The sessions of the valid entries, by the name of the entry. */
  private final Map<String, Integer> entries = new HashMap<>();

  private final Set<String> complaints = new HashSet<>();
  private final Platform platform;
  private final Supervisor supervisor;
  private final Sessions sessions;
  private final Place place;
  private final PathWatch watch;
  private boolean lookSoon;

  /** The complaints of the last look; they are not logged again. */
  private Set<String> logged = Set.of();

  /**
   * Where the entries are.
   *
   * @param directory absolute path; may not exist yet
   * @param owners the users who may make entries
   */
  public record Place(String directory, Set<Integer> owners) {}

  public Logins(Platform platform, Supervisor supervisor, Sessions sessions, Place place) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.sessions = sessions;
    this.place = place;
    this.watch = supervisor.pathWatch(this::changed, this::changed);
  }

  /** Whether the user lingers and is not logged in. */
  public boolean isLingering() {
    return isTrusted("", Kind.DIRECTORY) && isTrusted("/" + LINGERING, Kind.REGULAR);
  }

  /** Registers all logins, ends the sessions of past ones, and follows later changes. */
  public void begin() {
    look();
  }

  private void changed() {
    if (!lookSoon) {
      lookSoon = true;
      platform.loop().soon(this::look);
    }
  }

  private void look() {
    lookSoon = false;
    try {
      watch.followInto(place.directory());
    } catch (FileFault fault) {
      warn(fault.getMessage() + "; logins and logouts are not noticed");
    }
    supervisor.hold(isLingering());
    try {
      review(names());
    } catch (FileFault fault) {
      warn(fault.getMessage() + "; logins are left as they are");
    }
    logged = Set.copyOf(complaints);
    complaints.clear();
  }

  private Set<String> names() throws FileFault {
    if (!isTrusted("", Kind.DIRECTORY)) {
      return Set.of();
    }
    var names = new TreeSet<>(platform.files().list(FileSystem.ABSOLUTE, place.directory()));
    names.removeIf(name -> !Login.isEntry(name));
    return names;
  }

  private void review(Set<String> names) {
    entries.keySet().retainAll(names);
    var fresh = new LinkedHashMap<String, Login>();
    for (String name : names) {
      var login = entries.containsKey(name) ? null : read(name);
      if (login != null) {
        fresh.put(name, login);
      }
    }
    fresh.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().start()))
        .forEach(entry -> enter(entry.getKey(), entry.getValue()));
    sessions.logout(entries.values());
  }

  /** Null if the entry is gone already, or invalid. */
  private @Nullable Login read(String name) {
    if (!isTrusted("/" + name, Kind.REGULAR)) {
      return null;
    }
    String path = place.directory() + "/" + name;
    try {
      byte[] content = platform.files().read(FileSystem.ABSOLUTE, path, MOST);
      return Login.parse(name, content, complaint -> warn(path + ": " + complaint + IGNORING));
    } catch (FileFault fault) {
      warn(fault.getMessage() + IGNORING);
      return null;
    }
  }

  private void enter(String name, Login login) {
    switch (sessions.login(login)) {
      case Outcome.Registered(Session session) -> entries.put(name, session.id());
      case Outcome.NoLeader _ -> {} // the process has ended before its entry was removed
      case Outcome refused -> warn(place.directory() + "/" + name + ": " + refused.describe());
    }
  }

  /** Whether a file exists and is valid; logs if it is invalid. */
  private boolean isTrusted(String below, Kind kind) {
    String path = place.directory() + below;
    try {
      var found = platform.files().linkStat(FileSystem.ABSOLUTE, path);
      String flaw = found == null ? "" : flaw(found, kind);
      if (!flaw.isEmpty()) {
        warn(path + " " + flaw + IGNORING);
      }
      return found != null && flaw.isEmpty();
    } catch (FileFault fault) {
      warn(fault.getMessage() + IGNORING);
      return false;
    }
  }

  private String flaw(FileStat found, Kind kind) {
    if (found.kind() != kind) {
      return "is no " + (kind == Kind.DIRECTORY ? "directory" : "plain file") + "; remove it";
    }
    if (!place.owners().contains(found.uid())) {
      return "belongs to uid " + found.uid() + " and has to be root's; remove it";
    }
    if ((found.permissions() & WRITABLE_BY_OTHERS) != 0) {
      return "has mode %04o, others may write to it; chmod go-w it".formatted(found.permissions());
    }
    return "";
  }

  private void warn(String complaint) {
    if (complaints.add(complaint) && !logged.contains(complaint)) {
      platform.messages().warn(complaint);
    }
  }
}
