/// The control socket: requests in, rendered answers out.
///
/// `$XDG_RUNTIME_DIR/usersvc/control` (instance NAME: `usersvc-NAME`), a stream socket, mode
/// 0600, peers of the same uid only (root too). One request per connection:
///
///     C: {"v":1,"verb":"up","services":["foot"],"wait_ms":7000,"format":"text"}\n
///     S: 1 ok: run: foot: (pid 812) 0s\n         a line for the client's stdout, without the "1 "
///     S: 2 timeout: ...\n                         a line for its stderr
///     S: 0\n                                      a sign of life while there is no other line
///     S: = 0\n                                    the exit status; the daemon then closes
///
/// A client of systemd-run may be asked to go on as the program that its words name:
///
///     S: e A=b\n                                  sets a variable
///     S: d /tmp\n                                 changes the directory
///     S: x 3\n                                    executes its words from word 3 on
///
/// Clients leave out lines with marks that they do not know.
///
/// - Request line at most 1 MiB, UTF-8 JSON; `services` counts each name once. `v` is 1 when
///   absent. Unknown fields are ignored, unknown verbs are answered with `2 usersvc: unknown verb
///   ...` and `= 100`.
/// - A service name that is not valid UTF-8 carries each stray byte b as JSON's escape of U+DCXX,
///   XX = b in hex (as Python's surrogateescape).
/// - `"services"`: `foot`, `foot/log`, or an absolute path of a service directory; names may be
///   patterns (`pipe*`).
/// - `"wait_ms"`: how long the waiting verbs wait (0 = return at once). Without it they wait for
///   7000, but not for a service that waits for a variable or a login: that is answered at once,
///   with success.
/// - `"words"`: the words after the verb, unchanged; the daemon checks them. A variable without a
///   value has that of the client's environment, which the daemon reads itself (SO_PEERCRED).
/// - `"format"`: `text` (default) or `json`: stdout lines are then JSON documents, one a line.
/// - `"color"` (bool): text of `list`, `status` and `tree` has the colours that usersvc(1) lists,
///   as escape sequences; the client lets no others pass.
/// - Text lines never hold a newline: control bytes in names are shown as `\xNN`.
///
/// Verbs, with their further fields, and their answers:
///
/// - `up down once exit term kill restart` `start stop reload try-restart shutdown check`
///   `force-stop force-reload force-restart force-shutdown`: `services`, `wait_ms`; a line per
///   service when its condition holds, or `timeout:` (stderr).
/// - `pause cont hup alarm interrupt quit 1 2`: `services`; a line per service, at once.
/// - `status`: `services` (none = all), `check` (bool); a table, or JSON objects; with `check`
///   exit 3 if one is not running.
/// - `wait`: `services`, `wait_ms`, `down` (bool); as `up` and `down`, without a command.
/// - `list`: `failed`, `all` (bool); the table of all services, those in trouble first;
///   without `all` no units that nobody has asked for.
/// - `show`: `services`; a page about each.
/// - `is-active is-failed is-enabled`: `services`; a word for each, exit 0, 1, 3 or 4.
/// - `kill`: `signal` (string), to send another one.
/// - `schedule`: `services` (none = all with a schedule); a table of next and last starts, or JSON
///   objects, the next to start first.
/// - `tree`: `dot` (bool); the dependencies.
/// - `rescan`: after the scan is done.
/// - `switch`: `dir` (absolute); after the scan of the new directory.
/// - `events`: `services` (none = all); a line per state change until the client closes.
/// - `version`: one line: version, commit, and what the daemon runs on; as JSON also
///   `scan_directory`, the absolute path.
/// - `reexec`: one line of the new version, or the reason why the old one goes on.
/// - `session`: `words`: `register [VAR or VAR=VALUE ...]`, `list`, `show [ID]`, `unregister
///   [ID]`; `leader` (string: a pid), `name`, `all` (bool); sessions, or what was wrong.
/// - `env`: `words`: none, `set VAR=VALUE ...`, `unset VAR ...`, `import VAR ...`, `diff SERVICE`;
///   `service`, `sh` (bool); a line per variable.
/// - `enable`, `disable`: `words`: `NAME ...`; `now` (bool), and with it `wait_ms`; a line per
///   service.
/// - `bus`: `name`: a D-Bus address; answers when the daemon uses the bus; for `usersvc activate`.
/// - `verify`: `words`: `UNIT or FILE ...`, of the module for units of systemd; a line for each
///   mistake, exit 1 if there is one.
/// - `svc`: `letters`, `services`; daemontools' rules: exit 0.
/// - `svok`, `svstat`: `services`; daemontools' texts and exit codes.
///
/// For `svc`, `svok`, `svstat` a DIR without a slash is a name in the scan directory; the client
/// makes any other one absolute against its own working directory before it sends it.
@NullMarked
package org.usersvc.daemon.socket;

import org.jspecify.annotations.NullMarked;
