# How all C of usersvc is compiled and linked. A Makefile includes this, and links with $(PROGRAM), $(STATIC) or $(MODULE).

CC ?= cc
CFLAGS ?= -O2

# A C library without checks of its own, or CFLAGS without optimization, warns of _FORTIFY_SOURCE.
STRICT = -std=c11 -Wall -Wextra -Werror -Wno-error=cpp
CHECKED = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LINKED = -Wl,-z,relro,-z,now,-z,noexecstack
COMPILE = $(CC) $(CPPFLAGS) $(STRICT) $(CHECKED) $(CFLAGS) $(LDFLAGS) $(LINKED)

PROGRAM = $(COMPILE) -fPIE -pie
STATIC = $(COMPILE) -fPIE -static-pie
MODULE = $(COMPILE) -fPIC -fvisibility=hidden -shared
