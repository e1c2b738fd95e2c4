/* Native text: UTF-8 with stray bytes; shown so that no terminal obeys it. */
#define _GNU_SOURCE
#include "text.h"

#include <string.h>

/* Length of the valid UTF-8 sequence at s and its code point; 0 if *s is a stray byte. */
int decode(const unsigned char *s, unsigned *point)
{
	static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
	int length = *s < 0x80 ? 1 : *s >> 5 == 6 ? 2 : *s >> 4 == 14 ? 3 : *s >> 3 == 30 ? 4 : 0;
	*point = length < 2 ? *s : *s & (0x7fu >> length);
	for (int i = 1; i < length; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (s[i] & 0x3f);
	}
	bool surrogate = *point >= 0xd800 && *point < 0xe000;
	return *point < least[length] || *point > 0x10ffff || surrogate ? 0 : length;
}

/* Whether more bytes may make a valid sequence of these, which are none yet. */
static bool is_begun(const unsigned char *s, size_t length)
{
	size_t wanted = *s >> 5 == 6 ? 2 : *s >> 4 == 14 ? 3 : *s >> 3 == 30 ? 4 : 1;
	for (size_t i = 1; i < length; i++)
		if ((s[i] & 0xc0) != 0x80)
			return false;
	return length < wanted;
}

/* The palette of usersvc(1), which the daemon may use; nothing else of a terminal's language passes. */
static const char *const PALETTE[] = {"\033[0m", "\033[1m", "\033[2m", "\033[31m", "\033[32m",
				      "\033[33m", "\033[36m"};

enum { NOT_ONE = 0, BEGUN = -1 };

/* The length of the sequence of the palette that s is, BEGUN if more bytes may make one, NOT_ONE. */
static int of_palette(const unsigned char *s, size_t length)
{
	for (size_t i = 0; i < sizeof PALETTE / sizeof *PALETTE; i++) {
		size_t whole = strlen(PALETTE[i]);
		if (strncmp((const char *)s, PALETTE[i], length < whole ? length : whole) == 0)
			return length < whole ? BEGUN : (int)whole;
	}
	return NOT_ONE;
}

static bool is_plain(int length, unsigned point, bool terminal)
{
	if (point < 0x20)
		return point == '\t' || point == '\n';
	return !terminal || (length > 0 && !(point >= 0x7f && point < 0xa0));
}

/*
 * What a terminal would obey is \xNN, as the daemon shows it in names: C0 but tab and newline, and,
 * if it is a terminal, DEL, C1 and stray bytes. The palette's sequences are colours where it is
 * painted. A sequence may come in pieces; a newline ends each.
 */
void show(FILE *stream, const char *bytes, size_t length, enum place place)
{
	static unsigned char part[6];
	static size_t parts;
	for (const char *end = bytes + length; bytes < end; bytes++) {
		part[parts++] = (unsigned char)*bytes;
		while (parts > 0) {
			unsigned point;
			int used = decode(part, &point);
			int paint = place == PAINTED ? of_palette(part, parts) : NOT_ONE;
			if (paint == BEGUN || (used == 0 && is_begun(part, parts)))
				break;
			used = paint ? paint : used;
			size_t step = used ? (size_t)used : 1;
			if (paint || is_plain(used, point, place != A_FILE))
				fwrite(part, 1, step, stream);
			else
				fprintf(stream, "\\x%02x", used ? point : *part);
			memmove(part, part + step, sizeof part - step);
			parts -= step;
			part[parts] = 0;
		}
	}
}
