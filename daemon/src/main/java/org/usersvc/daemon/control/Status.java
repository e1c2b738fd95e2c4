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

  /** What clients are shown of a phase. */
  public static Shown shown(Phase phase) {
    return switch (phase) {
      case Phase.Running _ -> Shown.RUN;
      case Phase.FinishStarting _, Phase.Finishing _ -> Shown.FINISH;
      case Phase.Down _, Phase.Incomplete _, Phase.Waiting _, Phase.Preparing _ -> Shown.DOWN;
      case Phase.Starting _, Phase.Completed _, Phase.BackingOff _, Phase.Gone _ -> Shown.DOWN;
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

  /** The pid in a supervise/status, 0 if there is none, or the text is none. */
  public static int pidOf(byte[] status) {
    return status.length == SIZE
        ? ByteBuffer.wrap(status).order(ByteOrder.LITTLE_ENDIAN).getInt(PID)
        : 0;
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
