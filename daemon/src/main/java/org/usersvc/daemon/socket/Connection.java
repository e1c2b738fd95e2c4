package org.usersvc.daemon.socket;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.files.SendQueue;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;

/**
 * One client: a request comes in, an answer goes out as fast as the client takes it. A client that
 * does not finish its request in time, or leaves too much of its answer unread, is cut off; one
 * that closes only its sending half still gets its answer. <b>Loop thread only.</b>
 */
final class Connection implements Answer, Budget.Owner {
  /** Longest request line; the value of one variable may have 128 KiB. */
  private static final int MOST_REQUEST = 1024 * 1024;

  /** The most of an answer that may wait for the client; a list of 10 000 services needs 2 MiB. */
  private static final int MOST_WAITING = 8 * 1024 * 1024;

  private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

  /** A client that receives nothing for longer assumes that the daemon is dead. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private static final int BLOCK = 4096;

  private final int descriptor;
  private final int clientPid;
  private final Parts parts;
  private final Consumer<Connection> onClose;
  private final Alarm wake;
  private final Budget.Share share;
  private ByteArrayOutputStream request = new ByteArrayOutputStream(0);
  private final SendQueue outbox = new SendQueue();
  private long kept;
  private boolean watched;
  private boolean watchedToSend;
  private boolean watchedToRead;
  private boolean asked;
  private boolean halfClosed;
  private boolean ended;
  private boolean closed;
  private @Nullable Runnable whenClosed;

  /** Carries out requests. */
  interface Dispatch {
    void request(byte[] line, int length, Answer answer);
  }

  /** The shared parts of connections. */
  record Parts(
      FileSystem files,
      LocalSockets sockets,
      EventLoop loop,
      Dispatch dispatch,
      Turns turns,
      Budget budget,
      Set<Connection> toFlush) {}

  Connection(int descriptor, int clientPid, Parts parts, Consumer<Connection> onClose) {
    this.descriptor = descriptor;
    this.clientPid = clientPid;
    this.parts = parts;
    this.onClose = onClose;
    this.share = parts.budget().share(this);
    this.wake = new Alarm(parts.loop().timers());
    wake.set(REQUEST_TIME, () -> refuse("no complete request in 10 s"));
    queue();
  }

  private void ready() {
    boolean nothingToSend = outbox.size() == 0;
    if (halfClosed && nothingToSend) {
      close(); // only the loss of the other end wakes us then
    } else if (!halfClosed) {
      queue();
    }
    parts.toFlush().add(this);
  }

  /** A connection that waits for its turn is not watched: its events are known already. */
  private void queue() {
    unwatch();
    parts.turns().add(clientPid, this::takeTurn);
  }

  private void takeTurn() {
    boolean more = !closed && read() == BLOCK;
    if (closed) {
      return;
    }
    if (more) {
      queue();
    } else {
      watch();
    }
  }

  private void watch() {
    if (!watched) {
      parts.loop().onReadable(descriptor, this::ready);
      watched = true;
      watchedToRead = true;
      watchedToSend = false;
    }
    boolean toSend = outbox.size() > 0;
    if (watchedToRead == halfClosed || watchedToSend != toSend) {
      watchedToRead = !halfClosed;
      watchedToSend = toSend;
      parts.loop().interest(descriptor, watchedToRead, watchedToSend);
    }
  }

  private void unwatch() {
    if (watched) {
      parts.loop().forget(descriptor);
      watched = false;
    }
  }

  /** The number of bytes read, 0 at their end, less if none has come. */
  private int read() {
    var block = new byte[BLOCK];
    try {
      int length = parts.files().read(descriptor, block);
      if (length == 0) {
        halfClosed = true;
        if (!asked) {
          close();
        }
      } else if (length > 0 && !asked) {
        takeRequest(block, length);
      }
      return length;
    } catch (FileFault ignored) { // the client has gone
      close();
      return 0;
    }
  }

  private void takeRequest(byte[] block, int length) {
    int end = 0;
    while (end < length && block[end] != '\n') {
      end++;
    }
    if (request.size() + end > MOST_REQUEST) {
      refuse("a request has at most 1 MiB; ask for less at once");
      return;
    }
    request.write(block, 0, end);
    takeShare();
    if (end < length && !asked) {
      byte[] line = request.toByteArray();
      endRequest();
      attempt(() -> parts.dispatch().request(line, line.length, this));
    }
  }

  /** To be called whenever its use of memory changes. */
  private void takeShare() {
    boolean unread = outbox.space() > BLOCK;
    share.has(2L * request.size() + (unread ? outbox.space() : 0) + kept);
  }

  @Override
  public String describe() {
    return "a client of the control socket, pid " + clientPid + ",";
  }

  /** Refuses its request, or gives up the answer that it does not read. */
  @Override
  public void drop() {
    if (asked) {
      close();
    } else {
      refuse("too many long requests at once; try again");
    }
  }

  @Override
  public void keeps(long bytes) {
    if (!closed) {
      kept += bytes;
      takeShare();
    }
  }

  /** Whether no request has come yet. */
  boolean isIdle() {
    return !asked;
  }

  /** Refuses the client, to make room for others. */
  void makeWay() {
    refuse("too many clients at once; try again");
    finish();
  }

  private void endRequest() {
    asked = true;
    wake.set(SIGN_OF_LIFE, this::giveSignOfLife);
    request = new ByteArrayOutputStream(0);
    takeShare();
  }

  private void giveSignOfLife() {
    if (outbox.size() == 0) {
      add("0 \n");
    }
    wake.set(SIGN_OF_LIFE, this::giveSignOfLife);
  }

  @Override
  public void lasts() {
    wake.clear();
  }

  private void refuse(String reason) {
    endRequest();
    err("usersvc: " + reason);
    end(Answer.USAGE);
  }

  @Override
  public int clientPid() {
    return clientPid;
  }

  @Override
  public int descriptor() {
    return closed ? -1 : descriptor;
  }

  /** The previous program has received the request already. */
  void expectNoRequest() {
    endRequest();
  }

  @Override
  public void out(String line) {
    add("1 " + line + "\n");
  }

  @Override
  public void err(String line) {
    add("2 " + line + "\n");
  }

  @Override
  public void become(int word, List<String> assignments, String directory) {
    assignments.forEach(assignment -> add("e " + assignment + "\n"));
    if (!directory.isEmpty()) {
      add("d " + directory + "\n");
    }
    add("x " + word + "\n");
    end(0);
  }

  @Override
  public void end(int status) {
    add("= " + status + "\n");
    ended = true;
    wake.clear();
  }

  @Override
  public void whenClosed(Runnable action) {
    if (closed) {
      action.run();
    } else {
      whenClosed = action;
    }
  }

  private void add(String line) {
    if (closed || ended) {
      return;
    }
    parts.toFlush().add(this);
    byte[] bytes = NativeText.encode(line);
    outbox.add(bytes, bytes.length);
    if (outbox.size() > MOST_WAITING) {
      close();
    } else {
      takeShare();
    }
  }

  /** Sends as much as the client takes; at the end of a turn, when the status files are written. */
  void flush() {
    if (closed) {
      return;
    }
    try {
      outbox.send(parts.sockets(), descriptor);
      takeShare();
      if (outbox.size() == 0 && ended) {
        close();
      } else if (watched) {
        watch();
      }
    } catch (FileFault ignored) { // the client has gone
      close();
    }
  }

  /** Sends as much as the client takes at once, then disconnects. */
  void finish() {
    flush();
    close();
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    endRequest();
    wake.clear();
    share.has(0);
    unwatch();
    parts.files().close(descriptor);
    if (whenClosed != null) {
      whenClosed.run();
    }
    onClose.accept(this);
  }
}
