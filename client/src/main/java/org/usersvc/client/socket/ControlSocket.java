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
import java.util.Map;

/**
 * The control socket of one instance of the daemon; {@code instance} is empty for the usual one.
 * Not {@code trusted} is a directory in /tmp that somebody else has made.
 */
public record ControlSocket(String path, String instance, boolean trusted) {
  private static final int LONGEST_PATH = 107;
  private static final int NOBODY = -1;

  /** Looks for the runtime directory in {@code environment}, else in the usual places. */
  public static ControlSocket locate(Map<String, String> environment, String instance) {
    String name = instance.isEmpty() ? "/usersvc" : "/usersvc-" + instance;
    String end = name + "/control";
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty()) {
      return new ControlSocket(runtime + end, instance, true);
    }
    int uid = owner("/proc/self");
    String usual = "/run/user/" + uid;
    if (owner(usual) == uid) {
      return new ControlSocket(usual + end, instance, true);
    }
    String temporary = "/tmp/usersvc-" + uid;
    int maker = owner(temporary, LinkOption.NOFOLLOW_LINKS);
    return new ControlSocket(temporary + end, instance, maker == uid || maker == NOBODY);
  }

  /**
   * Sends a request line and copies the answer to {@code output}, without what is for standard
   * output if {@code quiet}.
   *
   * @return the exit status that the daemon tells
   */
  public int ask(byte[] request, Output output, boolean quiet)
      throws UnreachableException, BrokenAnswerException, LostOutputException {
    try (SocketChannel channel = connect()) {
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

  private SocketChannel connect() throws UnreachableException, IOException {
    requireTrust();
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(path));
    } catch (ConnectException e) {
      throw new UnreachableException("connection refused", start());
    } catch (BindException e) {
      throw new UnreachableException("permission denied", "only its owner and root may use it");
    } catch (IOException | InvalidPathException e) {
      throw new UnreachableException(exists() ? "cannot connect" : "no such file", start());
    }
  }

  private void requireTrust() throws UnreachableException {
    String remedy = "set XDG_RUNTIME_DIR to another directory";
    if (path.length() > LONGEST_PATH || NativeText.encode(path).length > LONGEST_PATH) {
      throw new UnreachableException("path too long", remedy);
    }
    if (!trusted) {
      throw new UnreachableException("not owned by you", remedy);
    }
  }

  private String start() {
    return instance.isEmpty() ? "start usersvcd" : "start usersvcd --instance " + instance;
  }

  private boolean exists() {
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
