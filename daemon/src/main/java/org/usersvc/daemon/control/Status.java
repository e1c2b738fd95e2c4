package org.usersvc.daemon.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.ServiceState;
import org.usersvc.daemon.lifecycle.Wanted;

/**
 * The contents of supervise/status, stat and pid (runsv.c:116-206).
 *
 * @param since when run was started, or when it went down
 */
public record Status(ServiceState state, Instant since) {
  /** Size of supervise/status: sv takes 20 bytes only, svstat at least 18. */
  public static final int SIZE = 20;

  private static final int PID = 12;
  private static final int SHOWN = 19;

  /** In seconds since 1970: a time that no clock will reach. */
  private static final long LATEST = 1L << 40;

  private static final long TAI_OF_UNIX_EPOCH = 4611686018427387914L;

  /** The three states that clients know, as byte 19 counts them. */
  public enum Shown {
    DOWN(0),
    RUN(1),
    FINISH(2);

    private final int code;

    Shown(int code) {
      this.code = code;
    }
  }

  /** The state that clients see in a phase. */
  public static Shown shown(Phase phase) {
    return switch (phase) {
      case Phase.Running _ -> Shown.RUN;
      case Phase.FinishStarting _, Phase.Finishing _ -> Shown.FINISH;
      case Phase.Down _, Phase.Incomplete _, Phase.Waiting _, Phase.Preparing _ -> Shown.DOWN;
      case Phase.Starting _, Phase.Completed _, Phase.BackingOff _ -> Shown.DOWN;
      case Phase.Settling _, Phase.Gone _ -> Shown.DOWN;
    };
  }

  public Shown shown() {
    return shown(state.phase());
  }

  public boolean termSent() {
    return state.phase() instanceof Phase.Running running && running.termSent();
  }

  /** supervise/status: time and pid, in TAI64N and little endian, then four flags. */
  public byte[] encode() {
    var bytes = ByteBuffer.allocate(SIZE);
    bytes.putLong(since.getEpochSecond() + TAI_OF_UNIX_EPOCH).putInt(since.getNano());
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(state.phase().pidOrZero());
    bytes.put((byte) (state.paused() ? 1 : 0));
    bytes.put((byte) (state.wanted() == Wanted.UP ? 'u' : 'd'));
    bytes.put((byte) (termSent() ? 1 : 0));
    bytes.put((byte) shown().code);
    return bytes.array();
  }

  /**
   * The last status of an earlier supervisor.
   *
   * @param pid 0 if no process lived
   * @param since as in {@link Status}
   * @param runs whether the process is run
   * @param written when the file was written
   */
  public record Last(int pid, Instant since, boolean runs, Instant written) {
    static final Last NONE = new Last(0, Instant.EPOCH, false, Instant.EPOCH);

    /** Reads supervise/status; {@link #NONE} if it is invalid. */
    static Last of(byte[] status, Instant written) {
      if (status.length != SIZE) {
        return NONE;
      }
      var bytes = ByteBuffer.wrap(status);
      long seconds = bytes.getLong() - TAI_OF_UNIX_EPOCH;
      boolean inTime = seconds >= 0 && seconds <= LATEST;
      var since = inTime ? Instant.ofEpochSecond(seconds, bytes.getInt()) : Instant.EPOCH;
      int pid = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(PID);
      return new Last(pid, since, pid > 0 && status[SHOWN] == Shown.RUN.code, written);
    }
  }

  /** supervise/stat. */
  public byte[] stat() {
    String text =
        switch (shown()) {
          case DOWN -> "down" + pause();
          case RUN -> "run" + pause() + (termSent() ? ", got TERM" : "") + wish();
          case FINISH -> "finish" + pause() + wish();
        };
    return (text + "\n").getBytes(US_ASCII);
  }

  private String pause() {
    return state.paused() ? ", paused" : "";
  }

  private String wish() {
    return switch (state.wanted()) {
      case UP -> "";
      case DOWN -> ", want down";
      case EXIT, DRAINED, REMOVED -> ", want exit";
    };
  }

  /** supervise/pid. */
  public static byte[] pid(int pid) {
    return pid == 0 ? new byte[0] : (pid + "\n").getBytes(US_ASCII);
  }
}
