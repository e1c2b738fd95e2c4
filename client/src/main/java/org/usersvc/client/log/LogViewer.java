package org.usersvc.client.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;
import org.usersvc.client.socket.Output;

/** Shows the logs of services: finds them, reads their last lines, merges and follows them. */
public final class LogViewer {
  private final LogRoot root;
  private final LogFinder finder;
  private final LogQuery query;
  private final Output output;
  private final ZoneId zone;
  private final boolean quiet;

  /** The daemon's lines about the services that are named. */
  private final DaemonLines about = new DaemonLines();

  private final Set<String> awaited = new HashSet<>();
  private int failures;

  private LogViewer(LogRoot root, LogFinder finder, LogQuery query, Output output, boolean quiet) {
    this.root = root;
    this.finder = finder;
    this.query = query;
    this.output = output;
    this.zone = ZoneId.systemDefault();
    this.quiet = quiet;
  }

  /**
   * Shows the lines of {@code query}, on the standard output unless {@code quiet}.
   *
   * @return how many services have no log, or one that cannot be read
   */
  public static int show(
      LogQuery query,
      String instance,
      Map<String, String> environment,
      Output output,
      boolean quiet)
      throws LostOutputException {
    LogRoot root = LogRoot.locate(environment, instance);
    var finder = new LogFinder(root, environment, ControlSocket.locate(environment, instance));
    var viewer = new LogViewer(root, finder, query, output, quiet);
    try {
      viewer.run();
    } catch (LostOutputException e) {
      throw e;
    } catch (IOException e) {
      viewer.complain("cannot read " + shown(root) + ": " + LogReader.reason(e));
    }
    return viewer.failures;
  }

  private void run() throws IOException {
    List<LogSource> named = named();
    if (quiet) {
      return;
    }
    boolean all = query.names().isEmpty();
    if (query.follow()) {
      try (var follower = new Follower(root, awaited, all, zone)) {
        Merge merge = start(read(all ? root.all() : withDaemon(named), follower));
        follower.follow(merge, output);
      }
      return;
    }
    List<LogSource> sources = all ? root.all() : withDaemon(named);
    if (all && sources.isEmpty()) {
      output.err("usersvc: there are no logs in " + shown(root) + "\n");
    }
    start(read(sources, null));
  }

  private static String shown(LogRoot root) {
    return NativeText.printable(NativePath.text(root.path()));
  }

  /** Whether the daemon has written something about a service. */
  private boolean mentions(String known) {
    var alone = new DaemonLines();
    alone.add(known, known);
    try (var reader = LogReader.open(root.ofDaemon(alone), zone, false)) {
      return reader.advance();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private List<LogSource> named() throws LostOutputException {
    List<LogSource> sources = new ArrayList<>();
    for (String name : query.names()) {
      LogFinder.Found found = finder.find(name);
      @Nullable LogSource source = found.source();
      if (!found.known().isEmpty()) {
        about.add(found.known(), source == null ? found.known() : source.name());
      }
      if (source != null) {
        sources.add(source);
        continue;
      }
      if (!query.follow() && mentions(found.known())) {
        continue;
      }
      @Nullable LogSource expected = query.follow() ? finder.expected(name) : null;
      String then = "";
      if (expected != null) {
        awaited.add(expected.name());
        then = "; waiting for it";
      }
      complain(NativeText.printable(name) + ": no log, " + found.tried() + then);
    }
    return sources;
  }

  /** With the daemon's lines about the services, unless its whole log is among them. */
  private List<LogSource> withDaemon(List<LogSource> sources) {
    LogSource daemon = root.ofDaemon(about);
    for (LogSource source : sources) {
      if (source.directory().equals(daemon.directory())) {
        return sources;
      }
    }
    List<LogSource> both = new ArrayList<>(sources);
    if (!about.isEmpty()) {
      both.add(daemon);
    }
    return both;
  }

  private void complain(String problem) throws LostOutputException {
    failures++;
    output.err("usersvc: " + problem + "\n");
  }

  private List<LogReader> read(List<LogSource> sources, @Nullable Follower follower)
      throws LostOutputException {
    List<LogReader> readers = new ArrayList<>(sources.size());
    Set<LogSource> seen = new HashSet<>();
    for (LogSource source : sources) {
      try {
        @Nullable LogReader reader =
            follower == null ? LogReader.open(source, zone, false) : follower.add(source);
        if (reader != null && seen.add(source)) {
          readers.add(reader);
        }
      } catch (NoSuchFileException absent) {
        if (follower != null && source.about() != null) {
          follower.expect(source);
        } else {
          complain(unreadable(source.name(), NativePath.text(source.directory()), absent));
        }
      } catch (IOException e) {
        complain(unreadable(source.name(), NativePath.text(source.directory()), e));
      }
    }
    return readers;
  }

  private static String unreadable(String name, String path, IOException e) {
    String what = NativeText.printable(name) + ": cannot read " + NativeText.printable(path);
    return what + ": " + LogReader.reason(e);
  }

  /** Prints the present lines. */
  private Merge start(List<LogReader> readers) throws IOException {
    long total = 0;
    for (LogReader reader : readers) {
      if (query.since() != null) {
        reader.startSince(query.sinceNanos());
      }
      if (query.lines() != LogQuery.ALL && !query.selects()) {
        total += reader.startWithLast(query.lines());
      }
    }
    boolean named = query.names().size() != 1;
    var selection =
        new Selection(
            query,
            output,
            to ->
                switch (query.form()) {
                  case SHORT -> new TextLines(to, zone, named);
                  case CAT -> new MessageLines(to);
                  case JSON -> new JsonLines(to);
                });
    var merge = new Merge(selection, Math.max(0, total - query.lines()));
    merge.run(readers);
    selection.release();
    output.flush();
    for (LogReader reader : readers) {
      report(reader);
    }
    return merge;
  }

  private void report(LogReader reader) throws LostOutputException {
    String name = NativeText.printable(reader.name());
    String path = NativeText.printable(NativePath.text(reader.directory()));
    if (reader.fault() != null) {
      complain(reader.complaint());
    }
    if (reader.hasLeftOut()) {
      output.err("usersvc: " + name + ": left out compressed files in " + path + "\n");
    }
  }
}
