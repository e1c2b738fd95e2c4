package org.usersvc.client.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control socket of one instance of the daemon, in the first of the places where it may be that
 * has one.
 */
public final class ControlSocket {
  private static final int LONGEST_PATH = 107;
  private static final int NOBODY = -1;
  private static final String SOCKET = "/control";

  private final List<Place> places;
  private final String instance;
  private Place place;

  /** Not {@code trusted} is a directory in /tmp that somebody else has made. */
  private record Place(String path, boolean trusted) {}

  private ControlSocket(List<Place> places, String instance) {
    this.places = places;
    this.instance = instance;
    this.place = places.get(0);
  }

  /**
   * Looks in the runtime directory that {@code environment} has, then in the usual places.
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

  /** Looks in that runtime directory and nowhere else. */
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

  /** Where the daemon is, or was looked for first. */
  public String path() {
    return place.path();
  }

  /**
   * Sends a request line and copies the answer to {@code output}, without what is for standard
   * output if {@code quiet}.
   *
   * @return the exit status that the daemon tells
   */
  public int ask(byte[] request, Output output, boolean quiet)
      throws UnreachableException, BrokenAnswerException, LostOutputException {
    try (SocketChannel channel = connect(output, quiet)) {
      send(channel, ByteBuffer.wrap(request));
      return receive(channel, new Answer(output, quiet));
    } catch (LostOutputException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokenAnswerException();
    }
  }

  /** The uid that owns a file; {@code NOBODY} if there is no file. */
  private static int owner(String path, LinkOption... links) {
    try {
      return (Integer) Files.getAttribute(Path.of(path), "unix:uid", links);
    } catch (IOException absent) {
      return NOBODY;
    }
  }

  /** Tells where the daemon is if that is another place than the first. */
  private SocketChannel connect(Output output, boolean quiet)
      throws UnreachableException, IOException {
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
      return place.trusted() ? SocketChannel.open(UnixDomainSocketAddress.of(place.path())) : null;
    } catch (IOException | InvalidPathException nobodyThere) {
      return null;
    }
  }

  private SocketChannel connect(Place place) throws UnreachableException, IOException {
    requireTrust(place);
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(place.path()));
    } catch (ConnectException e) {
      throw new UnreachableException("connection refused", remedy());
    } catch (BindException e) {
      throw new UnreachableException("permission denied", "only its owner and root may use it");
    } catch (IOException | InvalidPathException e) {
      String reason = exists(place.path()) ? "cannot connect" : "no such file";
      throw new UnreachableException(reason, remedy());
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

  /** One that runs is not to be started. */
  private String remedy() {
    RunningDaemon running = RunningDaemon.find(end(instance));
    if (running == null) {
      return start();
    }
    String path = running.path();
    String runtime = path.substring(0, path.length() - end(instance).length());
    String who = "usersvcd runs as pid " + running.pid();
    return exists(path)
        ? who + " for XDG_RUNTIME_DIR=" + runtime
        : who + " and serves again when " + runtime + " is back";
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

  /** Sends what is taken: a daemon that refuses the request may answer and close before its end. */
  private static void send(SocketChannel channel, ByteBuffer request) {
    try {
      while (request.hasRemaining()) {
        channel.write(request);
      }
    } catch (IOException ignored) {
      // The answer tells more, or its absence does.
    }
  }

  private static int receive(SocketChannel channel, Answer answer)
      throws BrokenAnswerException, IOException {
    byte[] bytes = new byte[16384];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (!answer.isComplete()) {
      buffer.clear();
      int length = read(channel, buffer);
      if (length < 0) {
        answer.breakOff();
        throw new BrokenAnswerException();
      }
      answer.take(bytes, length);
    }
    return answer.status();
  }

  private static int read(SocketChannel channel, ByteBuffer buffer) {
    try {
      return channel.read(buffer);
    } catch (IOException reset) {
      return -1;
    }
  }
}
