import java.util.Arrays;
import org.graalvm.nativeimage.RuntimeOptions;

/**
 * The daemon and the client as one executable: {@code usersvcd daemon [-DNAME=VALUE…] -- ARGUMENT…},
 * and {@code usersvcd client} with the same. It reads {@code -D} itself: the builder's own reading
 * takes {@code -D} and {@code -X} out of all arguments, and is off.
 */
public final class Programs {
  /** Logs may have millions of lines. */
  private static final long LARGE_HEAP = 256L << 20;

  private Programs() {}

  /** Enters the program that the first argument names. */
  public static void main(String[] arguments) {
    int end = Arrays.asList(arguments).indexOf("--");
    for (int i = 1; i < end; i++) {
      String[] property = arguments[i].substring("-D".length()).split("=", 2);
      System.setProperty(property[0], property[1]);
    }
    var own = Arrays.copyOfRange(arguments, end + 1, arguments.length);
    if (arguments[0].equals("client")) {
      RuntimeOptions.set("MaxHeapSize", LARGE_HEAP);
      org.usersvc.client.Main.main(own);
    } else {
      org.usersvc.daemon.main.Main.main(own);
    }
  }
}
