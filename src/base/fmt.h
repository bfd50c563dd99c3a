/* SPDX-License-Identifier: MIT */
/*
 * fmt.h - inside of the formatter: where text goes, what a conversion asked for
 */
#ifndef BASE_FMT_H
#define BASE_FMT_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Text goes to at..end; at runs on past end, so that the length wanted is known. */
struct fmt_out {
	char *at;
	char *end;
	struct fmt_reader *reader;
};

/* Is asked before what an argument points at is read: how many bytes, from the first on, may be. */
struct fmt_reader {
	/* up to the closing 0, at most @limit */
	size_t (*text)(struct fmt_reader *reader, const char *text, size_t limit);
	size_t (*bytes)(struct fmt_reader *reader, const void *start, size_t bytes);
};

struct fmt_spec {
	bool left, plus, space, special, zero;	/* - + blank # 0 */
	bool upper, is_signed;
	int base;
	int width;				/* -1: none */
	int precision;				/* -1: none */
};

struct fmt_flag_name {
	unsigned long mask;
	const char *name;
};

/*
 * The named GFP words, greedy: the first whose bits are all there is named and its bits are done.
 * Ends with mask 0.
 */
extern const struct fmt_flag_name fmt_gfp_names[];
extern const struct fmt_flag_name fmt_page_names[];

/*
 * Text of the code address @pc in @buf: kind 'S' with offset, 's' without, 'B' return address (the
 * call before it). The length, 0 if it is not known.  Set by the room that knows symbols; NULL:
 * addresses print as numbers.
 */
extern int (*fmt_symbol)(unsigned long pc, char kind, char *buf, size_t bytes);

static inline void fmt_put(struct fmt_out *out, char c)
{
	if (out->at < out->end)
		*out->at = c;
	out->at++;
}

/* The length of the text; @reader is asked about each argument that is read, and cuts it. */
int fmt_measure(struct fmt_reader *reader, const char *fmt, va_list args);

void fmt_number(struct fmt_out *out, u64 value, struct fmt_spec spec);
/* width and precision apply */
void fmt_text(struct fmt_out *out, const char *text, struct fmt_spec spec);
void fmt_plain(struct fmt_out *out, const char *text);				/* they do not */
void fmt_pointer(struct fmt_out *out, const char *form, const void *ptr, struct fmt_spec spec);
void fmt_nested(struct fmt_out *out, const void *va_format);			/* %pV */
const char *fmt_errno_name(int error);	/* "ENOMEM", NULL if it has none */

#endif
