package org.usersvc.client.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The control socket of one instance of the daemon, in the first possible place that has one. */
public final class ControlSocket {
  /**
   * How long the daemon may be silent beyond the requested wait, whose end it reports itself (the
   * same as in control.c).
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a starting daemon is waited for. */
  private static final Duration START = Duration.ofSeconds(2);

  /** No event shows when a socket that is bound begins to listen. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private static final int LONGEST_PATH = 107;
  private static final int NOBODY = -1;
  private static final String SOCKET = "/control";

  private final List<Place> places;
  private final String instance;
  private Place place;
  private boolean silent;

  /** Not {@code trusted} is a directory in /tmp of another user. */
  private record Place(String path, boolean trusted) {}

  private ControlSocket(List<Place> places, String instance) {
    this.places = places;
    this.instance = instance;
    this.place = places.get(0);
  }

  /**
   * Looks in the runtime directory of {@code environment}, then in the usual places.
   *
   * @param instance empty for the usual one
   */
  public static ControlSocket locate(Map<String, String> environment, String instance) {
    String end = end(instance);
    List<Place> places = new ArrayList<>();
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty()) {
      places.add(new Place(runtime + end, true));
    }
    int uid = owner("/proc/self");
    String usual = "/run/user/" + uid;
    if (owner(usual) == uid) {
      addTo(places, new Place(usual + end, true));
    }
    String temporary = "/tmp/usersvc-" + uid;
    int maker = owner(temporary, LinkOption.NOFOLLOW_LINKS);
    String instead = environment.getOrDefault("HOME", "") + "/.local/state/usersvc/run";
    boolean squatted = maker != uid && owner(instead) == uid;
    if (maker == uid || (places.isEmpty() && !squatted)) {
      addTo(places, new Place(temporary + end, maker == uid || maker == NOBODY));
    }
    if (owner(instead) == uid) {
      addTo(places, new Place(instead + end, true));
    }
    return new ControlSocket(places, instance);
  }

  /** Looks only in that runtime directory. */
  public static ControlSocket in(String runtime, String instance) {
    return new ControlSocket(List.of(new Place(runtime + end(instance), true)), instance);
  }

  private static String end(String instance) {
    return (instance.isEmpty() ? "/usersvc" : "/usersvc-" + instance) + SOCKET;
  }

  private static void addTo(List<Place> places, Place another) {
    for (Place place : places) {
      if (place.path().replaceAll("/+", "/").equals(another.path())) {
        return;
      }
    }
    places.add(another);
  }

  /** Where the daemon is, or the first place tried. */
  public String path() {
    return place.path();
  }

  /**
   * Sends a request line and copies the answer to {@code output}, without the lines for standard
   * output if {@code quiet}. A daemon that has been silent for too long once is not asked again.
   *
   * @param wait how long the daemon may wait before it answers
   * @return the exit status from the daemon
   */
  public int ask(byte[] request, Output output, boolean quiet, Duration wait)
      throws UnreachableException, BrokenAnswerException, LostOutputException {
    if (silent) {
      throw silence();
    }
    try (SocketChannel channel = connect(output, quiet);
        Patience patience = new Patience(channel, wait.plus(PATIENCE)).begin()) {
      var answer = new Answer(output, quiet);
      send(channel, ByteBuffer.wrap(request));
      while (!answer.isComplete()) {
        receive(channel, patience, answer);
      }
      return answer.status();
    } catch (LostOutputException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenAnswerException();
    }
  }

  private SilenceException silence() {
    silent = true;
    @Nullable RunningDaemon there = RunningDaemon.find(path().replaceAll("/+", "/"), instance);
    if (there == null || there.path() == null) {
      return new SilenceException(
          "usersvcd at "
              + NativeText.printable(path())
              + " does not answer: see whether it is stopped or hangs");
    }
    return new SilenceException(
        ("usersvcd (pid PID) does not answer: if it is stopped, kill -CONT PID has it go on; if it"
                + " hangs, kill -KILL PID ends it, services go on, and start usersvcd again")
            .replace("PID", Long.toString(there.pid())));
  }

  /** The uid that owns a file; {@code NOBODY} if there is no file. */
  private static int owner(String path, LinkOption... links) {
    try {
      return (Integer) Files.getAttribute(Path.of(path), "unix:uid", links);
    } catch (IOException absent) {
      return NOBODY;
    }
  }

  /** Waits for a daemon that is starting. */
  private SocketChannel connect(Output output, boolean quiet)
      throws UnreachableException, SilenceException, IOException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return connectNow(output, quiet);
      } catch (UnreachableException e) {
        if (!e.isPassing() || System.nanoTime() - end >= 0) {
          throw e;
        }
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  /** Reports where the daemon is if that is not the first place. */
  private SocketChannel connectNow(Output output, boolean quiet)
      throws UnreachableException, SilenceException, IOException {
    try {
      return connect(place);
    } catch (UnreachableException e) {
      for (Place another : places.subList(1, places.size())) {
        SocketChannel channel = tryToConnect(another);
        if (channel != null) {
          place = another;
          if (!quiet) {
            output.err("usersvc: usersvcd is at " + NativeText.printable(path()) + "\n");
          }
          return channel;
        }
      }
      throw e;
    }
  }

  private static @Nullable SocketChannel tryToConnect(Place place) {
    try {
      return place.trusted() ? open(place) : null;
    } catch (IOException | InvalidPathException nobodyThere) {
      return null;
    }
  }

  private static SocketChannel open(Place place) throws IOException {
    var address = UnixDomainSocketAddress.of(place.path());
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (Patience _ = new Patience(channel, PATIENCE).begin()) {
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private SocketChannel connect(Place place)
      throws UnreachableException, SilenceException, IOException {
    requireTrust(place);
    try {
      return open(place);
    } catch (ClosedChannelException e) {
      throw silence();
    } catch (ConnectException e) {
      throw unreachable("connection refused");
    } catch (BindException e) {
      throw new UnreachableException("permission denied", "only its owner and root may use it");
    } catch (IOException | InvalidPathException e) {
      throw unreachable(exists(place.path()) ? "cannot connect" : "no such file");
    }
  }

  private static void requireTrust(Place place) throws UnreachableException {
    String remedy = "set XDG_RUNTIME_DIR to another directory";
    String path = place.path();
    if (path.length() > LONGEST_PATH || NativeText.encode(path).length > LONGEST_PATH) {
      throw new UnreachableException("path too long", remedy);
    }
    if (!place.trusted()) {
      throw new UnreachableException("not owned by you", remedy);
    }
  }

  /** A daemon that runs, or is starting, must not be started again. */
  private UnreachableException unreachable(String reason) {
    @Nullable RunningDaemon running = RunningDaemon.find(end(instance), instance);
    if (running == null) {
      return new UnreachableException(reason, start());
    }
    @Nullable String path = running.path();
    if (path == null) {
      String remedy = "usersvcd (pid " + running.pid() + ") starts or ends just now: ask again";
      return new UnreachableException(reason, remedy, true);
    }
    String runtime = path.substring(0, path.length() - end(instance).length());
    String who = "usersvcd runs as pid " + running.pid();
    String when =
        exists(path)
            ? " for XDG_RUNTIME_DIR=" + runtime
            : " and serves again when " + runtime + " is back";
    return new UnreachableException(reason, who + when, isAmongPlaces(path));
  }

  /** Whether {@code path} is one of the places tried, and its directory exists. */
  private boolean isAmongPlaces(String path) {
    for (Place each : places) {
      if (each.path().replaceAll("/+", "/").equals(path)) {
        return exists(path.substring(0, path.length() - SOCKET.length()));
      }
    }
    return false;
  }

  private String start() {
    return instance.isEmpty() ? "start usersvcd" : "start usersvcd --instance " + instance;
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException unmappable) {
      return false;
    }
  }

  /** Sends what is taken: a daemon that refuses the request may answer and close early. */
  private static void send(SocketChannel channel, ByteBuffer request) {
    try {
      while (request.hasRemaining()) {
        channel.write(request);
      }
    } catch (IOException ignored) {
      // The answer, or its absence, shows more.
    }
  }

  private void receive(SocketChannel channel, Patience patience, Answer answer)
      throws BrokenAnswerException, IOException {
    byte[] bytes = new byte[16384];
    patience.await();
    int length = read(channel, ByteBuffer.wrap(bytes));
    patience.rest();
    if (length < 0) {
      answer.breakOff();
      throw patience.isLost() ? silence() : new BrokenAnswerException();
    }
    answer.take(bytes, length);
  }

  private static int read(SocketChannel channel, ByteBuffer buffer) {
    try {
      return channel.read(buffer);
    } catch (IOException reset) {
      return -1;
    }
  }
}
