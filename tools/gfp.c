/* SPDX-License-Identifier: MIT */
/*
 * gfp.c - kmalloc gfp: decode a flag word or a name, for any known kernel
 *
 * G1  A number means nothing without its kernel version; every answer names the version it holds
 * for. G2  A version between two known ones gets an answer only where both neighbours agree;
 * otherwise both are shown.
 */
#include "gfp_history.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct answer {
	char *names, *bits, *zone, *reserves, *problem;
	const char *may_sleep, *io, *fs, *kswapd, *failure;
};

static bool has(enum gfp_era era, uint32_t word, enum gfp_bit bit)
{
	return (word & gfp_bit_value(era, bit)) != 0;
}

static void join(struct text *text, const char *word)
{
	text_add(text, "%s%s", text->bytes ? "|" : "", word);
}

static void add_aliases(struct text *text, enum gfp_era era, unsigned int taken)
{
	for (unsigned int i = 0; i < gfp_composite_count; i++)
		if (i != taken && gfp_composites[i].value[era] == gfp_composites[taken].value[era])
			text_add(text, " (= %s)", gfp_composites[i].name);
}

/* A composite whose value is exactly @word; -1: none. */
static int composite_equal(enum gfp_era era, uint32_t word)
{
	for (unsigned int i = 0; i < gfp_composite_count; i++)
		if (gfp_composites[i].value[era] == (int64_t)word)
			return (int)i;
	return -1;
}

static char *names_of_level(uint32_t word)
{
	struct text text = { 0 };
	int level = composite_equal(ERA_2_0, word & 0xf);

	if (level >= 0)
		join(&text, gfp_composites[level].name);
	else
		text_add(&text, "level %u (no name)", word & 0xf);
	if (word & 0x80)
		join(&text, "GFP_DMA");
	if (word & ~0x8fu)
		text_add(&text, "|0x%x (no such flag)", word & ~0x8fu);
	return text.data;
}

/*
 * Before 2.6 the names overlap so much that part of a word is no evidence: only a zone may be left.
 * Later kernels print greedily themselves.
 */
static bool is_fit(enum gfp_era era, uint32_t rest, int64_t value)
{
	uint32_t zones = gfp_bit_value(era, BIT_DMA) | gfp_bit_value(era, BIT_HIGHMEM);

	return era >= ERA_2_6_0 || !(rest & ~(uint32_t)value & ~zones);
}

/* As %pGg does: composites greedily, then single bits, then what is left as a number. */
static char *names_of(enum gfp_era era, uint32_t word)
{
	struct text text = { 0 };
	uint32_t rest = word;
	int equal = composite_equal(era, word);

	if (era == ERA_2_0)
		return names_of_level(word);
	if (equal >= 0) {
		text_add(&text, "%s", gfp_composites[equal].name);
		add_aliases(&text, era, equal);
		return text.data;
	}
	if (!word)
		return need_copy("no bit, no name");
	for (unsigned int i = 0; i < gfp_composite_count; i++) {
		int64_t value = gfp_composites[i].value[era];

		if (value > 0 && (rest & value) == value && is_fit(era, rest, value)) {
			join(&text, gfp_composites[i].name);
			rest &= ~(uint32_t)value;
		}
	}
	for (unsigned int bit = 0; bit < GFP_BITS; bit++) {
		if (has(era, rest, bit)) {
			join(&text, gfp_bit_name(era, bit));
			rest &= ~gfp_bit_value(era, bit);
		}
	}
	if (rest) {
		char *number = text_format("0x%x (no such bit)", rest);

		join(&text, number);
		free(number);
	}
	return text.data;
}

static char *bits_of(enum gfp_era era, uint32_t word)
{
	struct text text = { 0 };

	if (era == ERA_2_0)
		return text_format(
			"a priority level in the low 4 bits, not a bit mask; DMA is 0x80");
	for (unsigned int bit = 0; bit < GFP_BITS; bit++)
		if (has(era, word, bit))
			text_add(&text, "%s%s 0x%x: %s", text.bytes ? "\n             " : "",
				 gfp_bit_name(era, bit), gfp_bit_value(era, bit),
				 gfp_bit_meaning(bit));
	return text.data ? text.data : need_copy("none");
}

static bool may_sleep(enum gfp_era era, uint32_t word)
{
	if (era == ERA_2_0)
		return (word & 0xf) != 0 && (word & 0xf) != 1;
	return has(era, word, BIT_WAIT) || has(era, word, BIT_DIRECT_RECLAIM);
}

static unsigned int zone_bits(enum gfp_era era, uint32_t word)
{
	return has(era, word, BIT_DMA) + has(era, word, BIT_HIGHMEM) + has(era, word, BIT_DMA32);
}

static char *zone_of(enum gfp_era era, uint32_t word)
{
	bool has_dma32 = gfp_bit_value(era, BIT_DMA32) != 0;

	if (zone_bits(era, word) > 1)
		return need_copy("invalid mix of zones");
	if (has(era, word, BIT_DMA))
		return need_copy("DMA");
	if (has(era, word, BIT_DMA32))
		return need_copy("DMA32, then DMA");
	if (has(era, word, BIT_HIGHMEM) && has(era, word, BIT_MOVABLE))
		return need_copy("MOVABLE, HIGHMEM, NORMAL, DMA32, DMA");
	if (has(era, word, BIT_HIGHMEM))
		return text_format("HIGHMEM, NORMAL%s, DMA", has_dma32 ? ", DMA32" : "");
	if (era < ERA_2_4_0)
		return need_copy("any");
	return text_format("NORMAL%s, then DMA", has_dma32 ? ", DMA32" : "");
}

static char *reserves_of(enum gfp_era era, uint32_t word)
{
	if (era == ERA_2_0)
		return need_copy((word & 0xf) == 1 ? "yes, as the only level" : "none");
	if (has(era, word, BIT_NOMEMALLOC))
		return need_copy("none");
	if (has(era, word, BIT_MEMALLOC))
		return need_copy("all");
	if (!has(era, word, BIT_HIGH))
		return need_copy("none");
	if (era == ERA_6_12)
		return need_copy(may_sleep(era, word) ? "down to half of the min watermark"
						      : "down to 3/8 of the min watermark");
	return need_copy("part");
}

static char *problem_of(enum gfp_era era, uint32_t word)
{
	struct text text = { 0 };
	bool may_wait = may_sleep(era, word);

	if (era == ERA_2_0)
		return NULL;
	if (zone_bits(era, word) > 1)
		text_add(&text, "more than one of DMA, HIGHMEM%s: %s. ",
			 era >= ERA_3_0 ? ", DMA32" : "",
			 era >= ERA_3_0 ? "an illegal zone mix (bug check)"
					: "an invalid zone index");
	if (has(era, word, BIT_MOVABLE) && has(era, word, BIT_RECLAIMABLE))
		text_add(&text, "MOVABLE with RECLAIMABLE is a bug. ");
	if (has(era, word, BIT_NOFAIL) && !may_wait)
		text_add(&text, "NOFAIL without leave to sleep: it does fail. ");
	if (era == ERA_6_12 && (word & 0x200))
		text_add(&text, "0x200 was __GFP_ATOMIC until after 6.1. ");
	if (era == ERA_6_12 && (word & ~0xffffffu))
		text_add(&text, "bits from 0x1000000 up depend on the configuration. ");
	if (era >= ERA_3_0 && zone_bits(era, word) == 1 && !(word & ~0x7u) &&
	    !has(era, word, BIT_HIGHMEM))
		text_add(
			&text,
			"a zone alone says nothing about sleeping: or it with GFP_KERNEL or "
			"GFP_ATOMIC. ");
	if (text.bytes)
		text.data[text.bytes - 2] = 0; /* the last ". " */
	return text.data;
}

static const char *failure_of(enum gfp_era era, uint32_t word)
{
	if (era == ERA_2_0)
		return (word & 0xf) == 0 ? "gives up at once, frees nothing"
					 : "can fail: check the result";
	if (has(era, word, BIT_NOFAIL) && may_sleep(era, word))
		return "never returns NULL";
	if (!may_sleep(era, word))
		return "fails at once when free memory is short: check the result";
	if (has(era, word, BIT_NORETRY))
		return "one round of reclaim, then NULL: check the result";
	if (has(era, word, BIT_RETRY))
		return "retries hard, then NULL: check the result";
	return "reclaims and retries; can still fail: check the result";
}

static const char *kswapd_of(enum gfp_era era, uint32_t word)
{
	if (gfp_bit_value(era, BIT_KSWAPD_RECLAIM))
		return has(era, word, BIT_KSWAPD_RECLAIM) ? "woken when memory is low"
							  : "not woken";
	if (gfp_bit_value(era, BIT_NO_KSWAPD))
		return has(era, word, BIT_NO_KSWAPD) ? "not woken" : "woken when memory is low";
	return "no bit decides";
}

static struct answer decode(enum gfp_era era, uint32_t word)
{
	bool may_reclaim = may_sleep(era, word);

	return (struct answer){
		.names = names_of(era, word),
		.bits = bits_of(era, word),
		.zone = zone_of(era, word),
		.reserves = reserves_of(era, word),
		.problem = problem_of(era, word),
		.may_sleep = may_reclaim ? "yes" : "no",
		.io = era == ERA_2_0			      ? "no bit"
		      : may_reclaim && has(era, word, BIT_IO) ? "yes"
							      : "no",
		.fs = !gfp_bit_value(era, BIT_FS)	      ? "no bit"
		      : may_reclaim && has(era, word, BIT_FS) ? "yes"
							      : "no",
		.kswapd = kswapd_of(era, word),
		.failure = failure_of(era, word),
	};
}

static char *answer_line(enum gfp_era era, uint32_t word)
{
	struct answer a = decode(era, word);

	return text_format(
		"%s; may sleep: %s; zone: %s; reserves: %s; I/O: %s; FS: %s; kswapd: %s%s%s",
		a.names, a.may_sleep, a.zone, a.reserves, a.io, a.fs, a.kswapd,
		a.problem ? "; " : "", a.problem ? a.problem : "");
}

static void print_answer(enum gfp_era era, uint32_t word)
{
	struct answer a = decode(era, word);

	printf("0x%x in Linux %s is %s\n", word, gfp_eras[era].name, a.names);
	printf("  bits       %s\n", a.bits);
	printf("  may sleep  %s\n", a.may_sleep);
	printf("  zone       %s\n", a.zone);
	printf("  reserves   %s\n", a.reserves);
	printf("  I/O        %s\n", a.io);
	printf("  FS         %s\n", a.fs);
	printf("  kswapd     %s\n", a.kswapd);
	printf("  failure    %s\n", a.failure);
	if (a.problem)
		printf("  problem    %s\n", a.problem);
	printf("  known from %s\n", gfp_eras[era].source);
}

/* -- flag expressions
 * ------------------------------------------------------------------------------------------ */

static bool name_value(enum gfp_era era, const char *name, uint32_t *ret_value)
{
	for (unsigned int i = 0; i < gfp_composite_count; i++) {
		if (strcmp(gfp_composites[i].name, name) == 0 &&
		    gfp_composites[i].value[era] >= 0) {
			*ret_value = (uint32_t)gfp_composites[i].value[era];
			return true;
		}
	}
	for (unsigned int bit = 0; bit < GFP_BITS; bit++) {
		if (gfp_bit_value(era, bit) && strcmp(gfp_bit_name(era, bit), name) == 0) {
			*ret_value = gfp_bit_value(era, bit);
			return true;
		}
	}
	if (strcmp(name, "__GFP_RECLAIM") == 0 && gfp_bit_value(era, BIT_DIRECT_RECLAIM)) {
		*ret_value = gfp_bit_value(era, BIT_DIRECT_RECLAIM) |
			     gfp_bit_value(era, BIT_KSWAPD_RECLAIM);
		return true;
	}
	return false;
}

static bool is_number(const char *text)
{
	uint64_t value;

	return parse_u64(text, &value);
}

/* Value of "A|B|0x4" in @era; on failure *ret_bad is the word not understood. */
static bool expression_value(enum gfp_era era, const char *text, uint32_t *ret_value,
			     char **ret_bad)
{
	uint32_t word = 0;

	while (*text) {
		size_t skip = strspn(text, "| ()\t"), bytes = strcspn(text + skip, "| ()\t");
		char *part = need_part(text + skip, bytes);
		uint64_t number = 0;
		uint32_t value = 0;

		if (bytes && parse_u64(part, &number) && number <= UINT32_MAX)
			value = (uint32_t)number;
		else if (bytes && !name_value(era, part, &value)) {
			*ret_bad = part;
			return false;
		}
		word |= value;
		free(part);
		text += skip + bytes;
	}
	*ret_value = word;
	return true;
}

static void list_versions_with(const char *expression)
{
	char *bad;
	uint32_t value;
	bool first = true;

	for (unsigned int era = 0; era < GFP_ERAS; era++) {
		if (!expression_value(era, expression, &value, &bad))
			continue;
		fprintf(stderr, "%s%s", first ? "kmalloc: established for Linux " : ", ",
			gfp_eras[era].name);
		first = false;
	}
	fputs(first ? "" : "\n", stderr);
}

static int refuse_word(enum gfp_era era, const char *expression, const char *bad)
{
	uint64_t number;
	int status;

	if (is_number(bad) || (parse_u64(bad, &number) && number > UINT32_MAX))
		return unusable("'%s' does not fit the 32 bits of a flag word", bad);
	status = unusable("'%s' is not established as a flag of Linux %s", bad, gfp_eras[era].name);
	list_versions_with(expression);
	return status;
}

/* -- what to print
 * --------------------------------------------------------------------------------------------- */

static void print_every_version(const char *expression, bool number)
{
	char *bad;
	uint32_t word;

	puts(number ? "\nThe same number in every known version (numbers of different versions "
		      "must never be compared):"
		    : "\nIts value in every known version:");
	for (unsigned int era = 0; era < GFP_ERAS; era++) {
		if (!expression_value(era, expression, &word, &bad)) {
			printf("  %-7s not established (%s)\n", gfp_eras[era].name, bad);
			continue;
		}
		if (!number)
			printf("  %-7s 0x%-8x ", gfp_eras[era].name, word);
		else
			printf("  %-7s ", gfp_eras[era].name);
		puts(answer_line(era, word));
	}
	puts("  Releases between two of these that differ: not established, except that 2.4.10 "
	     "already has the values of 2.4.20.");
}

static int print_era(enum gfp_era era, const char *expression)
{
	uint32_t word;
	char *bad;

	if (!expression_value(era, expression, &word, &bad))
		return refuse_word(era, expression, bad);
	print_answer(era, word);
	return 0;
}

static int print_between(enum gfp_era before, enum gfp_era after, const char *version,
			 const char *expression)
{
	uint32_t low, high;
	char *bad;
	bool has_low = expression_value(before, expression, &low, &bad);
	bool has_high = expression_value(after, expression, &high, &bad);

	if (!has_low && !has_high)
		return refuse_word(before, expression, bad);
	if (has_low && has_high && low == high &&
	    strcmp(answer_line(before, low), answer_line(after, high)) == 0) {
		printf("Linux %s lies between the known %s and %s, which agree:\n\n", version,
		       gfp_eras[before].name, gfp_eras[after].name);
		print_answer(after, high);
		return 0;
	}
	printf("Linux %s lies between the known %s and %s, which differ; in which release the "
	       "change came is not established.\n\n",
	       version, gfp_eras[before].name, gfp_eras[after].name);
	if (has_low)
		print_answer(before, low);
	else
		printf("In Linux %s the name does not exist.\n", gfp_eras[before].name);
	putchar('\n');
	if (has_high)
		print_answer(after, high);
	else
		printf("In Linux %s the name does not exist.\n", gfp_eras[after].name);
	return 0;
}

static int print_version(const char *version_text, const char *expression)
{
	struct gfp_version version;

	if (!gfp_version_parse(version_text, &version))
		return unusable("'%s' is not a kernel version such as 2.4.0 or 6.12", version_text);
	for (unsigned int era = 0; era < GFP_ERAS; era++) {
		if (gfp_version_compare(version, gfp_eras[era].first) < 0)
			return print_between(era - 1, era, version_text, expression);
		if (gfp_version_compare(version, gfp_eras[era].last) <= 0)
			return print_era(era, expression);
	}
	printf("Linux %s is later than the newest version known here, 6.12; its values are not "
	       "established. The answer of 6.12:\n\n",
	       version_text);
	return print_era(ERA_6_12, expression);
}

static void print_help(void)
{
	puts("usage: kmalloc gfp [--kernel VERSION] FLAGS\n\n"
	     "FLAGS is a number (0xcc0, 3264, 06300) or names: GFP_KERNEL, "
	     "'GFP_KERNEL|__GFP_ZERO'.\n"
	     "Without --kernel the answer is that of Linux 6.12, followed by that of every known "
	     "version.\n\n"
	     "known versions:");
	for (unsigned int era = 0; era < GFP_ERAS; era++)
		printf("  %-7s from %s\n", gfp_eras[era].name, gfp_eras[era].source);
}

int verb_gfp(int argc, char **argv)
{
	const char *version = NULL;
	struct text expression = { 0 };

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			print_help();
			return 0;
		}
		if (strcmp(argv[i], "--kernel") == 0) {
			if (++i == argc)
				return unusable("--kernel needs a version, such as 2.4.0");
			version = argv[i];
		} else if (is_prefix(argv[i], "--kernel=")) {
			version = argv[i] + strlen("--kernel=");
		} else if (argv[i][0] == '-') {
			return unusable("gfp has no option '%s'; kmalloc gfp --help", argv[i]);
		} else {
			text_add(&expression, "%s%s", expression.bytes ? "|" : "", argv[i]);
		}
	}
	if (!expression.bytes || strspn(expression.data, "| ()\t") == expression.bytes)
		return unusable(
			"gfp needs flags to decode: kmalloc gfp GFP_KERNEL, or kmalloc gfp 0xcc0");
	if (version)
		return print_version(version, expression.data);
	if (is_number(expression.data)) {
		int status = print_era(ERA_6_12, expression.data);

		if (!status)
			print_every_version(expression.data, true);
		return status;
	}
	/* A name that 6.12 no longer has is answered by the versions that had it. */
	uint32_t word;
	char *bad;
	bool is_known = false;

	for (unsigned int era = 0; era < GFP_ERAS; era++)
		is_known |= expression_value(era, expression.data, &word, &bad);
	if (!is_known)
		return unusable("'%s' is not a flag of any known version", bad);
	if (expression_value(ERA_6_12, expression.data, &word, &bad))
		print_answer(ERA_6_12, word);
	else
		printf("%s is not a flag of Linux 6.12.\n", bad);
	print_every_version(expression.data, false);
	return 0;
}
