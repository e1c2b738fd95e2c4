# Copyright 2026 the usersvc authors
# Distributed under the terms of the ISC license

EAPI=8

DESCRIPTION="Supervisor of the services of a user"
# There is no place to download from yet: see pkg_nofetch.
HOMEPAGE=""
SRC_URI="${P}.tar.gz ${P}-maven.tar.gz"

# usersvc, and of what is built in: OpenJDK, logback, jackson and picocli, dbus-java and slf4j, jline.
LICENSE="ISC GPL-2-with-classpath-exception LGPL-2.1 Apache-2.0 MIT BSD"
SLOT="0"
KEYWORDS="~amd64"
IUSE="openrc +pam"
RESTRICT="fetch test"

# Names: gentoo.git sys-libs/pam, sys-apps/openrc, sys-apps/util-linux (setpriv, of usersvc-as).
RDEPEND="
	sys-apps/util-linux
	openrc? ( sys-apps/openrc )
	pam? ( sys-libs/pam )
"
# pam/ is compiled if its headers are there.
DEPEND="pam? ( sys-libs/pam )"
# Names: gentoo.git virtual/jdk (slot 25), dev-java/maven-bin.
BDEPEND="
	virtual/jdk:25
	dev-java/maven-bin
"

# OpenJDK's own build.
QA_PREBUILT="usr/lib/usersvc/runtime/*"

pkg_nofetch() {
	einfo "In a checkout of usersvc run: make dist dist-maven"
	einfo "and move target/${P}.tar.gz and target/${P}-maven.tar.gz to your DISTDIR."
}

src_compile() {
	MAVEN_REPOSITORY="${WORKDIR}/maven" emake -j1 image
}

src_install() {
	local packages=daemon/src/packages
	# sys-process/daemontools has svc, svok and svstat.
	emake -j1 DESTDIR="${D}" PREFIX="${EPREFIX}/usr" SYSCONFDIR="${EPREFIX}/etc" LOCALSTATEDIR="${EPREFIX}/var" \
		ALIASES= install install-openrc
	# The caches are accepted only with the files that they were made of.
	dostrip -x /usr/lib/usersvc
	if ! use pam; then
		"${packages}"/move "${D}" "${T}/unused" "${EPREFIX}/usr" "${EPREFIX}/etc" pam || die
	fi
	if ! use openrc; then
		"${packages}"/move "${D}" "${T}/unused" "${EPREFIX}/usr" "${EPREFIX}/etc" openrc || die
	fi
	keepdir /var/lib/usersvc/linger
	dodoc NEWS.md README.md
}

pkg_postinst() {
	elog "As the user whose services it is to run: usersvcd &"
	elog "Where one runs already: usersvc reexec, and services go on."
	elog "At login and boot: see usersvc-login(8) and usersvc-openrc(8)."
}
