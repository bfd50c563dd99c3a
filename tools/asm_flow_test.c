/* SPDX-License-Identifier: MIT */
/* asm_flow_test.c - which points of assembly are needless; TAP */
#include "asm_flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static unsigned int number, failed;

static enum asm_word word_of(const char *line)
{
	return strstr(line, "point") ? ASM_POINT : strstr(line, "report") ? ASM_HELPER : ASM_OTHER;
}

/* @expected: a letter for each point of @text, k(ept) or n(eedless). */
static void points_are(const char *text, const char *expected, const char *name)
{
	struct words lines = { 0 };
	char got[64] = "";
	bool *needless;
	size_t points = 0;

	while (*text) {
		size_t bytes = strcspn(text, "\n") + 1;

		words_add(&lines, need_part(text, bytes));
		text += bytes;
	}
	needless = need(lines.count);
	asm_flow(lines.at, lines.count, word_of, needless);
	for (size_t i = 0; i < lines.count; i++) {
		bool is_point = strstr(lines.at[i], "call") && strstr(lines.at[i], "point");

		if (is_point)
			got[points++] = needless[i] ? 'n' : 'k';
		else if (needless[i])
			got[points++] = '!';
	}
	number++;
	failed += strcmp(got, expected) != 0;
	printf("%sok %u - %s\n", strcmp(got, expected) ? "not " : "", number, name);
	if (strcmp(got, expected))
		printf("# expected %s, got %s\n", expected, got);
	free(needless);
}

#define POINT "\tcallq\tpoint@PLT\n"

int main(void)
{
	puts("1..14");
	points_are("one:\n" POINT "\taddl\t$1, %eax\n" POINT "\tretq\ntwo:\n" POINT "\tretq\n",
		   "knk",
		   "the second in a row is needless, the first of each function is not");
	points_are("one:\n" POINT "\tcallq\tother\n" POINT "\tcallq\treport\n" POINT "\tretq\n",
		   "kkn", "a call of the module ends what is known, a report does not");
	points_are("one:\n" POINT "\tcmpq\t$0, session(%rip)\n" POINT "\tmovl\t%eax, list+8(%rip)\n"
		   POINT "\tretq\n",
		   "kkk", "a variable that others share does");
	points_are("one:\n" POINT "\tleaq\tlist(%rip), %rax\n\tmovaps\t.LCPI0_0(%rip), %xmm0\n"
		   POINT "\tretq\n",
		   "kn", "its address does not, nor a constant");
	points_are("one:\n" POINT "\tje\t.LBB0_2\n" POINT ".LBB0_2:\n" POINT "\tretq\n", "knn",
		   "both ways from a branch know it");
	points_are("one:\n\tje\t.LBB0_2\n" POINT ".LBB0_2:\n" POINT "\tretq\n", "kk",
		   "one way of two is not enough");
	points_are("one:\n\tje\t.LBB0_2\n" POINT "\tjmp\t.LBB0_3\n.LBB0_2:\n" POINT
		   ".LBB0_3:\n" POINT "\tretq\n",
		   "kkn", "one on each way is");
	points_are("one:\n" POINT ".LBB0_1:\n" POINT "\tjne\t.LBB0_1\n" POINT "\tretq\n", "kkn",
		   "a loop keeps its point");
	points_are("one:\n" POINT ".LBB0_1:\n" POINT "\tje\t.LBB0_3\n" POINT "\tjmp\t.LBB0_1\n"
		   ".LBB0_3:\n\tretq\n",
		   "kkn", "and one is enough");
	points_are("one:\n" POINT ".LBB0_1:\n\tje\t.LBB0_4\n.LBB0_2:\n" POINT "\tjne\t.LBB0_2\n"
		   "\tjmp\t.LBB0_1\n.LBB0_4:\n" POINT "\tretq\n",
		   "kkk", "a loop in a loop has its own");
	/* A report stands behind the function's end and jumps back: no loop. */
	points_are("one:\n" POINT "\tjne\t.LBB0_5\n.LBB0_2:\n" POINT "\tretq\n"
		   ".LBB0_5:\n\tcallq\treport\n\tjmp\t.LBB0_2\n",
		   "kn", "a jump backwards is not always a loop");
	points_are("one:\n" POINT "\tjmpq\t*.LJTI0_0(,%rax,8)\n.LBB0_1:\n" POINT "\tretq\n"
		   "\t.section\t.rodata\n.LJTI0_0:\n\t.quad\t.LBB0_1\n",
		   "kk", "nothing is known where a table leads");
	points_are("one:\n" POINT "\t#APP\n\tjmp\t.Ltmp3\n\t#NO_APP\n" POINT "\tretq\n"
		   ".Ltmp3:                # Block address taken\n" POINT "\tretq\n",
		   "kkk", "nor where inline assembly does");
	points_are("one:\n" POINT ".Ltmp1:\n" POINT "\tretq\n\t.section\t.debug_loc\n"
		   "\t.quad\t.Ltmp1-.Lfunc_begin0\n",
		   "kn", "what debuggers name is no place to jump to");
	return failed != 0;
}
