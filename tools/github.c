/* SPDX-License-Identifier: MIT */
/*
 * github.c - a finding as a line of a log that GitHub Actions shows in the diff
 *
 * ::error file=F,line=N,col=N,title=T::TEXT.  In the text %, CR and LF are %25, %0D and %0A; in a
 * property a colon and a comma are %3A and %2C too.  The file is named relative to
 * $GITHUB_WORKSPACE (uri.h).
 */
#include "github.h"
#include "uri.h"

#include <stdlib.h>
#include <string.h>

static void put_escaped(FILE *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (strchr(special, *text))
			fprintf(out, "%%%02X", (unsigned char)*text);
		else
			fputc(*text, out);
	}
}

static void put_property(FILE *out, const char *before, const char *text)
{
	fputs(before, out);
	put_escaped(out, text, "%\r\n:,");
}

void github_line(FILE *out, enum github_level level, const char *file, int line, int column,
		 const char *title, const char *text)
{
	static const char *const words[] = { "error", "warning", "notice" };
	const char *separator = " ";

	fprintf(out, "::%s", words[level]);
	if (file && *file) {
		char *path = base_path(file);

		put_property(out, " file=", path);
		separator = ",";
		free(path);
		if (line > 0)
			fprintf(out, ",line=%d", line);
		if (line > 0 && column > 0)
			fprintf(out, ",col=%d", column);
	}
	fprintf(out, "%stitle=", separator);
	put_escaped(out, title, "%\r\n:,");
	fputs("::", out);
	put_escaped(out, text, "%\r\n");
	fputc('\n', out);
}
