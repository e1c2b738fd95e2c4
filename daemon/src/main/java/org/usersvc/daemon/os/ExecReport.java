package org.usersvc.daemon.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.usersvc.daemon.os.Libc.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.daemon.process.Refusal;
import org.usersvc.daemon.process.SpawnRequest.Confinement;
import org.usersvc.daemon.process.Traits;

/**
 * The pipe on which usersvc-exec reports ({@code usersvc-exec.c}) which limits the kernel has
 * refused, and why the program was not executed. Executing the program closes it.
 */
final class ExecReport {
  private static final Libc.Function PIPE = function("pipe2");
  private static final Libc.Function READ = function("read");
  private static final Libc.Function CLOSE = function("close");
  private static final Libc.Function ADD_DUP = function("posix_spawn_file_actions_adddup2");
  private static final Libc.Function ADD_CLOSE = function("posix_spawn_file_actions_addclose");
  private static final int O_CLOEXEC = 02000000;
  private static final int DIGITS = 12;
  private static final int SIZE = 24;
  private static final int PROGRAM = -1;
  private static final Bound UNKNOWN = new Bound(0, 0);

  private final Scratch memory;
  private final List<String> words;
  private final long helper;
  private final long number;
  private final long block;
  private int in = -1;
  private int out = -1;
  private int count;

  /** The words for usersvc-exec that name these limits and traits, one each. */
  static List<String> words(Confinement confinement) {
    var words = new ArrayList<String>();
    if (!confinement.traits().equals(Traits.NONE)) {
      addTraits(words, confinement.traits());
    }
    if (!confinement.limits().isEmpty()) {
      addLimits(words, confinement.limits());
    }
    return words;
  }

  private static void addTraits(List<String> words, Traits traits) {
    traits.pidNames().forEach(name -> words.add("pid=" + name));
    if (traits.ignoresBrokenPipe()) {
      words.add("sigpipe=ignore");
    }
    if (traits.oomScore() != null) {
      words.add("oom=" + traits.oomScore());
    }
    var io = traits.ioPriority();
    if (io != null) {
      words.add("io=" + io.type() + ":" + io.level());
    }
  }

  private static void addLimits(List<String> words, Limits limits) {
    for (var resource : Resource.values()) {
      var bound = limits.resources().get(resource);
      if (bound != null) {
        words.add(resource.word() + "=" + bound.text());
      }
    }
    if (limits.nice() != null) {
      words.add("nice=" + limits.nice());
    }
    if (limits.umask() != null) {
      words.add("umask=" + Integer.toOctalString(limits.umask()));
    }
  }

  /** All limits as refused, because there is no usersvc-exec. */
  static List<Refusal> unheeded(List<String> words) {
    return words.stream().map(word -> refusal(word, Errno.ENOENT, UNKNOWN)).toList();
  }

  private static Refusal refusal(String word, int errno, Bound had) {
    String[] parts = word.split("=", 2);
    String[] bounds = parts[1].split(":", 2);
    boolean same = bounds.length == 2 && bounds[0].equals(bounds[1]);
    return new Refusal(parts[0], same ? bounds[0] : parts[1], new Errno(errno), had);
  }

  /**
   * @param helper path of usersvc-exec
   */
  ExecReport(Scratch memory, String helper, List<String> words) {
    this.memory = memory;
    this.words = words;
    this.helper = memory.path(helper);
    this.number = memory.take(DIGITS);
    this.block = memory.take(SIZE * (words.size() + 1));
  }

  /** The address of its path. */
  long helper() {
    return helper;
  }

  /** The addresses of its arguments, up to the program. */
  List<Long> arguments() {
    var arguments = new ArrayList<Long>();
    arguments.add(helper);
    arguments.add(number);
    words.forEach(word -> arguments.add(memory.text(word)));
    arguments.add(memory.text("--"));
    return arguments;
  }

  /** The number of these arguments. */
  int length() {
    return words.size() + 3;
  }

  /**
   * Opens the pipe, and gives the child its end. <b>The spawner's thread only.</b>
   *
   * @param taken whether its end may not have that number
   * @return an error number, or 0
   */
  int open(Libc libc, IntPredicate taken, long actions) {
    if (libc.call(PIPE, block, O_CLOEXEC) != 0) {
      return libc.errno();
    }
    in = memory.getInt(block);
    out = LoopDescriptors.apart(libc, memory.getInt(block + 4), taken);
    if (out < 0) {
      return -out;
    }
    byte[] digits = (out + "\0").getBytes(ISO_8859_1);
    memory.copyIn(number, digits, 0, digits.length);
    return libc.call(ADD_DUP, actions, out, out); // the same number: it is open after exec
  }

  /** Closes the end in a child that is not usersvc-exec. <b>The spawner's thread only.</b> */
  void keepFrom(Libc libc, long actions) {
    libc.call(ADD_CLOSE, actions, out);
  }

  /**
   * Waits until the program is executed, or has failed to be. <b>The spawner's thread only.</b>
   *
   * @return an error number, 0 if the program runs
   */
  int read(Libc libc) {
    out = close(libc, out);
    while (count <= words.size() && next(libc)) {
      if (memory.getInt(at(count)) == PROGRAM) {
        return memory.getInt(at(count) + 4);
      }
      count++;
    }
    return 0;
  }

  private long at(int index) {
    return block + (long) index * SIZE;
  }

  private boolean next(Libc libc) {
    int length = libc.call(READ, in, at(count), SIZE);
    while (length < 0 && libc.errno() == Errno.EINTR) {
      length = libc.call(READ, in, at(count), SIZE);
    }
    return length == SIZE;
  }

  /** Closes the pipe. <b>The spawner's thread only.</b> */
  void close(Libc libc) {
    in = close(libc, in);
    out = close(libc, out);
  }

  private static int close(Libc libc, int descriptor) {
    if (descriptor >= 0) {
      libc.call(CLOSE, descriptor);
    }
    return -1;
  }

  /** The refused limits, as far as {@link #read} has come. */
  List<Refusal> refusals() {
    var refusals = new ArrayList<Refusal>();
    for (int i = 0; i < count; i++) {
      int word = memory.getInt(at(i));
      if (word >= 0 && word < words.size()) {
        var had = new Bound(memory.getLong(at(i) + 8), memory.getLong(at(i) + 16));
        refusals.add(refusal(words.get(word), memory.getInt(at(i) + 4), had));
      }
    }
    return refusals;
  }
}
