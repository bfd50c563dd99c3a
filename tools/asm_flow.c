/* SPDX-License-Identifier: MIT */
/*
 * asm_flow.c - which points of a function's assembly another point makes needless
 *
 * A point is needless where one was counted on every way that leads there.  That is the forward
 * "must" problem over the blocks of the text: known(block) = for all ways into it, a point is known
 * at their ends.
 *
 * F1  Nothing is known where a function begins, at a label that anything but a jump names (tables,
 *     inline assembly), behind a call and an access to a variable by its name, which others share,
 *     and at the head of each way back of a depth-first walk.
 *     Every loop has such a head, so that no point is needless because of itself.
 * F2  What is not understood ends what is known; it never makes a point needless.
 */
#include "asm_flow.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

#define NOBODY SIZE_MAX

struct block {
	size_t first, end;	/* lines */
	const char *label;	/* of its first line; NULL: none */
	size_t label_bytes;
	size_t next[2];		/* fallen through to, jumped to; NOBODY */
	bool is_entry;		/* F1 */
	bool is_dead;		/* behind a jump, without a label */
	bool makes, ends;	/* what is known behind it, whatever was known before */
	bool is_known;		/* before it */
	enum { WHITE, GREY, BLACK } colour;
};

struct flow {
	char *const *lines;
	size_t count;
	enum asm_word (*classify)(const char *line);
	struct block *blocks;
	size_t block_count;
	size_t *by_label;	/* blocks with labels, by their names */
	size_t label_count;
};

/* -- lines -- */

/* The label that @line is; 0: it is none. */
static size_t label_bytes(const char *line)
{
	size_t bytes = strcspn(line, ": \t\n#\"");

	return bytes && line[bytes] == ':' ? bytes : 0;
}

/* Those between instructions, for debuggers, are where nothing jumps to. */
static bool is_mark(const char *line)
{
	return is_prefix(line, ".Ltmp") && !strstr(line, "address taken");
}

static bool has_mnemonic(const char *line, const char *mnemonic)
{
	size_t bytes = strlen(mnemonic);

	return is_prefix(line + 1, mnemonic) && strchr("lqw\t\n ", line[1 + bytes]);
}

static bool is_instruction(const char *line)
{
	return line[0] == '\t' && line[1] != '.' && line[1] != '#' && line[1] != '\n';
}

static bool is_call(const char *line)
{
	return is_instruction(line) && has_mnemonic(line, "call");
}

/*
 * Reads or writes a variable by its name, as the compiler does without a look at the shadow: it may
 * have been changed since the last point, and what is done with it may be late at the next.
 */
static bool is_variable(const char *line)
{
	const char *at = is_instruction(line) ? strstr(line, "(%rip)") : NULL, *name = at;

	while (name && !strchr(" \t,*", name[-1]))
		name--;
	return at && !is_prefix(name, ".L") && !has_mnemonic(line, "lea");
}

static bool is_jump(const char *line)
{
	return is_instruction(line) && line[1] == 'j';
}

/* Control does not go on to the next line. */
static bool is_end(const char *line)
{
	return is_instruction(line) && (has_mnemonic(line, "jmp") || has_mnemonic(line, "ret") ||
					has_mnemonic(line, "ud2"));
}

static bool is_inline(const char *line)
{
	return is_prefix(line, "\t#APP") || is_prefix(line, "#APP");
}

static bool is_inline_end(const char *line)
{
	return is_prefix(line, "\t#NO_APP") || is_prefix(line, "#NO_APP");
}

/* -- blocks -- */

static struct block *block_begin(struct flow *flow, size_t line)
{
	struct block *block = &flow->blocks[flow->block_count++];

	*block = (struct block){ .first = line, .next = { NOBODY, NOBODY } };
	return block;
}

static void read_line(struct block *block, const char *line,
		      enum asm_word (*classify)(const char *line))
{
	enum asm_word word = is_call(line)	  ? classify(line)
			     : is_variable(line) ? ASM_OTHER
						 : ASM_HELPER;

	if (word == ASM_POINT)
		block->makes = true, block->ends = false;
	else if (word == ASM_OTHER)
		block->ends = true, block->makes = false;
}

static void make_blocks(struct flow *flow)
{
	struct block *block = block_begin(flow, 0);
	bool in_inline = false;

	block->is_entry = true;
	for (size_t i = 0; i < flow->count; i++) {
		const char *line = flow->lines[i];
		size_t bytes = label_bytes(line);

		in_inline = (in_inline || is_inline(line)) && !is_inline_end(line);
		if (bytes && !is_mark(line)) {
			block->end = i;
			block = block_begin(flow, i);
			block->label = line;
			block->label_bytes = bytes;
			/* A function, or a block that is known by its address. */
			block->is_entry = !is_prefix(line, ".LBB") || in_inline;
			if (!block[-1].is_dead)
				block[-1].next[0] = flow->block_count - 1;
		}
		read_line(block, line, flow->classify);
		if (is_jump(line) || is_end(line)) {
			block->end = i + 1;
			block = block_begin(flow, i + 1);
			block->is_dead = is_end(line);
			if (!block->is_dead)
				block[-1].next[0] = flow->block_count - 1;
		}
	}
	block->end = flow->count;
}

/* -- labels -- */

static const struct block *sorted;

static int compare_names(const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
	int order = memcmp(a, b, a_bytes < b_bytes ? a_bytes : b_bytes);

	return order ? order : (a_bytes > b_bytes) - (a_bytes < b_bytes);
}

static int compare_labels(const void *a, const void *b)
{
	const struct block *one = &sorted[*(const size_t *)a], *two = &sorted[*(const size_t *)b];

	return compare_names(one->label, one->label_bytes, two->label, two->label_bytes);
}

static void sort_labels(struct flow *flow)
{
	flow->by_label = need(flow->block_count * sizeof(*flow->by_label));
	for (size_t i = 0; i < flow->block_count; i++)
		if (flow->blocks[i].label)
			flow->by_label[flow->label_count++] = i;
	sorted = flow->blocks;
	qsort(flow->by_label, flow->label_count, sizeof(*flow->by_label), compare_labels);
}

static size_t block_named(const struct flow *flow, const char *name, size_t bytes)
{
	size_t low = 0, high = flow->label_count;

	while (low < high) {
		size_t middle = (low + high) / 2, found = flow->by_label[middle];
		int order = compare_names(name, bytes, flow->blocks[found].label,
					  flow->blocks[found].label_bytes);

		if (!order)
			return found;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NOBODY;
}

static const char *name_end(const char *at)
{
	return at + strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$.");
}

/* Each block that @line names by its label can be come to from anywhere. */
static void open_named(struct flow *flow, const char *line)
{
	while ((line = strstr(line, ".L")) != NULL) {
		const char *end = name_end(line);
		size_t block = block_named(flow, line, (size_t)(end - line));

		if (block != NOBODY)
			flow->blocks[block].is_entry = true;
		line = end;
	}
}

static void follow_jump(struct flow *flow, struct block *block, const char *line)
{
	const char *name = line + 1 + strcspn(line + 1, "\t "), *end;

	name += strspn(name, "\t ");
	end = name_end(name);
	block->next[1] = block_named(flow, name, (size_t)(end - name));
}

static void join_blocks(struct flow *flow)
{
	bool in_inline = false;

	for (size_t i = 0; i < flow->block_count; i++)
		for (size_t at = flow->blocks[i].first; at < flow->blocks[i].end; at++) {
			const char *line = flow->lines[at];

			in_inline = (in_inline || is_inline(line)) && !is_inline_end(line);
			if (is_jump(line) && !in_inline)
				follow_jump(flow, &flow->blocks[i], line);
			else if (!label_bytes(line))
				open_named(flow, line);
		}
}

/* -- what is known where -- */

/* F1: the heads of ways back.  No recursion: a function may have many thousand blocks. */
static void walk_from(struct flow *flow, size_t first, size_t *stack)
{
	size_t depth = 0;

	stack[depth++] = first;
	flow->blocks[first].colour = GREY;
	while (depth) {
		struct block *block = &flow->blocks[stack[depth - 1]];
		bool is_deeper = false;

		for (size_t i = 0; i < 2 && !is_deeper; i++) {
			size_t next = block->next[i];

			if (next == NOBODY)
				continue;
			if (flow->blocks[next].colour == GREY) {
				flow->blocks[next].is_entry = true;
			} else if (flow->blocks[next].colour == WHITE) {
				flow->blocks[next].colour = GREY;
				stack[depth++] = next;
				is_deeper = true;
			}
		}
		if (!is_deeper) {
			block->colour = BLACK;
			depth--;
		}
	}
}

static void find_heads(struct flow *flow)
{
	size_t *stack = need(flow->block_count * sizeof(*stack));

	for (size_t i = 0; i < flow->block_count; i++)
		if (flow->blocks[i].is_entry && flow->blocks[i].colour == WHITE)
			walk_from(flow, i, stack);
	/* Come to by no way that is understood. */
	for (size_t i = 0; i < flow->block_count; i++)
		if (flow->blocks[i].colour == WHITE) {
			flow->blocks[i].is_entry = true;
			walk_from(flow, i, stack);
		}
	free(stack);
}

static bool known_behind(const struct block *block)
{
	return block->makes || (block->is_known && !block->ends);
}

static void find_known(struct flow *flow)
{
	bool is_changed = true;

	for (size_t i = 0; i < flow->block_count; i++)
		flow->blocks[i].is_known = !flow->blocks[i].is_entry;
	while (is_changed) {
		is_changed = false;
		for (size_t i = 0; i < flow->block_count; i++)
			for (size_t way = 0; way < 2; way++) {
				size_t next = flow->blocks[i].next[way];

				if (next == NOBODY || !flow->blocks[next].is_known ||
				    known_behind(&flow->blocks[i]))
					continue;
				flow->blocks[next].is_known = false;
				is_changed = true;
			}
	}
}

static void mark_needless(const struct flow *flow, const struct block *block, bool *needless)
{
	bool is_known = block->is_known;

	for (size_t at = block->first; at < block->end; at++) {
		struct block line = { 0 };

		read_line(&line, flow->lines[at], flow->classify);
		needless[at] = line.makes && is_known;
		is_known = line.makes || (is_known && !line.ends);
	}
}

void asm_flow(char *const *lines, size_t count, enum asm_word (*classify)(const char *line),
	      bool *needless)
{
	struct flow flow = { .lines = lines, .count = count, .classify = classify };

	/* Each line begins one block at most by its label, and one by its jump. */
	flow.blocks = need((2 * count + 1) * sizeof(*flow.blocks));
	make_blocks(&flow);
	sort_labels(&flow);
	join_blocks(&flow);
	find_heads(&flow);
	find_known(&flow);
	for (size_t i = 0; i < flow.block_count; i++)
		mark_needless(&flow, &flow.blocks[i], needless);
	free(flow.by_label);
	free(flow.blocks);
}
