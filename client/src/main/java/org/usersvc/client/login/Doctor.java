package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.NativePath;

/** Examines the start of the daemon at the login of a user. Changes nothing. */
public final class Doctor {
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int STICKY = 01000;
  private static final int PRIVATE = 0700;

  private final Findings findings = new Findings();
  private final Account user;
  private final boolean ofSelf;
  private final Map<String, String> environment;
  private final Root root;

  private Doctor(Account user, boolean ofSelf, Map<String, String> environment) {
    this.user = user;
    this.ofSelf = ofSelf;
    this.environment = environment;
    this.root = Root.of(environment);
  }

  /**
   * The findings about the logins of a user.
   *
   * @param ofSelf whether that is the calling user, in a login of his
   */
  public static List<Finding> examine(
      Account user, boolean ofSelf, Map<String, String> environment, String instance) {
    return new Doctor(user, ofSelf, environment).all(instance);
  }

  /** The findings about what starts the daemon at a login of the calling user. */
  static List<Finding> start(Account self, Map<String, String> environment) {
    var doctor = new Doctor(self, true, environment);
    doctor.start();
    return doctor.findings.all();
  }

  /** The findings about the runtime directory of the calling user. */
  static List<Finding> runtime(Account self, Map<String, String> environment) {
    var doctor = new Doctor(self, true, environment);
    doctor.findings.of(doctor::runtimeDirectory);
    return doctor.findings.all();
  }

  private void start() {
    findings.of(() -> new PamCheck(root, findings).run());
    findings.of(() -> new PamConfCheck(root, findings).run());
    findings.of(this::logins);
    findings.of(this::linger);
    findings.of(this::openRc);
  }

  private List<Finding> all(String instance) {
    start();
    findings.of(() -> placesOfTheUser(instance));
    return findings.all();
  }

  /** Places where root would wait for ever for a file system of the user that does not answer. */
  private void placesOfTheUser(String instance) throws IOException {
    String path = runtime();
    if (!ofSelf && !FileFacts.answers(path, path + "/usersvc/control")) {
      findings.fail(path + " does not answer; umount -l what the user has mounted there");
      return;
    }
    findings.of(this::runtimeDirectory);
    findings.of(() -> daemon(instance));
    if (ofSelf) {
      findings.of(() -> CrashReports.count(environment, findings));
    }
  }

  private Path ownLogins() {
    return root.logins().resolve(Integer.toUnsignedString(user.uid()));
  }

  private void logins() throws IOException {
    for (Path directory : List.of(root.logins(), ownLogins())) {
      String path = NativePath.text(directory);
      @Nullable FileFacts facts = FileFacts.of(directory, LinkOption.NOFOLLOW_LINKS);
      if (facts == null) {
        findings.ok(path + " is not there yet: the first login makes it");
        return;
      }
      String flaw = facts.isDirectory() ? facts.flaw(root.owner()) : "is no directory; remove it";
      if (flaw.isEmpty() && (facts.permissions() & 055) != 055) {
        flaw = "has mode %04o, users cannot read it; chmod 755 it".formatted(facts.permissions());
      }
      report(path, flaw);
    }
  }

  private void report(String subject, String flaw) {
    if (flaw.isEmpty()) {
      findings.ok(subject);
    } else {
      findings.fail(subject + " " + flaw);
    }
  }

  private void linger() throws IOException {
    String path = NativePath.text(root.linger());
    @Nullable FileFacts facts = FileFacts.of(root.linger());
    if (facts == null) {
      findings.warn(path + " is not there, nobody can linger; as root: install -d -m 1733 " + path);
      return;
    }
    report(path, lingerFlaw(facts));
    LingerFile file = LingerFile.of(user, environment);
    LingerFile.Standing standing = file.standing();
    findings.add(
        standing.on() || standing.owner().isEmpty() ? Finding.Level.OK : Finding.Level.WARN,
        "linger of " + file.describe(standing));
  }

  private String lingerFlaw(FileFacts facts) throws IOException {
    if (!facts.isDirectory()) {
      return "is no directory; remove it, then, as root: install -d -m 1733 it";
    }
    if (facts.uid() != root.owner()) {
      return facts.flaw(root.owner());
    }
    boolean open = (facts.permissions() & WRITABLE_BY_OTHERS) != 0;
    return open && (facts.permissions() & STICKY) == 0
        ? "has mode %04o, users may remove what others have made; chmod 1733 it"
            .formatted(facts.permissions())
        : "";
  }

  private void openRc() throws IOException {
    if (!Files.exists(root.path("/sbin/openrc-run"))
        && !Files.exists(root.path("/usr/sbin/openrc-run"))) {
      findings.ok("OpenRC is not there");
      return;
    }
    String script = "/etc/init.d/usersvc";
    String own = script + "." + user.name();
    @Nullable FileFacts link = FileFacts.of(root.path(own), LinkOption.NOFOLLOW_LINKS);
    if (link == null) {
      boolean installed = Files.exists(root.path(script));
      findings.warn(
          installed
              ? own + " is not there; ln -s usersvc " + own
              : script + " is not there; make install-openrc");
      return;
    }
    @Nullable FileFacts facts = FileFacts.of(root.path(own));
    if (facts == null) {
      findings.fail(own + " leads nowhere; make install-openrc");
    } else if (!link.isLink()) {
      findings.warn(own + " is no link; ln -sf usersvc " + own + " to have what is installed");
    } else {
      boolean runs = Files.isExecutable(root.path(own));
      String flaw = facts.flaw(root.owner());
      report(own, flaw.isEmpty() && !runs ? "is not executable; chmod 755 it" : flaw);
    }
  }

  private void runtimeDirectory() throws IOException {
    String path = runtime();
    if (ofSelf && environment.getOrDefault("XDG_RUNTIME_DIR", "").isEmpty()) {
      findings.warn("XDG_RUNTIME_DIR is not set; use pam_usersvc.so, or log in through elogind");
      return;
    }
    @Nullable FileFacts facts = FileFacts.of(NativePath.of(path));
    if (facts == null) {
      findings.add(
          ofSelf ? Finding.Level.FAIL : Finding.Level.OK,
          "the runtime directory " + path + " is not there; the next login makes it");
    } else if (!facts.isDirectory() || facts.uid() != user.uid()) {
      findings.fail(
          "%s has to be a directory of %s; remove it, and log in anew"
              .formatted(path, user.name()));
    } else {
      report(
          path,
          facts.permissions() == PRIVATE
              ? ""
              : "has mode %04o, others may look into it; chmod 700 it"
                  .formatted(facts.permissions()));
    }
  }

  private String runtime() {
    String own = ofSelf ? environment.getOrDefault("XDG_RUNTIME_DIR", "") : "";
    String usual = root.prefix() + "/run/user/" + Integer.toUnsignedString(user.uid());
    return own.startsWith("/") ? own : usual;
  }

  private void daemon(String instance) throws IOException {
    SortedSet<Long> logins = LoginEntries.in(ownLogins());
    var socket =
        ofSelf
            ? ControlSocket.locate(environment, instance)
            : ControlSocket.in(runtime(), instance);
    var check = new DaemonCheck(socket, findings);
    check.run(logins, ofSelf || !logins.isEmpty());
    if (ofSelf && !LoginEntries.isWithin(logins)) {
      findings.warn(
          "this login is not entered in %s; log in anew if a line in /etc/pam.d is new"
              .formatted(NativePath.text(ownLogins())));
    }
  }
}
