#!/bin/sh
# Which jars the modules run with, and a name for what they hold. For other scripts, in the project's directory.

# The jar of module $1, empty if it is not packaged: the newest, as those of earlier versions may lie beside it.
own_jar() {
  newest=
  for jar in "$1/target/usersvc-$1"-[0-9]*.jar; do
    case $jar in *-tests.jar) continue ;; esac
    if [ -f "$jar" ] && { [ -z "$newest" ] || [ -n "$(find "$jar" -newer "$newest")" ]; }; then newest=$jar; fi
  done
  echo "$newest"
}

# The jars that module $1 runs with, its own first, one a line. jspecify is for compilers only.
jars() {
  own=$(own_jar "$1")
  if [ -z "$own" ] || [ ! -f "$1/target/classpath" ]; then
    fail "$1 is not packaged, make image does that"
  fi
  echo "$own"
  { cat "$1/target/classpath" && echo; } | tr ':' '\n' | grep -v -e /jspecify- -e '^$' || :
  # What the daemon looks for on its class path, and can do without.
  if [ "$1" = daemon ]; then own_jar systemd-compat | grep . || :; fi
}

# A short name for the contents of the files that stdin names, on this JDK. The caches are named by it: JDK 25.0.3
# does not notice that a jar has changed, and would run the old code.
digest() {
  {
    cat "$JAVA_HOME/release"
    while IFS= read -r file; do sha256sum < "$file"; done
  } | sha256sum | cut -c1-16
}

# A name for all that the native executable is made of.
native_digest() {
  { jars daemon && jars client && find daemon/src/native -type f ! -name '*.md' | sort; } | digest
}
