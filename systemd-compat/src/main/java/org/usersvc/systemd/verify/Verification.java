package org.usersvc.systemd.verify;

import java.util.Iterator;
import java.util.List;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.loop.Pieces;

/** One request: each unit is a piece of its work. <b>Loop thread only.</b> */
final class Verification implements Pieces.Work {
  /** So many findings about one unit are shown. */
  static final int MOST = 1000;

  private final Verifier verifier;
  private final Iterator<String> words;
  private final Verbs.Reply reply;
  private boolean isWrong;

  Verification(Verifier verifier, List<String> words, Verbs.Reply reply) {
    this.verifier = verifier;
    this.words = words.iterator();
    this.reply = reply;
  }

  @Override
  public boolean next() {
    boolean goesOn = false;
    try {
      if (words.hasNext() && reply.isOpen()) {
        show(verifier.check(words.next()));
        goesOn = true;
      }
    } finally {
      if (!goesOn) { // also if it throws, so that no client is left waiting
        reply.end(isWrong || words.hasNext() ? 1 : 0);
      }
    }
    return goesOn;
  }

  private void show(List<Finding> findings) {
    isWrong |= findings.stream().anyMatch(finding -> !finding.isNote());
    findings.stream().limit(MOST).forEach(finding -> reply.out(finding.text(), finding.fields()));
    if (findings.size() > MOST) {
      var last = findings.get(MOST).problem();
      reply.err(last.file() + ": " + (findings.size() - MOST) + " more findings are not shown");
    }
  }
}
