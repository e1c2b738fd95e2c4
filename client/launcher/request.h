/* The request line. */
#pragma once

#include "line.h"

struct request {
	const char *bytes;
	size_t length;
};

/* Of length 0 if only the Java client can write it, or say why it cannot be written. */
struct request write_request(const struct ask *ask);
