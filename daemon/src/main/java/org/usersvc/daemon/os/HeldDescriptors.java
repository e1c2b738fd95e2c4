package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.model.Errno;

/**
 * Descriptors that outlive the death of the program, such as sockets that listen. They lie in the
 * queue of a pair of connected sockets, as one message, and the kernel keeps what lies there as
 * long as somebody has the pair open: the keeper has. The next program takes the pair from the
 * keeper, and what lies there becomes {@link KeptDescriptors} of it. <b>Loop thread only.</b>
 */
public final class HeldDescriptors {
  private static final Libc.Function SYSCALL = function("syscall");
  private static final Libc.Function SOCKETPAIR = function("socketpair");
  private static final Libc.Function GETSOCKOPT = function("getsockopt");
  private static final Libc.Function SENDMSG = function("sendmsg");
  private static final Libc.Function RECV = function("recv");
  private static final Libc.Function CLOSE = function("close");
  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_GETFD = 438;
  private static final int UNIX = 1;
  private static final int SEQUENTIAL_PACKETS = 5;
  private static final int CLOEXEC = 02000000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_DOMAIN = 39;
  private static final int MSG_PEEK = 2;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** The text of a message is a number that no earlier one has. */
  private static final int TEXT = 8;

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(TEXT + SocketMessage.SIZE);
  private final KeptDescriptors kept;
  private final Consumer<String> warn;
  private final Set<Integer> held = new LinkedHashSet<>();
  private int sender = -1;
  private int receiver = -1;
  private boolean warned;

  /**
   * Without a pair: nothing outlives the program yet.
   *
   * @param kept gets those of an earlier program
   * @param warn takes trouble that the program survives, once
   */
  public HeldDescriptors(KeptDescriptors kept, Consumer<String> warn) {
    this.kept = kept;
    this.warn = warn;
  }

  /** The end at which they are put, -1 if there is no pair. The keeper has both. */
  public int sender() {
    return sender;
  }

  /** The end at which they lie, -1 if there is no pair. */
  public int receiver() {
    return receiver;
  }

  /**
   * Takes the pair of a living keeper.
   *
   * @param pid the keeper's
   * @param from the number of the sending end there
   * @param to the number of the receiving end there
   */
  public void takePair(int pid, int from, int to) {
    int keeper = libc.call(SYSCALL, PIDFD_OPEN, pid, 0);
    if (keeper < 0) {
      return;
    }
    int one = libc.call(SYSCALL, PIDFD_GETFD, keeper, from, 0);
    int other = libc.call(SYSCALL, PIDFD_GETFD, keeper, to, 0);
    libc.call(CLOSE, keeper);
    if (isEnd(one) && isEnd(other)) {
      sender = one;
      receiver = other;
    } else {
      close(one);
      close(other);
    }
  }

  private boolean isEnd(int descriptor) {
    return descriptor >= 0
        && option(descriptor, SO_DOMAIN) == UNIX
        && option(descriptor, SO_TYPE) == SEQUENTIAL_PACKETS;
  }

  private int option(int socket, int option) {
    long value = scratch.reset().take(4);
    long length = scratch.take(4);
    scratch.putInt(length, 4);
    int result = (int) libc.callLong(GETSOCKOPT, socket, SOL_SOCKET, option, value, length, 0);
    return result == 0 ? scratch.getInt(value) : -1;
  }

  private void close(int descriptor) {
    if (descriptor >= 0) {
      libc.call(CLOSE, descriptor);
    }
  }

  /** Lets what an earlier program has left be opened again as it was. */
  public void recall() {
    if (receiver < 0) {
      return;
    }
    var message = new SocketMessage(scratch, TEXT);
    if (message.receive(libc, receiver, MSG_PEEK) >= 0) {
      var left = message.accompaniment().descriptors();
      held.addAll(left);
      kept.receive(left);
    }
  }

  /** Makes a pair for a keeper that is started next, unless there is one. */
  public void makePair() {
    if (sender >= 0) {
      return;
    }
    long pair = scratch.reset().take(8);
    if (libc.call(SOCKETPAIR, UNIX, SEQUENTIAL_PACKETS | CLOEXEC, 0, pair) == 0) {
      sender = scratch.getInt(pair);
      receiver = scratch.getInt(pair + 4);
      write();
    } else {
      complain(new Errno(libc.errno()).describe());
    }
  }

  /** Nothing outlives the program any more. */
  public void closePair() {
    close(sender);
    close(receiver);
    sender = -1;
    receiver = -1;
  }

  /** How many are to outlive the program. */
  int count() {
    return held.size();
  }

  /** It outlives the program from now on. */
  void add(int descriptor) {
    if (held.add(descriptor)) {
      write();
    }
  }

  /** It is about to be closed, and no other process holds it for us then. */
  void remove(int descriptor) {
    if (held.remove(descriptor)) {
      write();
    }
  }

  /** Closes those of an earlier program that were not opened again. */
  public void closeRest() {
    boolean changed = held.removeIf(kept::isLeft);
    kept.closeRest();
    if (changed) {
      write();
    }
  }

  /** The new message comes before the old one goes: a death between the two loses nothing. */
  private void write() {
    if (sender < 0) {
      return;
    }
    var all = new ArrayList<>(held);
    int count = Math.min(all.size(), SocketMessage.MOST_DESCRIPTORS);
    if (count < all.size()) {
      complain("more than " + count + " of them");
    }
    long number = Clock.SYSTEM.nanos();
    if (send(number, all.subList(0, count))) {
      dropUntil(number);
    } else {
      complain(new Errno(libc.errno()).describe());
    }
  }

  private boolean send(long number, List<Integer> descriptors) {
    var message = new SocketMessage(scratch, TEXT);
    scratch.putLong(message.content(), number);
    message.attach(descriptors);
    return libc.call(SENDMSG, sender, message.address(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
  }

  private void dropUntil(long number) {
    long text = scratch.reset().take(TEXT);
    while (libc.call(RECV, receiver, text, TEXT, MSG_PEEK | MSG_DONTWAIT) >= 0
        && scratch.getLong(text) != number) {
      libc.call(RECV, receiver, text, TEXT, MSG_DONTWAIT);
    }
  }

  private void complain(String trouble) {
    if (!warned) {
      warn.accept(
          "sockets of units may not outlive a death of usersvcd: " + trouble + ", going on");
    }
    warned = true;
  }
}
