package org.usersvc.systemd.directive;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.Limits.Bound;
import org.usersvc.daemon.model.Resource;
import org.usersvc.systemd.syntax.ResourceLimit;

/** The limits of processes: {@code Limit…=}, {@code Nice=}, {@code UMask=}. */
public final class LimitsPart extends Part {
  private static final int PERMISSIONS = 0777;

  private final Map<Resource, Bound> bounds = new EnumMap<>(Resource.class);
  private @Nullable Integer nice;
  private @Nullable Integer umask;

  public LimitsPart() {
    for (var resource : Resource.values()) {
      on("Limit" + resource.name(), value -> limit(resource, value));
    }
    on("Nice", value -> value.number(-20, 19, read -> nice = (int) read));
    on("UMask", value -> value.mode(read -> umask = read & PERMISSIONS));
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
