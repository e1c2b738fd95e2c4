/* Native text: UTF-8 with stray bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

int decode(const unsigned char *s, unsigned *point);

/* Where text goes: PAINTED is a terminal that gets the colours of the daemon's palette. */
enum place { A_FILE, TERMINAL, PAINTED };

void show(FILE *stream, const char *bytes, size_t length, enum place place);
