/* SPDX-License-Identifier: MIT */
/*
 * uri.c - file names as code hosts want them: relative to the top of what was checked out
 *
 * U1  Names are taken as they stand: "..", "." and "//" go away, links are not followed.
 */
#include "uri.h"
#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *working_directory(void)
{
	char *path = getcwd(NULL, 0);

	return path ? path : need_copy("/");
}

/* U1; @path begins with a slash. */
static char *plain_path(const char *path)
{
	struct text text = { 0 };

	while (*path) {
		size_t bytes;

		path += strspn(path, "/");
		bytes = strcspn(path, "/");
		if (bytes == 2 && !strncmp(path, "..", 2)) {
			char *slash = text.bytes ? strrchr(text.data, '/') : NULL;

			if (slash) {
				*slash = 0;
				text.bytes = (size_t)(slash - text.data);
			}
		} else if (bytes && !(bytes == 1 && *path == '.')) {
			text_put(&text, "/", 1);
			text_put(&text, path, bytes);
		}
		path += bytes;
	}
	return text.bytes ? text.data : need_copy("/");
}

/* What of @path comes below @directory; NULL: it lies elsewhere. */
static const char *below(const char *path, const char *directory)
{
	size_t bytes = strlen(directory);

	if (!strcmp(directory, "/"))
		return path + 1;
	return is_prefix(path, directory) && path[bytes] == '/' ? path + bytes + 1 : NULL;
}

const char *base_directory(void)
{
	static char *base;
	const char *workspace = getenv("GITHUB_WORKSPACE");
	char *here;

	if (base)
		return base;
	here = working_directory();
	base = here;
	if (workspace && *workspace == '/') {
		char *top = plain_path(workspace);

		if (below(here, top))
			base = top;
	}
	return base;
}

char *base_path(const char *file)
{
	char *here = working_directory();
	char *whole = *file == '/' ? need_copy(file) : text_format("%s/%s", here, file);
	char *plain = plain_path(whole), *path;
	const char *rest = below(plain, base_directory());

	path = need_copy(rest ? rest : plain);
	free(here);
	free(whole);
	free(plain);
	return path;
}

bool is_below_base(const char *path)
{
	return *path != '/';
}

static void put_encoded(struct text *text, const char *path)
{
	for (; *path; path++) {
		unsigned char byte = (unsigned char)*path;

		if (byte < 0x80 && (isalnum(byte) || strchr("-._~/!$&'()*+,;=@", byte)))
			text_put(text, path, 1);
		else
			text_add(text, "%%%02X", byte);
	}
}

char *uri_of(const char *path)
{
	struct text text = { 0 };

	if (!is_below_base(path))
		text_add(&text, "file://");
	put_encoded(&text, path);
	return text.data ? text.data : need_copy("");
}

char *uri_of_directory(const char *path)
{
	struct text text = { 0 };

	text_add(&text, "file://");
	put_encoded(&text, path);
	if (text.data[text.bytes - 1] != '/')
		text_put(&text, "/", 1);
	return text.data;
}
