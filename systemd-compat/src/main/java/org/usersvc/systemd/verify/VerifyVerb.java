package org.usersvc.systemd.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitPath;
import org.usersvc.systemd.read.UserSpecifiers;
import org.usersvc.systemd.syntax.Specifiers;

/**
 * Answers {@code usersvc verify UNIT|FILE...}: a line for each finding; exit status 1 if one of
 * them is more than a note. <b>Loop thread only.</b>
 */
public final class VerifyVerb implements Verbs.Handler {
  private static final int USAGE = 100;

  /** Specifiers of the machine and of the unit's file; their values decide nothing here. */
  private static final String MACHINE = "aAbBdgGHlmMoqUvwWyY";

  private final Host host;

  public VerifyVerb(Host host) {
    this.host = host;
  }

  @Override
  public void answer(List<String> words, Verbs.Reply reply) {
    if (words.isEmpty()) {
      reply.err("verify needs the name of a unit or the path of a file");
      reply.end(USAGE);
      return;
    }
    var mechanisms = host.mechanisms();
    var verifier = verifier(mechanisms);
    verifier.refresh();
    mechanisms.turns().inPieces(new Verification(verifier, words, reply));
  }

  private Verifier verifier(Mechanisms mechanisms) {
    var variables = new HashMap<>(host.environment().variables());
    variables.put("XDG_RUNTIME_DIR", host.runtime());
    var files = mechanisms.files();
    var path = UnitPath.of(variables, UnitPath.shipped());
    var clock = mechanisms.turns().clock();
    return new Verifier(files, new UnitIndex(files, path, clock::wall), values(variables));
  }

  private static Specifiers.Source values(Map<String, String> variables) {
    var user = new UserSpecifiers(variables);
    return letter ->
        user.value(letter)
            .or(() -> MACHINE.indexOf(letter) < 0 ? Optional.empty() : Optional.of("x"));
  }
}
