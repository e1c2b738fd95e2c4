# Builds, checks and installs usersvc. Every target finds a JDK 25 or later by itself.

PREFIX = /usr/local
SYSCONFDIR = /etc
LOCALSTATEDIR = /var
DESTDIR =
# Further names of the client. Leave out those that another package of the system has.
ALIASES = svc svok svstat

dest = $(DESTDIR)$(PREFIX)
pam_lines = $(patsubst target/image/share/usersvc/%,%,$(wildcard target/image/share/usersvc/pam/*))
etc = $(DESTDIR)$(SYSCONFDIR)
# As pom.xml lists them.
modules = $(shell sed -n 's|.*<module>\(.*\)</module>.*|\1|p' pom.xml)
# Systems that tests run in; made once.
roots = /var/cache/usersvc
state = $(DESTDIR)$(LOCALSTATEDIR)/lib/usersvc

.PHONY: image native native-check check fuzz demo install install-openrc uninstall \
  package-deb check-packages dist dist-maven clean format bench

image:
	.ci/packages build
	.ci/mvn -q -pl dbus-interfaces,daemon,systemd-compat,client package -Dmaven.test.skip
	daemon/src/image/build

# The same with daemon and client as one executable that needs no JVM (daemon/src/native/README.md). From then on make
# image takes that along as long as the code is the same, and make install installs that in place of the JVM.
native:
	.ci/packages build
	.ci/mvn -q -pl dbus-interfaces,daemon,systemd-compat,client package -Dmaven.test.skip
	daemon/src/native/build
	daemon/src/image/build

# All integration tests on such an image.
native-check: native
	.ci/packages check
	.ci/mvn -pl integration-tests verify

check:
	.ci/packages build check
	[ "$$(id -u)" -ne 0 ] || timeout 600 .ci/elogind-root $(roots)/elogind-root
	[ "$$(id -u)" -ne 0 ] || timeout 600 .ci/gnome-root $(roots)/gnome-root $(roots)/elogind-root
	.ci/check

# First the readers of units and the plans of jobs, then every door of the daemon:
# SECONDS=600 for each door, SEED=7 to repeat what has failed, DOOR=theStateFileMayHoldAnything for one.
SECONDS = 120
SEED = $(shell date +%s)
DOOR = *
fuzz:
	.ci/packages build check
	.ci/mvn -q -pl dbus-interfaces,daemon,systemd-compat package -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='RandomGraphTest,ReadFuzzTest,SyntaxFuzzTest' \
	  -Dusersvc.fuzz.rounds=$$(($(SECONDS) * 500)) -Dusersvc.fuzz.seed=$(SEED)
	.ci/mvn -q -pl dbus-interfaces,daemon,systemd-compat,client package -Dmaven.test.skip
	.ci/mvn -q -pl integration-tests verify -Dit.test='FuzzIT#$(DOOR)' \
	  -Dusersvc.fuzz.seconds=$(SECONDS) -Dusersvc.fuzz.seed=$(SEED)

demo: image
	.ci/packages demo
	.ci/demo

# The jars and caches of a running daemon are replaced, not overwritten: it goes on with the old ones.
# The caches are accepted only with the times of the jars, so these are kept. What root installs is his,
# and directories that are there stay as they are.
install:
	@test -d target/image || { echo 'There is no target/image: run make image first.' >&2; exit 1; }
	umask 022 && mkdir -p '$(dest)/bin' '$(dest)/lib' '$(dest)/share'
	rm -rf '$(dest)/lib/usersvc'
	cp -pR target/image/lib/usersvc '$(dest)/lib/usersvc'
	if [ -d '$(dest)/lib/usersvc/native' ]; then cd '$(dest)/lib/usersvc' && rm -rf runtime jars ./*.aot; fi
	for name in usersvcd usersvc; do \
	  rm -f '$(dest)/bin/'$$name && cp -pR target/image/bin/$$name '$(dest)/bin/' || exit 1; \
	done
	if [ "$$(id -u)" -eq 0 ]; then chown -R 0:0 '$(dest)/lib/usersvc' '$(dest)/bin/usersvcd' '$(dest)/bin/usersvc'; fi
	for name in $(ALIASES); do ln -sf usersvc '$(dest)/bin/'$$name || exit 1; done
	umask 022 && cp -R target/image/share/. '$(dest)/share/'
	umask 022 && { cd target/image && find share ! -type d; } | sed 's|\.service\.in$$|.service|' > '$(dest)/lib/usersvc/share.list'
	umask 022 && sed 's|@bindir@|$(PREFIX)/bin|' '$(dest)/share/dbus-1/services/org.usersvc1.service.in' \
	  > '$(dest)/share/dbus-1/services/org.usersvc1.service'
	rm '$(dest)/share/dbus-1/services/org.usersvc1.service.in'
	for file in openrc/usersvc runit/run s6/run dinit/usersvc $(pam_lines); do \
	  sed 's|@PREFIX@|$(PREFIX)|' target/image/share/usersvc/$$file > '$(dest)/share/usersvc/'$$file || exit 1; \
	done
	if [ "$$(id -u)" -eq 0 ] || [ -n '$(DESTDIR)' ]; then \
	  umask 022 && mkdir -p '$(state)' && \
	  { test -d '$(state)/linger' || mkdir -m 1733 '$(state)/linger'; }; \
	fi
	@[ -n '$(DESTDIR)' ] || echo 'usersvc is installed in $(PREFIX). To start it, as yourself: $(PREFIX)/bin/usersvcd &'
	@[ -n '$(DESTDIR)' ] || echo 'If it runs already: $(PREFIX)/bin/usersvc reexec. Services go on.'

# After install. A conf.d/usersvc that is there stays as it is.
install-openrc:
	@test -d '$(dest)/share/usersvc/openrc' || { echo 'usersvc is not installed: run make install first.' >&2; exit 1; }
	umask 022 && mkdir -p '$(etc)/init.d' '$(etc)/conf.d'
	rm -f '$(etc)/init.d/usersvc' && cp -p '$(dest)/share/usersvc/openrc/usersvc' '$(etc)/init.d/usersvc'
	test -e '$(etc)/conf.d/usersvc' \
	  || cp -p '$(dest)/share/usersvc/openrc/usersvc.confd' '$(etc)/conf.d/usersvc'

# What users have made stays, a changed conf.d/usersvc, too.
uninstall:
	@daemon/src/packages/uninstall '$(DESTDIR)' '$(PREFIX)' '$(SYSCONFDIR)' '$(LOCALSTATEDIR)'

# See daemon/src/packages/README.md.
package-deb: image
	daemon/src/packages/debian/build

check-packages: image
	.ci/packages packages
	timeout 600 .ci/bookworm-root $(roots)/bookworm-root
	.ci/package-before
	.ci/package-deb-test $(roots)/bookworm-root target/before/target
	.ci/package-sources-test
	.ci/dist-test

dist:
	daemon/src/packages/dist

dist-maven:
	.ci/packages build
	daemon/src/packages/dist maven

clean:
	rm -rf target $(addsuffix /target,$(modules))

format:
	.ci/mvn -q spotless:apply

# ARGS='Name -f 1' picks one and tells JMH more.
bench:
	.ci/packages build
	.ci/bench $(ARGS)
