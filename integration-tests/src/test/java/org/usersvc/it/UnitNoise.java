package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/** Unit files that say what nobody expects, of each other and at all. */
record UnitNoise(Noise noise, Tree tree) {
  private static final int MOST_LINES = 14;

  private static final String[] UNITS = {
    "a.service",
    "b@x.service",
    "b@y.service",
    "c.target",
    "d.socket",
    "e.slice",
    "g.timer",
    "h.path"
  };

  private static final String[] FILES = {
    "a.service",
    "b@.service",
    "b@x.service",
    "c.target",
    "d.socket",
    "d.service",
    "e.slice",
    "g.timer",
    "h.path",
    "a.service.d/x.conf",
    "b@.service.d/y.conf",
    "service.d/z.conf",
    "c.target.wants/a.service",
    "c.target.requires/b@x.service"
  };

  private static final String[] HEADERS = {
    "[Unit]", "[Service]", "[Service]", "[Socket]", "[Install]", "[Timer]", "[Path]", "[X-Other]"
  };

  private static final String[] LINES = {
    "ExecStart=sleep 1",
    "ExecStart=sleep 1000",
    "ExecStart=sh -c 'exit 3'",
    "ExecStart=-/bin/false",
    "ExecStart=",
    "ExecStartPre=@/bin/true x %n %i",
    "ExecStopPost=/bin/echo $SERVICE_RESULT ${EXIT_CODE}",
    "ExecReload=/bin/kill -HUP $MAINPID",
    "ExecCondition=/bin/false",
    "Type=oneshot",
    "Type=notify",
    "Type=forking",
    "Type=exec",
    "Type=idle",
    "Restart=always",
    "Restart=on-failure",
    "RestartSec=50ms",
    "RemainAfterExit=yes",
    "TimeoutStartSec=80ms",
    "TimeoutStopSec=80ms",
    "RuntimeMaxSec=50ms",
    "WatchdogSec=10ms",
    "KillSignal=SIGINT",
    "PIDFile=%t/a.pid",
    "WorkingDirectory=/nosuch",
    "RuntimeDirectory=x y/z",
    "StandardOutput=append:%t/out",
    "StandardInput=file:/nosuch",
    "Environment=A=%h \"B=x y\" C",
    "EnvironmentFile=-/nosuch",
    "Requires=c.target a.service",
    "Wants=b@x.service b@y.service",
    "After=c.target b@x.service",
    "Before=a.service",
    "BindsTo=d.socket",
    "Requisite=c.target",
    "Conflicts=a.service",
    "PartOf=c.target",
    "Upholds=a.service",
    "OnFailure=a.service b@%n.service",
    "PropagatesStopTo=b@y.service",
    "StopWhenUnneeded=yes",
    "CollectMode=inactive-or-failed",
    "DefaultDependencies=no",
    "ConditionPathExists=!%t/nosuch",
    "AssertUser=nobody",
    "JobTimeoutSec=50ms",
    "Description=%n %i %% \\",
    "ListenStream=%t/d",
    "ListenFIFO=%t/f",
    "Accept=yes",
    "OnActiveSec=10ms",
    "OnCalendar=*:*:0/1",
    "PathExists=%h",
    "Alias=z.service",
    "WantedBy=c.target",
    "NoSuchKey=1",
    "# a comment \\",
    "Nice=\\"
  };

  /** The user's directory of units. */
  Path directory() {
    return tree.root().resolve(".config/systemd/user");
  }

  /** One of the names that there are files of. */
  String unit() {
    return noise.one(UNITS);
  }

  /** Puts something in the place of a file, or removes it. */
  void change() throws IOException {
    var file = directory().resolve(noise.one(FILES));
    Ran.of("rm", "-rf", file.toString());
    var parent = Objects.requireNonNull(file.getParent());
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      FileNoise.remove(parent);
      Files.createDirectories(parent);
    }
    switch (noise.below(16)) {
      case 0 -> {}
      case 1 -> new FileNoise(noise, tree).replace(file);
      case 2 -> Files.createSymbolicLink(file, Path.of(noise.one(FILES)));
      case 3 -> Files.createSymbolicLink(file, Path.of("/dev/null"));
      case 4 -> {
        var companion = directory().resolve(unit() + noise.one(".d", ".wants", ".requires"));
        new FileNoise(noise, tree).replace(companion);
      }
      default -> Files.writeString(file, text(), ISO_8859_1);
    }
    Fuzz.own(tree.root().resolve(".config"));
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = noise.below(MOST_LINES); i >= 0; i--) {
      if (noise.chance(0.3) || text.isEmpty()) {
        text.append(noise.one(HEADERS)).append('\n');
      }
      text.append(noise.one(LINES)).append(noise.one("\n", "\n", "\n", "\n\n", "\r\n", " \n"));
    }
    return noise.chance(0.2) ? noise.mutate(text.toString()) : text.toString();
  }

  /** Removes all of them. */
  void removeAll() throws IOException {
    FileNoise.remove(directory());
  }
}
