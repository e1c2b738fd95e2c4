package org.usersvc.daemon.servicedir;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;

/**
 * Reads the lines of {@code limits}: a name and a value each, {@code #} begins a comment. An
 * invalid line is reported and left out.
 */
final class LimitsFile {
  private static final int LOWEST_NICE = -20;
  private static final int HIGHEST_NICE = 19;
  private static final String UNITS = "kmgt";
  private static final Pattern OCTAL = Pattern.compile("0?[0-7]{1,3}");
  private static final Pattern NICE = Pattern.compile("-?[0-9]{1,2}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}[kKmMgGtT]?");

  private final Map<Resource, Bound> resources = new EnumMap<>(Resource.class);
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Integer nice;
  private @Nullable Integer umask;

  LimitsFile(String text) {
    for (var line : SettingLine.all(text)) {
      String remedy = take(line.words().split("\\s+", -1));
      if (remedy != null) {
        complaints.add(line.complaint("limits", remedy));
      }
    }
  }

  Limits limits() {
    return new Limits(resources, nice, umask);
  }

  /** The first complaints, and how many there are more. */
  List<String> complaints() {
    int more = complaints.size() - SettingLine.MOST_COMPLAINTS;
    if (more <= 0) {
      return complaints;
    }
    var few = new ArrayList<>(complaints.subList(0, SettingLine.MOST_COMPLAINTS));
    few.add("%d more lines of limits make no sense".formatted(more));
    return few;
  }

  /** The expected form of the line, null if it is valid. */
  private @Nullable String take(String... words) {
    var resource = Resource.ofWord(words[0]);
    String value = words.length == 2 ? words[1] : "";
    if (resource != null) {
      var bound = bound(value);
      if (bound == null) {
        return words[0] + " with a number, 'unlimited', or SOFT:HARD";
      }
      resources.put(resource, bound);
      return null;
    }
    return switch (words[0]) {
      case "nice" -> takeNice(value);
      case "umask" -> takeUmask(value);
      default -> "a name such as nofile, nice or umask, and a value: see usersvc-service(5)";
    };
  }

  private @Nullable String takeNice(String value) {
    int number = NICE.matcher(value).matches() ? Integer.parseInt(value) : Integer.MAX_VALUE;
    if (number < LOWEST_NICE || number > HIGHEST_NICE) {
      return "nice with a number from -20 to 19";
    }
    nice = number;
    return null;
  }

  private @Nullable String takeUmask(String value) {
    if (!OCTAL.matcher(value).matches()) {
      return "umask with an octal number up to 777";
    }
    umask = Integer.parseInt(value, 8);
    return null;
  }

  private static @Nullable Bound bound(String value) {
    String[] parts = value.split(":", -1);
    var soft = limit(parts[0]);
    var hard = limit(parts[parts.length - 1]);
    if (parts.length > 2 || soft == null || hard == null) {
      return null;
    }
    boolean fits = hard == Bound.UNLIMITED || (soft != Bound.UNLIMITED && soft <= hard);
    return fits ? new Bound(soft, hard) : null;
  }

  private static @Nullable Long limit(String text) {
    if (text.equals("unlimited")) {
      return Bound.UNLIMITED;
    }
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    int last = text.length() - 1;
    int unit = UNITS.indexOf(Character.toLowerCase(text.charAt(last))) + 1;
    long number = Long.parseLong(unit > 0 ? text.substring(0, last) : text);
    int shift = 10 * unit;
    return number > Long.MAX_VALUE >> shift ? null : Long.valueOf(number << shift);
  }
}
