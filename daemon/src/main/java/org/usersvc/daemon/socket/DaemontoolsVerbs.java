package org.usersvc.daemon.socket;

import java.io.IOException;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.render.StatusLine;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.Services;

/** svc, svok and svstat, with daemontools' texts and exit codes. */
final class DaemontoolsVerbs {
  private static final int NOT_SUPERVISED = 100;
  private static final int TROUBLE = 111;
  private static final String LETTERS = "udopchaitkx";
  private static final int MOST_LETTERS = 100;

  private final Services services;
  private final EventLoop loop;

  DaemontoolsVerbs(Services services, EventLoop loop) {
    this.services = services;
    this.loop = loop;
  }

  /** A service that cannot be commanded is a warning, not a failure (svc.c). */
  void svc(Request request, Answer answer) throws IOException {
    String letters = request.words().letters();
    for (int i = 0; i < letters.length(); i++) {
      if (LETTERS.indexOf(letters.charAt(i)) < 0) {
        throw new IOException("svc has no option -" + letters.charAt(i));
      }
    }
    if (letters.length() > MOST_LETTERS) {
      throw new IOException("svc takes at most 100 letters");
    }
    loop.requests()
        .each(
            request.services(),
            name -> answer.attempt(() -> command(name, letters, answer)),
            () -> answer.end(0));
  }

  private void command(String name, String letters, Answer answer) {
    var service = services.find(name);
    if (service == null) {
      answer.err(
          "svc: warning: unable to control "
              + NativeText.printable(name)
              + ": supervise not running");
    } else {
      service.command(letters);
    }
  }

  void svok(Request request, Answer answer) throws IOException {
    if (request.services().size() != 1) {
      throw new IOException("svok takes one service directory");
    }
    String name = request.services().getFirst();
    switch (services.lookUp(name)) {
      case LookUp.Found _ -> answer.end(0);
      case LookUp.NotSupervised _ -> answer.end(NOT_SUPERVISED);
      case LookUp.NoSuchService _ -> {
        answer.err(
            "svok: fatal: unable to chdir to "
                + NativeText.printable(name)
                + ": file does not exist");
        answer.end(TROUBLE);
      }
    }
  }

  void svstat(Request request, Answer answer) {
    loop.requests()
        .each(
            request.services(),
            name -> answer.attempt(() -> svstat(name, answer)),
            () -> answer.end(0));
  }

  private void svstat(String name, Answer answer) {
    var service = services.find(name);
    String shown = NativeText.printable(name) + ": ";
    if (service == null) {
      answer.out(shown + "supervise not running");
      return;
    }
    service.afterwards(
        () -> // it may have been opened for this, and start
        answer.attempt(() -> answer.out(shown + StatusLine.svstat(service.view()))));
  }
}
