/* Native text: UTF-8 with stray bytes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

int decode(const unsigned char *s, unsigned *point);
void show(FILE *stream, const char *bytes, size_t length, bool terminal);
