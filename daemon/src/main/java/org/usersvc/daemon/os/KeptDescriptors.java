package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/**
 * Descriptors that outlive the program when another one takes its place in the same process: FIFOs,
 * locks, named sockets. The next program finds out by itself what each of them is, and takes it
 * where it would have opened the same file. <b>Loop thread only.</b>
 */
public final class KeptDescriptors {
  private static final Libc.Function FCNTL = function("fcntl");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function GETSOCKNAME = function("getsockname");
  private static final Libc.Function GETSOCKOPT = function("getsockopt");
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int UNIX = 1;
  private static final int ADDRESS_SIZE = 110;

  private record Named(int type, String name) {}

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(1024);
  private final BitSet kept = new BitSet();
  private final BitSet taken = new BitSet();
  private final BitSet left = new BitSet();
  private final Map<ServiceId, ArrayDeque<Integer>> files = new HashMap<>();
  private final Map<Named, Integer> sockets = new HashMap<>();

  /** With no descriptors. */
  public KeptDescriptors() {}

  /** With all descriptors of the handover except clients' connections; no child inherits any. */
  public KeptDescriptors(Handover handover) {
    var received = new HashSet<>(handover.descriptors());
    handover.askers().forEach(asker -> received.remove(asker.descriptor()));
    handover.descriptors().forEach(each -> libc.call(FCNTL, each, F_SETFD, FD_CLOEXEC));
    receive(received);
  }

  /** An earlier program has left these, which are close-on-exec. */
  void receive(Collection<Integer> descriptors) {
    var stats = new Stats(libc, scratch);
    descriptors.forEach(each -> receive(each, stats));
  }

  private void receive(int descriptor, Stats stats) {
    try {
      sort(descriptor, stats.of(descriptor));
      left.set(descriptor);
    } catch (FileFault ignored) { // it is not open
      left.clear(descriptor);
    }
  }

  private void sort(int descriptor, FileStat stat) {
    var socket = stat.kind() == FileStat.Kind.OTHER ? socket(descriptor) : null;
    if (socket == null) {
      files.computeIfAbsent(stat.id(), _ -> new ArrayDeque<>()).add(descriptor);
    } else {
      sockets.put(socket, descriptor);
    }
  }

  /** Null if it is not a socket, or has no name. */
  private @Nullable Named socket(int descriptor) {
    long address = scratch.reset().take(ADDRESS_SIZE + 2);
    long length = scratch.take(4);
    scratch.fill(address, ADDRESS_SIZE + 2, 0);
    scratch.putInt(length, ADDRESS_SIZE);
    if (libc.call(GETSOCKNAME, descriptor, address, length) != 0) {
      return null;
    }
    int size = Math.min(scratch.getInt(length), ADDRESS_SIZE);
    if (size <= 2) {
      return null;
    }
    byte[] bytes = scratch.bytes(address, size);
    int family = bytes[0] & 0xff; // no family has a number beyond 255
    return new Named(type(descriptor), key(family, Arrays.copyOfRange(bytes, 2, size)));
  }

  /**
   * The name of a socket here: its path, or all of its address in another form.
   *
   * @param rest the address without its family
   */
  static String key(int family, byte[] rest) {
    if (family != UNIX || rest[0] == 0) {
      return family + " " + HexFormat.of().formatHex(rest);
    }
    String text = NativeText.decode(rest);
    int end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
  }

  private int type(int socket) {
    long type = scratch.reset().take(4);
    long length = scratch.take(4);
    scratch.putInt(length, 4);
    int result = (int) libc.callLong(GETSOCKOPT, socket, SOL_SOCKET, SO_TYPE, type, length, 0);
    return result == 0 ? scratch.getInt(type) : -1;
  }

  /** Whether there are descriptors to take. */
  boolean hasLeft() {
    return !left.isEmpty();
  }

  /** The descriptor that has this very file open, -1 if there is none or it has been taken. */
  int take(FileStat file) {
    var same = files.get(file.id());
    return same == null || same.isEmpty() ? -1 : taken(same.remove());
  }

  /** The socket of that type that was bound to that name, -1 if there is none. */
  int takeSocket(int type, String name) {
    var socket = sockets.remove(new Named(type, name));
    return socket == null ? -1 : taken(socket);
  }

  boolean hasSocket(int type, String name) {
    return sockets.containsKey(new Named(type, name));
  }

  private int taken(int descriptor) {
    left.clear(descriptor);
    taken.set(descriptor);
    kept.set(descriptor);
    return descriptor;
  }

  /** Whether it was handed over and has not been taken yet. */
  boolean isLeft(int descriptor) {
    return left.get(descriptor);
  }

  /** Whether it was handed over and has been taken. */
  boolean wasLeft(int descriptor) {
    return taken.get(descriptor);
  }

  /** It shall outlive the program. */
  void add(int descriptor) {
    kept.set(descriptor);
  }

  /** It is about to be closed. */
  void remove(int descriptor) {
    kept.clear(descriptor);
    taken.clear(descriptor);
  }

  /** All descriptors that shall outlive the program. */
  public List<Integer> all() {
    return kept.stream().boxed().toList();
  }

  /**
   * Closes those that were not taken.
   *
   * @return how many
   */
  public int closeRest() {
    int count = left.cardinality();
    left.stream().forEach(descriptor -> libc.call(CLOSE, descriptor));
    left.clear();
    files.clear();
    sockets.clear();
    return count;
  }
}
