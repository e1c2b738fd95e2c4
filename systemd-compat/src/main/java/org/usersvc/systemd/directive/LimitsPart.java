package org.usersvc.systemd.directive;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.systemd.syntax.ResourceLimit;

/** The limits of processes: {@code Limit…=}, {@code Nice=}, {@code UMask=}. */
public final class LimitsPart implements Part {
  private static final String LIMIT = "Limit";

  private static final int PERMISSIONS = 0777;

  private final Map<Resource, Bound> bounds = new EnumMap<>(Resource.class);
  private @Nullable Integer nice;
  private @Nullable Integer umask;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Nice" -> value.number(-20, 19, read -> nice = (int) read);
      case "UMask" -> value.mode(read -> umask = read & PERMISSIONS);
      default -> {
        return takeLimit(value);
      }
    }
    return true;
  }

  private boolean takeLimit(Value value) {
    if (!value.key().startsWith(LIMIT)) {
      return false;
    }
    String name = value.key().substring(LIMIT.length());
    for (var resource : Resource.values()) {
      if (resource.name().equals(name)) {
        limit(resource, value);
        return true;
      }
    }
    return false;
  }

  private void limit(Resource resource, Value value) {
    if (value.isEmpty()) {
      bounds.remove(resource);
      return;
    }
    value
        .take(ResourceLimit.parse(resource, value.raw()))
        .ifPresent(bound -> bounds.put(resource, bound));
  }

  public Limits limits() {
    return new Limits(bounds, nice, umask);
  }
}
